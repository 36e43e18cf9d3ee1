"""The files of this repository, for the tests that hold its rules."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
def modules(under: Path = PROGRAM) -> dict[str, Path]:
    """Return every module of the program by its dotted name."""
    return {dotted(path): path for path in ours(".py", under=under)}


def dotted(path: Path) -> str:
    """Return `atelier.web.routes.acts` for its file."""
    return re.sub(r"\.__init__$", "", ".".join(path.relative_to(ROOT).with_suffix("").parts))


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a Python file imports, wherever in it."""
    for node in ast.walk(parsed(path)):
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
