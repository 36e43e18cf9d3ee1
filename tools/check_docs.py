"""Checks that the documentation holds: links, headings they aim at, `make` commands, lists of packages.

Run by `make docs`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {".git", ".venv", "node_modules", "build", "dist", "vendor", "sessions", "exports"}

FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)<>\s]+)>?[^)]*\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
ANCHOR = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")
MAKE = re.compile(r"(?:`|^\s*\$?\s*)make ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Where packages are taken from is each machine's matter: no address in the lists.
ADDRESS = re.compile(r"index-url|find-links|://")
RESOLVED = re.compile(r'"resolved"')


def documents() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.md") if ELSEWHERE.isdisjoint(path.relative_to(ROOT).parts))


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as forges make it."""
    kept = "".join(
        letter
        for letter in re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        if letter in " -_" or unicodedata.category(letter)[0] in "LNM"
    )
    return kept.replace(" ", "-")


def anchors(text: str) -> set[str]:
    return {anchor(heading) for heading in HEADING.findall(FENCE.sub("", text))} | set(ANCHOR.findall(text))


def broken_links(document: Path, text: str) -> Iterator[str]:
    for link in LINK.findall(FENCE.sub("", text)):
        if SCHEME.match(link):
            continue
        place, _, fragment = unquote(link).partition("#")
        target = (document.parent / place).resolve() if place else document
        if not target.exists():
            yield f"broken link: {link}"
        elif fragment and target.suffix == ".md" and fragment not in anchors(target.read_text("utf-8")):
            yield f"no such heading: {link}"


def unknown_commands(text: str, targets: set[str]) -> Iterator[str]:
    for name in MAKE.findall(text):
        if name not in targets:
            yield f"`make {name}` is not in the Makefile"


def addresses() -> Iterator[str]:
    lists = dict.fromkeys(sorted((ROOT / "requirements").glob("*")), ADDRESS)
    lists[ROOT / "package-lock.json"] = RESOLVED
    for path, pattern in lists.items():
        if pattern.search(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}: holds the address of a registry"


def problems() -> Iterator[str]:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    for document in documents():
        text = document.read_text("utf-8")
        for problem in [*broken_links(document, text), *unknown_commands(text, targets)]:
            yield f"{document.relative_to(ROOT)}: {problem}"
    yield from addresses()


def main() -> int:
    found = list(problems())
    for problem in found:
        print(problem)
    print(f"{len(documents())} documents checked, {len(found)} problem(s).")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
