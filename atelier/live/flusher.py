"""Base class of a background thread that flushes due messages and sleeps until the next one."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from atelier.runtime.background import JOIN_S


class BackgroundFlusher(ABC):
    """Thread that sleeps on the condition `_wake`; add messages under its lock, then notify it."""

    name = ""
    """The thread's."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the thread."""
        self._run_beside(self.name, self._run)

    def stop(self) -> None:
        """Stop after the flush in progress, and wait up to `JOIN_S` for the thread."""
        with self._wake:
            self._stopped.set()
            self._wake.notify()
        for thread in self._threads:
            thread.join(JOIN_S)

    def _run_beside(self, name: str, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

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
            while not self._stopped.is_set():
                now, soonest = time.monotonic(), self._soonest()
                if soonest is not None and soonest <= now:
                    return True
                self._wake.wait(None if soonest is None else soonest - now)
        return False
