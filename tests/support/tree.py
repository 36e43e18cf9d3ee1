"""The files of this repository, for the tests that hold its rules."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "atelier"
MADE_ELSEWHERE = {
    ".git", ".venv", "node_modules", "__pycache__", "build", "dist", "vendor", "sessions", "exports", "fonts",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "atelier.egg-info", "test-results", "screenshots",
}  # fmt: skip
"""Folders that hold what others wrote or what programs made."""


def ours(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """Return the files that we wrote, with one of these endings (any ending when none is given)."""
    return sorted(path for path in _walk(under) if not suffixes or path.suffix in suffixes)


def name(path: Path) -> str:
    """Return a path as people say it."""
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    """Return what a file says."""
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """Return a Python file as a tree."""
    return ast.parse(text(path), name(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every part of a Python file, however deep in it."""
    return tuple(ast.walk(parsed(path)))


def on_each(things: Iterable[T]) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Run a test on each of them and name those that fail: a test a file took longer to count than to run."""

    def one_test(test: Callable[[T], None]) -> Callable[[], None]:
        def on_all() -> None:
            wrong: list[str] = []
            for thing in things:
                try:
                    test(thing)
                except AssertionError as error:
                    wrong.append(f"{name(thing) if isinstance(thing, Path) else thing}: {error}")
            assert not wrong, "\n".join(wrong)

        on_all.__name__, on_all.__doc__, on_all.__module__ = test.__name__, test.__doc__, test.__module__
        return on_all

    return one_test


@cache
def modules(under: Path = PROGRAM) -> dict[str, Path]:
    """Return every module of the program by its dotted name."""
    return {dotted(path): path for path in ours(".py", under=under)}


def dotted(path: Path) -> str:
    """Return `atelier.web.routes.acts` for its file."""
    return re.sub(r"\.__init__$", "", ".".join(path.relative_to(ROOT).with_suffix("").parts))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Return the dotted names that a Python file imports, wherever in it."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in MADE_ELSEWHERE or path.is_symlink():
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
