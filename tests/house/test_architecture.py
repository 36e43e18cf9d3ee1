"""The arrows of docs/architecture.md go one way, the domain is pure, and nothing grows too large to be read."""

import ast
import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from atelier.domain.commands import NAMES
from atelier.domain.events import TYPES
from atelier.web.http.context import Context
from tests.support.tree import (
    PROGRAM,
    ROOT,
    dotted,
    imported,
    modules,
    name,
    nodes,
    on_each,
    ours,
    parsed,
    text,
)

# --- the direction of dependencies

EVERYWHERE = {"limits", "marks", "numbered_css", "runtime"}
"""Plain numbers, the marks of groups, and what makes a process run: for every part but the domain and the doctrines."""
MAY_IMPORT: dict[str, set[str]] = {
    "limits": set(),
    "marks": set(),
    "numbered_css": {"marks"},
    "pole_css": {"domain"},
    "runtime": set(),
    "network": set(),
    "domain": set(),
    "doctrines": {"domain"},
    "wording": {"domain"},
    "nearness": set(),
    "movement": {"domain", "wording"},
    "verdicts": {"domain", "movement", "wording"},
    "local_time": {"domain"},
    "publisher": set(),
    "rgaa": set(),
    "config": {"network", "publisher"},
    "journal": {"domain"},
    "library": {"access", "domain", "journal"},
    "service": {"domain", "journal"},
    "story": {"doctrines", "domain", "journal", "service", "local_time", "wording"},
    "access": {"config", "deferred", "domain", "network"},
    "live": {"domain", "service"},
    "retention": {"domain", "journal", "library", "service", "local_time"},
    "directory": {"domain", "doctrines", "wording"},
    "export": {
        "directory", "domain", "doctrines", "local_time", "movement", "pole_css", "publisher", "service", "verdicts",
        "wording",
    },
    "deferred": {"journal"},
    "storage": {"access", "config", "deferred", "journal", "library", "retention", "service"},
    "web": {
        "access", "config", "directory", "doctrines", "domain", "export", "library", "live", "local_time", "movement",
        "nearness", "network", "pole_css", "retention", "rgaa", "service", "verdicts", "wording",
    },
    "app": {
        "access", "config", "deferred", "journal", "live", "retention", "service", "storage", "web",
    },
}  # fmt: skip
ENTRIES = {"cli", "serving", "demo", "wsgi", "__main__"}
"""What starts the program may import all of it."""


def part(module: str) -> str:
    """Return the part of the program that a module belongs to: `atelier.web.routes.acts` → `web`."""
    return module.split(".")[1] if "." in module else ""


@on_each(sorted(modules()))
def test_the_arrows_go_one_way(module: str) -> None:
    of = part(module)
    if of in ENTRIES:
        return
    known = modules()
    wanted = {part(each) for each in imported(known[module]) if each in known} - {of, ""}
    allowed = MAY_IMPORT[of] if of else {"app"}
    if of not in {"domain", "doctrines"}:
        allowed = allowed | EVERYWHERE
    assert wanted <= allowed, f"{module} imports {sorted(wanted - allowed)}"


def test_every_part_of_the_program_has_its_place() -> None:
    assert {part(module) for module in modules()} - {""} <= set(MAY_IMPORT) | ENTRIES


def test_the_wiring_only_wires() -> None:
    """What is done with the pieces, and the threads in which it is done, lives with them."""
    wiring = PROGRAM / "app.py"
    made = {each.name for each in functions(wiring)}
    assert made == {"create_program", "hub", "previews", "close", "_unpublish"}
    assert not {"threading", "gevent"} & set(imported(wiring))
    # The three screens and their routes are nobody's business here.
    screens = {
        each for each in imported(wiring) if each.startswith(("atelier.web.routes", "atelier.web.screens"))
    }
    assert screens == set()
    asked = [each for each in ast.walk(parsed(wiring)) if isinstance(each, ast.For | ast.While | ast.If)]
    assert asked == [], "the wiring decides nothing"


def test_the_context_is_complete_from_the_start() -> None:
    with pytest.raises(FrozenInstanceError):
        Context.__setattr__(object.__new__(Context), "secret", b"another")


def test_nobody_imports_what_starts_the_program() -> None:
    for module, path in modules().items():
        if part(module) not in ENTRIES:
            assert not {part(each) for each in imported(path) if each.startswith("atelier.")} & ENTRIES, (
                module
            )


# --- the purity of the domain

PURE = {
    "collections",
    "collections.abc",
    "dataclasses",
    "datetime",
    "enum",
    "re",
    "string",
    "typing",
    "unicodedata",
}
CLOCKS = {"now", "today", "utcnow", "localtime", "astimezone"}
EFFECTS = {"open", "print", "input", "eval", "exec", "__import__", "id", "hash"}
DOMAIN = ours(".py", under=PROGRAM / "domain")


@on_each(DOMAIN)
def test_the_domain_imports_nothing_that_knows_the_world(path: Path) -> None:
    for module in imported(path):
        if not module.startswith("atelier"):
            assert module in PURE or module.rpartition(".")[0] in PURE, module


@on_each(DOMAIN)
def test_the_domain_reads_no_clock_and_touches_nothing(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            assert node.attr not in CLOCKS
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in EFFECTS
        assert not isinstance(node, ast.Global | ast.Nonlocal)


FREEZES = re.compile(r"(command|event)\(")
"""The decorators of registry.py make frozen classes."""


def test_everything_in_the_domain_is_frozen() -> None:
    for path in DOMAIN:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef) and node.decorator_list:
                first = ast.unparse(node.decorator_list[0])
                assert "frozen=True" in first or FREEZES.match(first), f"{name(path)}: {node.name}"
    made = [*NAMES.values(), *TYPES.values()]
    assert all(vars(kind)["__dataclass_params__"].frozen for kind in made)


# --- names that last

PAST = re.compile(
    r"[a-z]+(-[a-z]+)*\.([a-z]+ed|taken|made|left|hidden|shown|withdrawn|chosen|undone|set-aside|said(-not)?-ready)"
)


def test_every_event_has_a_stored_name_which_is_a_noun_and_a_past() -> None:
    assert [stored for stored in TYPES if not PAST.fullmatch(stored)] == []


def test_every_command_has_a_form_name() -> None:
    assert [form for form in NAMES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", form)] == []


def test_commands_and_events_never_share_a_name() -> None:
    assert not {kind.__name__ for kind in NAMES.values()} & {kind.__name__ for kind in TYPES.values()}


# --- sizes

PYTHON = [*ours(".py", under=PROGRAM), *ours(".py", under=ROOT / "tests"), *ours(".py", under=ROOT / "tools")]
LONGEST_FUNCTION = 40


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file."""
    return (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_fit_on_a_screen() -> None:
    found = [
        f"{name(path)}: {each.name} {length(each)}"
        for path in PYTHON
        for each in functions(path)
        if length(each) > LONGEST_FUNCTION
    ]
    assert found == []


def test_every_module_says_what_it_owns() -> None:
    silent = [dotted(path) for path in PYTHON if not ast.get_docstring(parsed(path)) and text(path).strip()]
    assert silent == []
