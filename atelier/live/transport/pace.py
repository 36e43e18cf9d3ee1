"""A token bucket for one connection's incoming frames: reading slower makes a flood wait in its own network."""

import time
from collections.abc import Callable

from atelier.limits import INCOMING_BURST, INCOMING_RATE, LONGEST_PAUSE_S


class Pace:
    """Token bucket of one connection, which may go into debt without bound; not thread-safe."""

    __slots__ = ("_clock", "_level", "_then")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._level, self._then = clock, INCOMING_BURST, clock()

    def spend(self, frames: float) -> float:
        """Take `frames` tokens; return the seconds to wait before reading on."""
        now = self._clock()
        self._level = min(INCOMING_BURST, self._level + (now - self._then) * INCOMING_RATE) - frames
        self._then = now
        return max(0.0, -self._level / INCOMING_RATE)


def beyond_patience(wait_s: float) -> bool:
    """Tell whether a pause of `wait_s` is too long: such a client is disconnected."""
    return wait_s > LONGEST_PAUSE_S


def weight(size: int) -> float:
    """Return what a frame of `size` bytes counts for: one, and one more for each full kilobyte."""
    return 1 + size // 1024
