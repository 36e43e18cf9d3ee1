"""What a new command or event needs besides its file in features/ (registry.py holds what is needed there)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from atelier.domain import acts
from atelier.domain import commands as c
from atelier.domain import events as e
from tests.support.tree import PROGRAM, ROOT, imported, nodes, on_each, ours, text

FEATURES = PROGRAM / "domain" / "features"
SHORT = {"c": ("atelier.domain.commands", acts.Command), "e": ("atelier.domain.events", acts.Event)}
BESIDES = {"Command", "Event", "NAMES", "TYPES"}


def test_every_subject_is_in_the_list() -> None:
    listed = set(imported(FEATURES / "__init__.py"))
    there = {f"atelier.domain.features.{path.stem}" for path in FEATURES.glob("[a-z]*.py")}
    assert there - listed == set(), "write: from atelier.domain.features.… import * in features/__init__.py"


@cache
def _words() -> tuple[set[str], set[str]]:
    """Return what pages and scripts have between quotes, and every word of the program outside the domain."""
    pages = ours(".html", under=PROGRAM / "templates") + ours(".js", under=PROGRAM / "static" / "js")
    code = [path for path in ours(".py", under=PROGRAM) if path.relative_to(PROGRAM).parts[0] != "domain"]
    quoted = {word for path in pages for word in re.findall(r"(?<=[\"'])[a-z-]+(?=[\"'])", text(path))}
    return quoted, {word for path in code for word in re.findall(r"\w+", text(path))}


@on_each(list(c.NAMES))
def test_somebody_can_give_every_command(form_name: str) -> None:
    """A page has a form or a button for it, or the server asks for it itself."""
    in_words, in_code = _words()
    given = form_name in in_words or c.NAMES[form_name].__name__ in in_code
    assert given, f'nobody can give {form_name}: a page needs its form, act("{form_name}", …)'


def test_every_form_of_the_desk_has_its_button() -> None:
    """Forms stand at the end of the desk's page (`bare`), their buttons where they belong (`press`)."""
    desk = "".join(text(path) for path in ours(".html", under=PROGRAM / "templates"))
    forms = set(re.findall(r'\bbare\("([^"]+)"', desk))
    buttons = set(re.findall(r'\bpress\("([^"]+)"|\bform="desk-([a-z-]+)', desk))
    buttons = {name for pair in buttons for name in pair}
    assert forms - buttons == set(), "a form that no button sends: press(…) in fragments/desk/"


@on_each(ours(".py", under=PROGRAM) + ours(".py", under=ROOT / "tests"))
def test_commands_are_called_commands_and_events_events(path: Path) -> None:
    """`c.` and `e.` both reach all of features/: one is for commands, the other for events."""
    wrong = [f"{short}.{used}" for short, used in _used(path) if not _belongs(short, used)]
    assert wrong == []


def _used(path: Path) -> Iterator[tuple[str, str]]:
    if not any(module.rpartition(".")[2] in text(path) for module, _ in SHORT.values()):
        return  # most files name neither: no need to parse them
    here = {short for short, (module, _) in SHORT.items() if module in set(imported(path))}
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in here:
            yield node.value.id, node.attr


def _belongs(short: str, used: str) -> bool:
    module, base = {"c": c, "e": e}[short], SHORT[short][1]
    kind = getattr(module, used, None)
    return used in BESIDES or not isinstance(kind, type) or issubclass(kind, base)
