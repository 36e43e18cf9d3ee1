"""How fast one client is listened to: the network then makes a flood wait where it comes from."""

import time
from collections.abc import Callable

from atelier.limits import INCOMING_BURST, INCOMING_RATE, LONGEST_PAUSE_S


class Pace:
    """A token bucket that may go into debt; the debt is what to wait."""

    __slots__ = ("_clock", "_level", "_then")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._level, self._then = clock, INCOMING_BURST, clock()

    def after(self, frames: int) -> float:
        """Return how many seconds to wait after having read `frames` more."""
        now = self._clock()
        self._level = min(INCOMING_BURST, self._level + (now - self._then) * INCOMING_RATE) - frames
        self._then = now
        return min(LONGEST_PAUSE_S, max(0.0, -self._level / INCOMING_RATE))
