"""People panel of the desk: recent arrivals, idle participants, state of the entrance."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from atelier.domain import selectors
from atelier.domain.state import Participant
from atelier.domain.windows import is_open
from atelier.web.render.view import View

RECENT_MS = 10 * 60_000
NEW_MINUTES = 5
LISTED = 30
"""So many arrivals are named one by one; a crowd is told by the minute."""
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """Who came in during one minute (`at`, Unix ms), newest first; `people` is empty where their number is told."""

    at: int
    count: int
    idle: int
    people: tuple[Participant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """People who wrote, placed, supported nothing: all of them, and those who came in during the last `minutes`."""

    count: int
    recent: int
    minutes: int


def minutes(view: View) -> list[Minute]:
    """Return the arrivals of the last ten minutes, newest first."""
    recent = [person for person in view.state.present() if is_open(RECENT_MS, person.joined_at, view.at)]
    recent.sort(key=lambda person: person.joined_at, reverse=True)
    named = len(recent) <= LISTED
    return [
        _minute(minute * _MINUTE_MS, list(people), named=named)
        for minute, people in groupby(recent, key=lambda person: person.joined_at // _MINUTE_MS)
    ]


def idle(view: View) -> Idle:
    """Return how many would be removed."""
    found = Counter(
        is_open(NEW_MINUTES * _MINUTE_MS, person.joined_at, view.at) for person in selectors.idle(view.state)
    )
    return Idle(count=found.total(), recent=found[True], minutes=NEW_MINUTES)


def _minute(at: int, people: list[Participant], *, named: bool) -> Minute:
    still = sum(not person.acted for person in people)
    return Minute(at=at, count=len(people), idle=still, people=tuple(people) if named else ())
