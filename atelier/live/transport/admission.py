"""Connections that have not entered a workshop yet: few of them, and not for long."""

from collections import OrderedDict
from collections.abc import Callable, Iterator

from atelier.limits import ENTER_S, ENTERING_AT_ONCE

TICK_S = 0.5


class Lobby:
    """Who has shaken hands and was not admitted so far, the oldest first.

    Time is counted in ticks of the server's own: while it is held up itself, nobody is late.
    """

    def __init__(self, most: int = ENTERING_AT_ONCE, ticks: int = round(ENTER_S / TICK_S)) -> None:
        self._most, self._ticks, self._now = most, ticks, 0
        self._since: OrderedDict[str, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self._since)

    def arrived(self, sid: str) -> str | None:
        """Note a newcomer, once; return who has to go for it, if somebody has."""
        self._since.setdefault(sid, self._now)
        return self._since.popitem(last=False)[0] if len(self._since) > self._most else None

    def left(self, sid: str) -> None:
        """Forget one: admitted, or gone."""
        self._since.pop(sid, None)

    def tick(self) -> Iterator[str]:
        """Let time pass; yield who has been here for too long."""
        self._now += 1
        while self._since and next(iter(self._since.values())) + self._ticks < self._now:
            yield self._since.popitem(last=False)[0]


class Sweeper:
    """Ticks while somebody waits, in a task of its own."""

    def __init__(self, lobby: Lobby, hang_up: Callable[[str], None]) -> None:
        self._lobby, self._hang_up, self._running = lobby, hang_up, False

    def wake(self, spawn: Callable[..., object], sleep: Callable[[float], None]) -> None:
        """Start ticking unless it does already."""
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
