"""Every failure that is written to the log is written with its cause, through one formatter."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.tree import PROGRAM, name, nodes, on_each, ours

LEVELS = {"warning", "error", "critical"}
FILES = ours(".py", under=PROGRAM)
SETS_UP = {"basicConfig", "Formatter", "StreamHandler"}
MAY_SET_UP = {"atelier/runtime/logs.py", "atelier/export/worker.py"}
"""The worker's standard error is read by the server, which writes the log."""


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every `log.warning(…)` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id in {"log", "logger"}:
                yield node


def tells_why(call: ast.Call) -> bool:
    """True when the call hands over a reason, or the error itself."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    extra = given.get("extra")
    keys = (
        {key.value for key in extra.keys if isinstance(key, ast.Constant)}
        if isinstance(extra, ast.Dict)
        else set()
    )
    return "reason" in keys or "exc_info" in given


@on_each(FILES)
def test_a_failure_is_written_with_its_cause(path: Path) -> None:
    silent = [
        f"{name(path)}:{call.lineno}"
        for handler in nodes(path)
        if isinstance(handler, ast.ExceptHandler)
        for call in log_calls(handler)
        if not tells_why(call)
    ]
    assert silent == []


@on_each(FILES)
def test_a_reason_is_no_message_of_an_error(path: Path) -> None:
    """`repr(error)` holds paths, and so codes; `atelier.runtime.logs.reason` does not."""
    loose = [
        f"{name(path)}:{node.lineno}"
        for call in nodes(path)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "extra"
        for node in ast.walk(keyword.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"repr", "str"}
    ]
    assert loose == []


@on_each(FILES)
def test_the_log_has_one_format(path: Path) -> None:
    used = {
        node.func.attr
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert name(path) in MAY_SET_UP or not used & SETS_UP
