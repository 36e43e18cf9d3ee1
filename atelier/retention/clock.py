"""Clocks of retention: the machine's date, which may be wrong, and monotonic time, which is not."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Protocol

from atelier import local_time

WESTERNMOST = "987"
"""INSEE code of the territory where a day begins last: French Polynesia."""

NOISE_MS = 200
"""Milliseconds by which an answer on its way may be late without saying anything of the clock."""


class Clock(Protocol):
    """Date and monotonic time; tests pass their own."""

    def now_ms(self) -> int:
        """Return the machine's date in Unix milliseconds; it may be wrong, and jump."""
        ...

    def elapsed_s(self) -> float:
        """Return monotonic seconds since an arbitrary moment."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now_ms(self) -> int:
        """Return the date of the machine, Unix milliseconds."""
        return time.time_ns() // 1_000_000

    def elapsed_s(self) -> float:
        """Return seconds since boot, sleep included where the system offers that clock."""
        # On a Mac it is CLOCK_MONOTONIC that counts the sleep, unlike Python's own clock of that name.
        boot = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
        return time.monotonic() if boot is None else time.clock_gettime(boot)


class NodesClock(SystemClock):
    """The clock of a database, by which all its nodes stamp acts and count days."""

    def __init__(self, ahead_ms: Callable[[], int]) -> None:
        """`ahead_ms` asks by how many milliseconds it is ahead of this machine's. Raises OSError."""
        self._ask, self._ahead_ms = ahead_ms, ahead_ms()

    def now_ms(self) -> int:
        """Return the date of the database, Unix milliseconds."""
        return super().now_ms() + self._ahead_ms

    def check(self) -> None:
        """Look again how far it is ahead: clocks are set, and drift. Raises OSError."""
        ahead_ms = self._ask()
        if abs(ahead_ms - self._ahead_ms) > NOISE_MS:
            self._ahead_ms = ahead_ms


def day_of(at_ms: int) -> dt.date:
    """Return the calendar day in the machine's time zone."""
    return dt.datetime.fromtimestamp(at_ms / 1000).astimezone().date()


def day_everywhere(at_ms: int) -> dt.date:
    """Return the latest day that has begun in every French territory.

    What ends « le 25 juin » ends on that day in Paris, in Tahiti and in Nouméa, and nowhere on the day before.
    """
    return local_time.day_at(at_ms, local_time.zone_at(WESTERNMOST))
