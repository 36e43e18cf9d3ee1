"""The load generator's loop: epoll, sockets that only count, timers. Light, so that it is never what is measured."""

import heapq
import itertools
import select
import time
from collections.abc import Callable
from typing import Protocol

BATCH = 512


class Reader(Protocol):
    """Something with a descriptor that wants to know when there is something to read."""

    def fileno(self) -> int:
        """The descriptor."""
        ...

    def readable(self) -> None:
        """Read what is there."""
        ...


class Loop:
    """Runs until told to stop, by time or by condition."""

    def __init__(self) -> None:
        self._poll = select.epoll()
        self._readers: dict[int, Callable[[], None]] = {}
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def add(self, reader: Reader) -> None:
        """Read from it from now on."""
        self._readers[reader.fileno()] = reader.readable
        self._poll.register(reader.fileno(), select.EPOLLIN | select.EPOLLRDHUP)

    def drop(self, reader: Reader) -> None:
        """Read from it no more; before it is closed."""
        if self._readers.pop(reader.fileno(), None) is not None:
            self._poll.unregister(reader.fileno())

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Call `what` at a time of `perf_counter`."""
        heapq.heappush(self._timers, (when, next(self._count), what))

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Turn for so long, or until `until` says so; return what it said last."""
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end and not until():
            self._turn(max(0.0, min(end, self._next(end)) - now))
        return until()

    def close(self) -> None:
        """Give the descriptor back."""
        self._poll.close()

    def _turn(self, patience: float) -> None:
        for descriptor, _ in self._poll.poll(min(patience, 0.05), BATCH):
            read = self._readers.get(descriptor)
            if read is not None:
                read()
        now = time.perf_counter()
        while self._timers and self._timers[0][0] <= now:
            heapq.heappop(self._timers)[2]()

    def _next(self, otherwise: float) -> float:
        return self._timers[0][0] if self._timers else otherwise
