"""Background jobs in daemon threads that no exception ends: it is logged, and the job goes on at its next turn."""

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger("atelier.runtime")


def repeat(
    name: str,
    job: Callable[[], object],
    every_s: float,
    first_s: float | None = None,
    sleep: Callable[[float], object] = time.sleep,
) -> threading.Thread:
    """Start calling `job` after `first_s` (or `every_s`), and again `every_s` after each call has ended."""

    def turns() -> None:
        sleep(every_s if first_s is None else first_s)
        while True:
            guarded(name, job)
            sleep(every_s)

    return _started(name, turns)


def once(
    name: str, job: Callable[[], object], after_s: float = 0, sleep: Callable[[float], object] = time.sleep
) -> threading.Thread:
    """Start calling `job` once, after `after_s`."""

    def turn() -> None:
        sleep(after_s)
        guarded(name, job)

    return _started(name, turn)


def guarded(name: str, job: Callable[[], object]) -> None:
    """Call `job`; log what it raises, and by what."""
    try:
        job()
    except Exception:
        log.exception("background.failed %s", name)


def _started(name: str, run: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread
