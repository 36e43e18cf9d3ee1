"""A clock that goes on only when it is told to, for what counts by time."""

import time


class Clock:
    """Called, says what time it is, in seconds; whoever sleeps by it has slept at once."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Pass the time."""
        self.slept.append(seconds)
        self.now += seconds


class Hurried:
    """The machine's time, in seconds, but for who sleeps by it: that has passed at once."""

    def __init__(self) -> None:
        self._passed = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return time.monotonic() + self._passed

    def sleep(self, seconds: float) -> None:
        """Pass the time."""
        self._passed += seconds
