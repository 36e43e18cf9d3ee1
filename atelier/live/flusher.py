"""Base of a background thread that flushes what is due, and sleeps until something is."""

import threading
import time
from abc import ABC, abstractmethod


class BackgroundFlusher(ABC):
    """Sleeps on `_wake`, whose lock guards what waits; whoever adds to that notifies it."""

    name = ""
    """The thread's."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._going = True

    def start(self) -> None:
        """Start sending."""
        threading.Thread(target=self._run, name=self.name, daemon=True).start()

    def stop(self) -> None:
        """Stop sending."""
        with self._wake:
            self._going = False
            self._wake.notify()

    @abstractmethod
    def flush(self, now: float) -> None:
        """Send what is due at `now` (monotonic seconds)."""

    @abstractmethod
    def _soonest(self) -> float | None:
        """Return when something is due next, None when nothing waits. Called under the lock of `_wake`."""

    def _run(self) -> None:
        while self._wait():
            self.flush(time.monotonic())

    def _wait(self) -> bool:
        """Wait until something is due; False at the end."""
        with self._wake:
            while self._going:
                now, soonest = time.monotonic(), self._soonest()
                if soonest is not None and soonest <= now:
                    return True
                self._wake.wait(None if soonest is None else soonest - now)
        return False
