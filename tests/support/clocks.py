"""A clock that goes on only when it is told to, for what counts by time."""


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
