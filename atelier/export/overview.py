"""The overlay of all groups as plain data: a row an action, with a verdict in words."""

from dataclasses import dataclass

from atelier.domain.selectors import free_lines
from atelier.domain.state import Line, Workshop
from atelier.domain.synthesis import Row, overlay
from atelier.export.sheets import Pages, arms, state_name
from atelier.wording import verdict_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """How far one group's arms reach on one action, in numbers and in words."""

    group: int
    state: str
    fs: int
    cn: int
    fs_words: str
    cn_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """One action in every group, and what the groups together make of it."""

    number: int
    short: str
    label: str
    arms: tuple[Arm, ...]
    verdict: str
    kind: str
    unplaced: tuple[int, ...]
    aside: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAction:
    """A line that one group added."""

    group: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The common actions of all groups, their legend, and the lines that groups added."""

    groups: tuple[tuple[int, str], ...]
    rows: tuple[OverviewRow, ...]
    others: tuple[OtherAction, ...]


def overview_of(state: Workshop, pages: Pages) -> Overview:
    """Return the comparison of the groups' sheets."""
    actions = state.prepared.actions
    others = [(group.number, line) for group in state.groups for line in free_lines(group)]
    return Overview(
        groups=tuple((group.number, group.name) for group in state.groups),
        rows=tuple(
            _row(n, actions[n - 1].told, actions[n - 1].label, row, pages)
            for n, row in enumerate(overlay(state), start=1)
        ),
        others=tuple(OtherAction(group=number, label=line.action.label) for number, line in others),
    )


def _row(number: int, short: str, label: str, row: Row, pages: Pages) -> OverviewRow:
    every = tuple(_arm(n, line, pages) for n, line in enumerate(row.lines, start=1))
    return OverviewRow(
        number=number,
        short=short,
        label="" if label == short else label,
        arms=tuple(arm for arm in every if arm.state == "placed"),
        verdict=verdict_text(row.verdict, row.placed, row.of),
        kind=row.verdict.value,
        unplaced=tuple(arm.group for arm in every if arm.state == "unplaced"),
        aside=tuple(arm.group for arm in every if arm.state == "aside"),
    )


def _arm(group: int, line: Line, pages: Pages) -> Arm:
    fs_words, cn_words = arms(line, pages.doctrine)
    return Arm(
        group=group,
        state=state_name(line),
        fs=line.placement.fs if line.placement else 0,
        cn=line.placement.cn if line.placement else 0,
        fs_words=fs_words,
        cn_words=cn_words,
    )
