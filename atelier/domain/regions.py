"""What of the screens an event makes stale, by subject. Which fragments show it is each screen's own affair."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """LINE: one bar. INITIATIVES: the initiatives of one line. LINES: which lines a sheet has, and their labels.
    ANSWERS: what people answered to one line before the table places; no action: to every line.

    GATHERINGS: which initiatives of an action are shown as one.
    VOTE: how the vote stands, and what may be voted for. BALLOTS: how many people voted, and never for what.
    PEOPLE: who sits where. PRESENCE: who of them is connected, holds back acts or waits at the entrance: no event.
    FIRST_ACTS: who has done something, which no event says by itself: it comes with whatever somebody does first.
    """

    LINE = "line"
    INITIATIVES = "initiatives"
    LINES = "lines"
    MISSIONS = "missions"
    GROUPS = "groups"
    PEOPLE = "people"
    PRESENCE = "presence"
    FIRST_ACTS = "first-acts"
    PHASE = "phase"
    CLOCK = "clock"
    WALL = "wall"
    ANNOUNCEMENT = "announcement"
    NOTES = "notes"
    DECISIONS = "decisions"
    FOLLOW_UP = "follow-up"
    VOTE = "vote"
    BALLOTS = "ballots"
    GATHERINGS = "gatherings"
    KEYS = "keys"
    INBOX = "inbox"
    PENS = "pens"
    ANSWERS = "answers"
    ENTRANCE = "entrance"
    REMOVALS = "removals"
    NETWORK = "network"
    JOIN_CODE = "join-code"
    EVERYTHING = "everything"


class Region(NamedTuple):
    """A kind, where it makes sense one group's (0: the whole workshop), one action's, one item's of its list."""

    kind: Kind
    group: int = 0
    action: str = ""
    item: str = ""


class Part(NamedTuple):
    """A kind narrowed to one group, one action, one item by the event's fields of these names, in that order."""

    kind: Kind
    fields: tuple[str, ...]


Stale = Kind | Part | Callable[[Any], Region]
"""A kind of the whole workshop, a part of one, or a function that tells from the event."""


def region_of(stale: Stale, event: object) -> Region:
    """Return the region that `event` makes stale, as its class declares it."""
    match stale:
        case Kind():
            return Region(stale)
        case Part(kind, fields):
            return Region(kind, *(getattr(event, name) for name in fields))
        case _:
            return stale(event)
