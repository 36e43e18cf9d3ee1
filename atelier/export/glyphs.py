"""Which characters the fonts of the documents draw; a box of ours stands for the others."""

import re
from functools import lru_cache
from pathlib import Path

from atelier.domain.doctrine import SheetAction
from atelier.domain.selectors import by_support, lines
from atelier.domain.state import Group, Workshop

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


def texts_of(state: Workshop, group: int = 0) -> list[str]:
    """Return what people typed and documents print: of all groups, or what the sheet of one holds."""
    found = _of_setup(state)
    if not group:
        found += [text for each in state.decisions.values() for text in (each.what, each.who, each.due)]
        found.append(state.next_meeting.about)
    for each in _chosen(state, group):
        found += [each.name, *(note.text for note in each.notes.values())]
        found += [mission.text for mission in each.missions.values() if mission.visible]
        for line in lines(each):
            found += [*_of_action(line.action), *(initiative.text for initiative in by_support(line))]
    return found


def texts_before(state: Workshop, group: int = 0) -> list[str]:
    """Return what people typed and paper for filling in has on it: of all groups, or of one."""
    of_groups = (
        text
        for each in _chosen(state, group)
        for text in (each.name, *(text for line in lines(each) for text in _of_action(line.action)))
    )
    return [*_of_setup(state), *of_groups]


def _of_setup(state: Workshop) -> list[str]:
    setup = state.prepared
    return [setup.title, setup.place, setup.territory, setup.organiser]


def _of_action(action: SheetAction) -> tuple[str, ...]:
    return (action.short, action.label, action.precision, *action.examples)


def _chosen(state: Workshop, group: int) -> list[Group]:
    return [each for each in state.groups if group in (0, each.number)]


@lru_cache(maxsize=1)
def _undrawable() -> re.Pattern[str]:
    ranges = [tuple(int(end, 16) for end in line.split("-")) for line in COVERAGE.read_text().splitlines()]
    drawn = "".join(f"{_escaped(first)}-{_escaped(last)}" for first, last in ranges)
    unseen = "".join(_escaped(code) for code in (*_UNSEEN, *_SELECTORS))
    otherwise = "".join(_escaped(ord(sign)) for sign in _WRITTEN_OTHERWISE)
    return re.compile(f"[{otherwise}]|[^{drawn}{unseen}]")


def _escaped(code: int) -> str:
    return f"\\U{code:08x}"
