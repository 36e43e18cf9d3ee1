"""A document of running text as Markdown, for La Suite Docs and HedgeDoc."""

import re
from collections.abc import Callable

from atelier.export.minutes import Block, Minutes
from atelier.export.plain import PlainText

_MEANT = re.compile(r"([\\`*_\[\]<>|~&])")
"""Signs that Markdown would take for its own anywhere in a line."""
_AT_START = re.compile(r"^(\s*)([#+=-]|\d+[.)])")
"""And those that it would at the start of one."""


def markdown_of(minutes: Minutes) -> PlainText:
    """Return the document, every text of people as they typed it."""
    parts = [f"# {_escaped(minutes.title)}", _escaped(minutes.subtitle)]
    parts += [_BLOCKS[block.kind](block) for block in minutes.blocks]
    parts += [f"---\n\n{_escaped(minutes.foot)}"]
    return PlainText(text="\n\n".join(filter(None, parts)) + "\n")


def _heading(block: Block) -> str:
    return f"{'#' * (block.level + 1)} {_escaped(block.text)}"


def _text(block: Block) -> str:
    return _escaped(block.text)


def _bullets(block: Block) -> str:
    return "\n".join(f"- {_escaped(item)}" for (item,) in block.rows)


def _table(block: Block) -> str:
    heads, *rows = block.rows
    lines = [heads, tuple("---" for _ in heads), *rows]
    told = [
        [cell if n == 1 else _escaped(cell).replace("\n", "<br>") for cell in row]
        for n, row in enumerate(lines)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in told)


def _box(block: Block) -> str:
    return f"> {_escaped(block.text)} …"


def _escaped(text: str) -> str:
    lines = _MEANT.sub(r"\\\1", text).splitlines() or [""]
    return "\n".join(_AT_START.sub(_kept_literal, line) for line in lines)


def _kept_literal(found: re.Match[str]) -> str:
    before, sign = found.groups()
    return f"{before}{sign[:-1]}\\{sign[-1]}"


_BLOCKS: dict[str, Callable[[Block], str]] = {
    "heading": _heading, "text": _text, "bullets": _bullets, "table": _table, "box": _box,
}  # fmt: skip
