"""Holds the other files of this folder to their word: every command, every event and every refusal is in a test."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from atelier.domain.commands import NAMES
from atelier.domain.events import TYPES
from atelier.domain.refusals import Code

FILES = sorted(Path(__file__).parent.glob("test_*.py"))
NODES = [node for path in FILES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def calls(name: str) -> Iterator[ast.Call]:
    """Every call of a function or a method of that name."""
    for node in NODES:
        if isinstance(node, ast.Call) and name in (
            getattr(node.func, "attr", ""),
            getattr(node.func, "id", ""),
        ):
            yield node


def named(node: ast.AST, module: str) -> set[str]:
    """The names of `module` (`c`, `e`, `Code`) that appear in a piece of code."""
    return {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == module
    }


def shorthands(module: str) -> dict[str, set[str]]:
    """What constants and helpers stand for: `PLACED = e.ActionPlaced(…)`, `def view(…): return e.WallViewChosen(…)`."""
    found: dict[str, set[str]] = {}
    for node in NODES:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_"):
            found[node.name] = found.get(node.name, set()) | named(node, module)
        if isinstance(node, ast.Assign):
            for name in (
                each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)
            ):
                found[name] = found.get(name, set()) | named(node.value, module)
    return found


def mentioned(call: str, module: str) -> set[str]:
    """What the arguments of all calls of `call` name, directly or by a shorthand."""
    known = shorthands(module)
    found: set[str] = set()
    for node in calls(call):
        for argument in node.args:
            found |= named(argument, module)
            for each in ast.walk(argument):
                if isinstance(each, ast.Name):
                    found |= known.get(each.id, set())
    return found


def test_every_command_is_asked_for_in_some_test() -> None:
    assert {kind.__name__ for kind in NAMES.values()} - mentioned("when", "c") == set()


def test_every_event_is_expected_in_some_test() -> None:
    assert {kind.__name__ for kind in TYPES.values()} - mentioned("then", "e") == set()


def test_every_reason_to_refuse_is_expected_in_some_test() -> None:
    assert {code.name for code in Code} - mentioned("refused", "Code") - parametrized() == set()


def parametrized() -> set[str]:
    """The reasons given to `refused(code)` by `parametrize`."""
    return {code for node in calls("parametrize") for code in named(node, "Code")}


def test_every_reason_to_refuse_is_given_somewhere_in_the_domain() -> None:
    folder = Path(sys.modules["atelier.domain"].__file__ or "").parent
    given = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "refusals.py"
    )
    assert [code.name for code in Code if f"Code.{code.name}" not in given] == []
