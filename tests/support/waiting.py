"""Wait for a condition, as long as a busy machine may need."""

import time
from collections.abc import Callable


def wait_until(true: Callable[[], bool], patience_s: float, what: str) -> float:
    """Return the seconds it took; fail with `what` when it takes longer than `patience_s`."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < patience_s, what
        time.sleep(0.01)
    return time.monotonic() - started
