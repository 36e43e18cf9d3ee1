"""Admission of newcomers: at once, or at a pace when many more arrive than were expected."""

import time
from collections.abc import Callable

from atelier import limits
from atelier.access.ratelimit import WaitingRoom
from atelier.domain.state import Workshop
from atelier.domain.values import Entrance


def is_crowded(state: Workshop) -> bool:
    """Tell whether more people came in than a workshop of that size explains, and nobody said to let them all in."""
    crowd = limits.CROWD_TIMES * state.prepared.expected
    return state.entrance is Entrance.PACED and len(state.people) >= crowd


def waiting_room(clock: Callable[[], float] = time.monotonic) -> WaitingRoom:
    """Return the turns of the newcomers of all workshops."""
    return WaitingRoom(
        limits.NEWCOMERS_PER_S,
        limits.NEWCOMERS_AT_ONCE,
        longest_s=limits.TURN_AFTER_S,
        most=limits.WAITING_COUNTED,
        clock=clock,
    )
