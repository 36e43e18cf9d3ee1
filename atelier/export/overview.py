"""The overlay of all groups as plain data: a row an action, each group's mark on it, and what they say together."""

from dataclasses import dataclass

from atelier.domain.doctrine import SheetAction
from atelier.domain.selectors import free_lines, shared_missions
from atelier.domain.state import Workshop
from atelier.domain.synthesis import Row, overlay
from atelier.domain.values import Side
from atelier.export.sheets import Pages, arms
from atelier.verdicts import HOW, HOW_TITLE, Note, reading_of, shorter

Marks = tuple[tuple[tuple[int, int, str], ...], ...]
"""Groups that answered for a trade, each with its reach in numbers and words; in rows, where several say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """One action in every group, and what the groups together make of it.

    `fs_range`, `cn_range`: from where to how far the groups reach, where at least two answered.
    """

    number: int
    short: str
    label: str
    fs_marks: Marks
    cn_marks: Marks
    fs_range: tuple[int, int] | None
    cn_range: tuple[int, int] | None
    verdict: str
    kind: str
    notes: tuple[Note, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAction:
    """A line that one group added."""

    group: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMission:
    """A mission that groups wrote, said once; `groups`: which of them, none when all have it."""

    text: str
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The common actions of all groups, their legend, the missions side by side, and the lines that groups added."""

    groups: tuple[tuple[int, str], ...]
    rows: tuple[OverviewRow, ...]
    missions: tuple[tuple[SharedMission, ...], ...]
    others: tuple[OtherAction, ...]
    how_title: str
    how: tuple[str, ...]


def overview_of(state: Workshop, pages: Pages) -> Overview:
    """Return the comparison of the groups' sheets."""
    actions = state.prepared.actions
    others = [(group.number, line) for group in state.groups for line in free_lines(group)]
    return Overview(
        groups=tuple((group.number, group.name) for group in state.groups),
        rows=tuple(
            _row(state, n, actions[n - 1], row, pages) for n, row in enumerate(overlay(state), start=1)
        ),
        missions=tuple(_missions(state, side) for side in Side),
        others=tuple(OtherAction(group=number, label=line.action.label) for number, line in others),
        how_title=HOW_TITLE,
        how=HOW,
    )


def _missions(state: Workshop, side: Side) -> tuple[SharedMission, ...]:
    every = len(state.groups)
    return tuple(
        SharedMission(text=text, groups=tuple(each.number for each in groups if len(groups) < every))
        for text, groups in shared_missions(state, side)
    )


def _row(state: Workshop, number: int, action: SheetAction, row: Row, pages: Pages) -> OverviewRow:
    reading = reading_of(state, row, pages.doctrine)
    return OverviewRow(
        number=number,
        short=action.told,
        label="" if action.label == action.told else action.label,
        fs_marks=_marks(row, "fs", pages),
        cn_marks=_marks(row, "cn", pages),
        fs_range=row.range("fs"),
        cn_range=row.range("cn"),
        verdict=reading.word,
        kind=reading.kind,
        notes=reading.notes,
        sentence=" ".join(
            filter(None, (shorter(state, pages.doctrine, row, reading.sentence), reading.moved))
        ),
    )


def _marks(row: Row, side: str, pages: Pages) -> Marks:
    """Return the groups' marks in as few rows as keep one that says the same as another clear of it."""
    rows: list[list[tuple[int, int, str]]] = []
    for group, line in enumerate(row.lines, start=1):
        reach = getattr(line.placement, side) if line.placement else None
        if reach is None:
            continue
        words = arms(line, pages.doctrine)[side == "cn"]
        free = next((each for each in rows if all(reach != taken for _, taken, _ in each)), None)
        if free is None:
            rows.append(free := [])
        free.append((group, reach, words))
    return tuple(map(tuple, rows))
