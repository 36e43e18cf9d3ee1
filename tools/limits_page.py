"""Writes docs/limits.md from the two modules of limits: `python -m tools.limits_page`. A house test compares them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from atelier import wording
from atelier.domain.refusals import Code
from atelier.export.failures import SENTENCES
from atelier.web.http import sentences

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "limits.md"
MODULES = {
    "What a workshop holds": "atelier/domain/limits.py",
    "What the server does": "atelier/limits.py",
}
HEAD = """# Limits

Every limit there is, with its reason, and what people read when they meet it. Written by
`python -m tools.limits_page` from [`domain/limits.py`](../atelier/domain/limits.py) and
[`limits.py`](../atelier/limits.py); those of nginx are in [`deploy/atelier.conf`](../deploy/atelier.conf).
Limits of pace count in each process.
"""


class Limit(NamedTuple):
    """Names that stand together, their values, and what the module says of them."""

    names: tuple[str, ...]
    values: tuple[Any, ...]
    why: str


def limits_of(source: str) -> Iterator[Limit]:
    """Yield every limit of a module, in order. Raises ValueError when one has no word of explanation."""
    body = ast.parse(source).body[1:]
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign):
            continue
        if not isinstance(after, ast.Expr) or not isinstance(after.value, ast.Constant):
            raise ValueError(f"{ast.unparse(node)}: why?")
        target = node.targets[0]
        names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
        values = eval(ast.unparse(node.value), {})  # noqa: S307 - numbers of ours
        yield Limit(
            tuple(names), values if len(names) > 1 else (values,), " ".join(str(after.value.value).split())
        )


def said(limit: Limit) -> str:
    """Return the sentences that a limit's explanation names: refusals, sentences of the server, HTTP errors."""
    found = []
    for name in re.findall(r"`([A-Za-z0-9_:-]+)`", limit.why):
        code, _, detail = name.partition(":")
        if code in {each.value for each in Code}:
            found.append(wording.refusal_sentence(Code(code), detail or str(limit.values[0])))
        elif name in SENTENCES:
            found.append(SENTENCES[name])
        elif name.isdigit():
            found.append(sentences.HTTP_ERRORS[int(name)])
        else:
            found.append(getattr(sentences, name))
    return " ".join(f"« {sentence} »" for sentence in found)


def page() -> str:
    """Return the page as it must stand in docs/."""
    parts = [HEAD]
    for title, module in MODULES.items():
        parts.append(f"\n## {title}\n| limit | value | reason | what people read |\n|---|---|---|---|\n")
        for limit in limits_of((ROOT / module).read_text(encoding="utf-8")):
            names = ", ".join(f"`{name}`" for name in limit.names)
            values = ", ".join(f"{value:,}" for value in limit.values)
            parts.append(f"| {names} | {values} | {limit.why} | {said(limit)} |\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
