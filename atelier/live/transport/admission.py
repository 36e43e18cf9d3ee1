"""Bounds in number and time on connections that have not entered a workshop yet."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from atelier.limits import ENTER_S, ENTERING_AT_ONCE

TICK_S = 0.5


class Lobby:
    """Sessions after the handshake and before admission, oldest first.

    Time is counted in the server's own ticks, so that a stall of the server makes nobody late.
    """

    def __init__(self, most: int = ENTERING_AT_ONCE, ticks: int = round(ENTER_S / TICK_S)) -> None:
        self._most, self._ticks, self._now = most, ticks, 0
        self._since: OrderedDict[str, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self._since)

    def arrived(self, sid: str) -> str | None:
        """Add a session, once; return the id of the oldest one when there are too many."""
        self._since.setdefault(sid, self._now)
        return self._since.popitem(last=False)[0] if len(self._since) > self._most else None

    def left(self, sid: str) -> None:
        """Remove a session that was admitted or is gone."""
        self._since.pop(sid, None)

    def tick(self) -> Iterator[str]:
        """Advance one tick; yield the ids of sessions past their deadline."""
        self._now += 1
        while self._since and next(iter(self._since.values())) + self._ticks < self._now:
            yield self._since.popitem(last=False)[0]


class Sweeper:
    """Background task that ticks while the lobby is not empty."""

    def __init__(self, lobby: Lobby, hang_up: Callable[[str], None]) -> None:
        self._lobby, self._hang_up, self._running = lobby, hang_up, False

    def wake(self, spawn: Callable[..., object], sleep: Callable[[float], None]) -> None:
        """Start the task unless it runs."""
        if not self._running:
            self._running = True
            spawn(self._run, sleep)

    def _run(self, sleep: Callable[[float], None]) -> None:
        try:
            while self._lobby:
                sleep(TICK_S)
                for sid in self._lobby.tick():
                    self._hang_up(sid)
        finally:
            self._running = False
