"""Rate-limited loggers of the transport, so that no client can fill the disk."""

import logging
import time
from collections.abc import Callable

LINE_S, TRACEBACK_S = 1.0, 60.0


class RateLimit(logging.Filter):
    """Lets one record in `seconds` through and counts what it swallows; the next line says how many."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds, self._clock, self._next, self._swallowed = seconds, clock, -seconds, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether `record` may be written."""
        now = self._clock()
        if now < self._next:
            self._swallowed += 1
            return False
        self._next = now + self._seconds
        if self._swallowed:
            record.msg = f"{record.getMessage()} (and {self._swallowed} more since the last line)"
            record.args = ()
            self._swallowed = 0
        return True


log = logging.getLogger("atelier.live.transport")
log.addFilter(RateLimit(LINE_S))
libraries = logging.getLogger("atelier.live.transport.libraries")
"""What engine.io and Socket.IO say, and handlers that failed: errors only, with their tracebacks."""
libraries.addFilter(RateLimit(TRACEBACK_S))
libraries.setLevel(logging.ERROR)
