"""The clock that retention believes: the date of the machine, and the time that really passes."""

import datetime as dt
import time
from typing import Protocol

from atelier import local_time

WESTERNMOST = "987"
"""The territory where a day begins last."""


class Clock(Protocol):
    """Handed in, so that tests choose the date."""

    def now_ms(self) -> int:
        """Return what the machine takes for the date, Unix milliseconds. It may be wrong, and jump."""
        ...

    def elapsed_s(self) -> float:
        """Return seconds of real time since some moment: they never jump, whatever becomes of the date."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now_ms(self) -> int:
        """Return the date of the machine, Unix milliseconds."""
        return time.time_ns() // 1_000_000

    def elapsed_s(self) -> float:
        """Return the seconds since the machine started; a laptop's sleep counts where the system tells."""
        boot = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boot is None else time.clock_gettime(boot)


def day_of(at_ms: int) -> dt.date:
    """Return the calendar day where this machine stands."""
    return dt.datetime.fromtimestamp(at_ms / 1000).astimezone().date()


def day_everywhere(at_ms: int) -> dt.date:
    """Return the day that has begun in every territory, whatever the machine's time zone.

    What ends « le 25 juin » ends on that day in Paris, in Tahiti and in Nouméa, and nowhere on the day before.
    """
    return local_time.day_at(at_ms, local_time.zone_at(WESTERNMOST))
