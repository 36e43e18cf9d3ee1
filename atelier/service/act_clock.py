"""The clock that acts are stamped with: the machine's date, without its jumps while people are at work."""

import math
from typing import Protocol

from atelier.limits import CLOCK_FOLLOWED_MS, CLOCK_QUIET_S


class Times(Protocol):
    """The date, which may jump, and monotonic time."""

    def now_ms(self) -> int:
        """Return the date, Unix milliseconds."""
        ...

    def elapsed_s(self) -> float:
        """Return monotonic seconds since an arbitrary moment, sleep of the machine included."""
        ...


class ActClock:
    """A date that goes on evenly. When the machine's is set meanwhile, it is followed once nobody acted for a while.

    A minute to undo, a grace, the time that a group has left: none gets longer or lost because a laptop found the
    network and corrected its clock in the middle of a workshop.
    """

    def __init__(self, times: Times) -> None:
        self._times = times
        self._acted_s = -math.inf
        self._ahead_ms = 0
        self._follow(times.now_ms())

    def now_ms(self) -> int:
        """Return the time, Unix milliseconds."""
        date_ms, even_ms = self._times.now_ms(), self._even_ms()
        jumped = abs(date_ms - even_ms) > CLOCK_FOLLOWED_MS
        if not jumped or self._times.elapsed_s() - self._acted_s < CLOCK_QUIET_S:
            return even_ms
        self._follow(date_ms)
        return date_ms

    def stamp_ms(self) -> int:
        """Return the time for an act, Unix milliseconds."""
        at = self.now_ms()
        self._acted_s = self._times.elapsed_s()
        return at

    def _even_ms(self) -> int:
        return int(self._times.elapsed_s() * 1000) + self._ahead_ms

    def _follow(self, date_ms: int) -> None:
        self._ahead_ms = date_ms - int(self._times.elapsed_s() * 1000)
