"""Deferred writes: start-up writes that are optional, retried until the disk takes them."""

import logging
import threading
from collections.abc import Callable

from atelier.journal.locks import FolderBusy
from atelier.runtime.logs import reason

RETRY_S = 2.0

log = logging.getLogger("atelier.deferred")


class DeferredWrites:
    """A server on a read-only or full disk starts and reads; what it owes the disk is written once that is possible."""

    def __init__(self, retry_s: float = RETRY_S) -> None:
        self._retry_s = retry_s
        self._owed: dict[str, Callable[[], object]] = {}
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def attempt(self, name: str, write: Callable[[], object]) -> None:
        """Call `write` now, and later as long as it raises OSError."""
        try:
            write()
        except OSError as error:
            log.warning("%s.deferred", name, extra={"reason": reason(error)})
            self._owed[name] = write
            self._retry_in_the_background()

    @property
    def owed(self) -> list[str]:
        """The names of what is still to be written."""
        return list(self._owed)

    def retry(self) -> None:
        """Try once again what is owed."""
        for name, write in list(self._owed.items()):
            try:
                write()
            except OSError:
                continue  # said once, at the start
            except FolderBusy as error:
                log.error("%s.deferred", name, extra={"reason": reason(error)})
            else:
                del self._owed[name]

    def stop(self) -> None:
        """Try no more."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _retry_in_the_background(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="deferred-writes", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._over.wait(self._retry_s):
            self.retry()
