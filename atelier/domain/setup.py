"""What is chosen when preparing a workshop: who, where, the groups, the agenda and the sheet's lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from atelier.domain import limits
from atelier.domain.values import Phase, Side

FREE_LINE_PREFIX = "libre-"
"""What the identifiers of a group's free lines begin with, and no other line's."""

CUT = "…"
"""How short words end that were cut from longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAction:
    """A line of the sheet. `id` is the doctrine's slug, or one of its own for an added line: `[A-Za-z0-9_-]{1,40}`."""

    id: str
    short: str
    label: str
    precision: str = ""
    examples: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The short words where they stand for the action; all of them where the short ones were cut."""
        return self.label if self.short.endswith(CUT) else self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultMission:
    """A mission printed on the continuum before anybody has written."""

    side: Side
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The choices of the preparation. Durations in minutes; `date` and `purge_on` in ISO form (`2026-06-25`).

    `territory_code`: the INSEE code of a département, which gives the hours; empty where the territory is none.
    `expected`: how many people are expected, by which a crowd that nobody announced is told.
    """

    doctrine: str
    title: str
    place: str
    territory: str
    date: str
    organiser: str
    purge_on: str
    groups: tuple[str, ...]
    minutes: Mapping[Phase, int]
    actions: tuple[SheetAction, ...]
    free_lines: int
    missions: tuple[DefaultMission, ...]
    expected: int = limits.EXPECTED_DEFAULT
    territory_code: str = ""
