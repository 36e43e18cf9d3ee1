"""No part of a test waits for ever: what takes too long fails where it stands, and the others go on.

Keys, scripts in a page, DevTools, closing a page have no patience of their own in Playwright, nor have pipes and locks.
"""

import contextlib
import signal
from collections.abc import Iterator

PART = 0.8
"""Of what faulthandler_timeout gives a test before it ends the process: beyond every patience of tests (120 s)."""


class TooLong(BaseException):
    """Not an Exception, which loops that try again would take for the network's."""


@contextlib.contextmanager
def ceiling(seconds: float) -> Iterator[None]:
    """Raise TooLong in what the main thread is at after so many seconds."""

    def end(*_: object) -> None:
        raise TooLong(f"not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, end)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, before)
