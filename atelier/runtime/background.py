"""Background jobs in daemon threads; an exception is logged and the job runs again at its next turn."""

import logging
import threading
from collections.abc import Callable

JOIN_S = 5.0
"""How long `stop` waits for jobs that are in the middle of something: they hold nothing that must be given back."""

log = logging.getLogger("atelier.runtime")


class BackgroundJobs:
    """The jobs of one program: they begin when they are added, and end with `stop`."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def repeat(
        self, name: str, job: Callable[[], object], every_s: float, first_s: float | None = None
    ) -> None:
        """Call `job` after `first_s` (or `every_s`), and again `every_s` after each call has ended."""

        def turns() -> None:
            wait_s = every_s if first_s is None else first_s
            while self.pause(wait_s):
                guarded(name, job)
                wait_s = every_s

        self._start(name, turns)

    def once(self, name: str, job: Callable[[], object], after_s: float = 0) -> None:
        """Call `job` once in a thread, after `after_s` seconds."""

        def turn() -> None:
            if self.pause(after_s):
                guarded(name, job)

        self._start(name, turn)

    def pause(self, seconds: float) -> bool:
        """Sleep for `seconds`; return False at once when the jobs are being stopped."""
        return not self._stopping.wait(seconds)

    @property
    def stopping(self) -> bool:
        """True once `stop` was called; long jobs poll it."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Start no further job, and wait up to `JOIN_S` for each running one."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(JOIN_S)

    def _start(self, name: str, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()


def guarded(name: str, job: Callable[[], object]) -> None:
    """Call `job`; log what it raises under `name`."""
    try:
        job()
    except Exception:
        log.exception("background.failed %s", name)
