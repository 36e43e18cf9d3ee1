"""Documents that a whole room asks for at once: each is made once, the others wait for it."""

import threading
import time
from collections.abc import Callable, Hashable

from atelier.export.failures import ExportFailed
from atelier.limits import KEPT_SHEET_S, KEPT_SHEETS_BYTES, PDF_TURN_S
from atelier.runtime.lru import LRUCache
from atelier.runtime.processes import LOOK_S

_FAILURE_BYTES = 200
_TURNS = 16
"""Documents that share a turn are made one after the other; few enough to need no tidying up."""


class SharedDocuments:
    """The latest documents, and those that could not be made. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: LRUCache[Hashable, bytes | ExportFailed] = LRUCache(
            KEPT_SHEETS_BYTES, KEPT_SHEET_S, clock
        )
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))

    def get(self, key: Hashable, make: Callable[[], bytes], unwanted: Callable[[], bool]) -> bytes:
        """Return the document `key`, made by `make` unless it is kept. Raises ExportFailed.

        `unwanted()` is polled while waiting: True cancels, when the client is gone.
        """
        found = self._kept.get(key)
        if found is None:
            turn = self._turns[hash(key) % _TURNS]
            _take(turn, unwanted)
            try:
                found = self._kept.get(key) or self._made(key, make)
            finally:
                turn.release()
        if isinstance(found, ExportFailed):
            raise found
        return found

    def _made(self, key: Hashable, make: Callable[[], bytes]) -> bytes | ExportFailed:
        try:
            document = make()
        except ExportFailed as failed:
            if failed.code in ("unwanted", "busy"):
                raise  # of this request, not of the document
            return self._kept.put(key, failed, _FAILURE_BYTES)
        return self._kept.put(key, document, len(document))


def _take(turn: threading.Lock, unwanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PDF_TURN_S
    while not turn.acquire(timeout=LOOK_S):
        if time.monotonic() >= deadline:
            raise ExportFailed("busy")
        if unwanted():
            raise ExportFailed("unwanted")
