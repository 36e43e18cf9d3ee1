"""Which characters the fonts of the documents draw; a box of ours stands for the others."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from atelier.domain.selectors import by_support, lines
from atelier.domain.state import Workshop

BOX = "\u25fb"
COVERAGE = Path(__file__).resolve().parent.parent / "static" / "fonts" / "print-coverage.txt"
_UNSEEN = (
    0x0A,
    0x0D,
    0x09,
    0xAD,
    0x34F,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x2030),
    *range(0x2060, 0x2070),
)
_SELECTORS = (*range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0000, 0xE0080))
"""Marks that nothing draws: joiners, directions, line ends, variants."""
_WRITTEN_OTHERWISE = {"\u202f": "\u00a0", "\u2011": "-"}
"""What our font lacks and writes with a sign of its own: the whole text stays in one font."""


def printable(text: str) -> str:
    """Return `text` as the documents can draw it, the rest as boxes."""
    return _undrawable().sub(lambda found: _WRITTEN_OTHERWISE.get(found[0], BOX), text)


def missing(text: str) -> str:
    """Return each character of `text` that becomes a box, once, in its order."""
    found = (sign for sign in _undrawable().findall(text) if sign not in _WRITTEN_OTHERWISE)
    return "".join(dict.fromkeys(found))


def undrawn(document: Any) -> tuple[str, ...]:
    """Return the texts of plain data (dicts and lists) that hold a character that becomes a box, each once."""
    return tuple(dict.fromkeys(text for text in _texts(document) if missing(text)))


def texts_of(state: Workshop) -> list[str]:
    """Return what people typed and documents print."""
    setup = state.prepared
    found = [setup.title, setup.place, setup.territory, setup.organiser]
    found += [text for each in state.decisions.values() for text in (each.what, each.who, each.due)]
    for group in state.groups:
        found += [group.name, *(note.text for note in group.notes.values())]
        found += [mission.text for mission in group.missions.values()]
        for line in lines(group):
            found += [line.action.label, *(each.text for each in by_support(line))]
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


@lru_cache(maxsize=1)
def _undrawable() -> re.Pattern[str]:
    ranges = [tuple(int(end, 16) for end in line.split("-")) for line in COVERAGE.read_text().splitlines()]
    drawn = "".join(f"{_escaped(first)}-{_escaped(last)}" for first, last in ranges)
    unseen = "".join(_escaped(code) for code in (*_UNSEEN, *_SELECTORS))
    otherwise = "".join(_escaped(ord(sign)) for sign in _WRITTEN_OTHERWISE)
    return re.compile(f"[{otherwise}]|[^{drawn}{unseen}]")


def _escaped(code: int) -> str:
    return f"\\U{code:08x}"
