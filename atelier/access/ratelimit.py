"""Rate limits: token buckets by name, delays after repeated failures, a waiting room for crowds."""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf

from cachetools import TTLCache

NAMES = 10_000


class TokenBucket:
    """Token buckets by name: `rate` tokens a second, `burst` at once. Thread-safe.

    At most `most` names are kept: those that are full again are forgotten, then those asked for longest ago.
    """

    def __init__(
        self, rate: float, burst: int, *, most: int = NAMES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = rate, float(burst), clock
        # From the deepest debt, a bucket is full after twice the time of a burst.
        self._levels: TTLCache[str, tuple[float, float]] = TTLCache(most, 2 * burst / rate, timer=clock)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        with self._lock:
            self._levels.expire()
            return len(self._levels)

    def take(self, name: str) -> float:
        """Take one token; return 0, or the seconds to wait before there is one."""
        with self._lock:
            level = self._level(name)
            if level < 1:
                return (1 - level) / self._rate
            self._levels[name] = (level - 1, self._clock())
            return 0.0

    def charge(self, name: str) -> None:
        """Take one token whether there is one or not; one burst may be owed, never more."""
        with self._lock:
            self._levels[name] = (max(-self._burst, self._level(name) - 1), self._clock())

    def debt(self, name: str) -> float:
        """Return what is owed, from 0 (nothing) to 1 (a whole burst)."""
        with self._lock:
            return max(0.0, -self._level(name) / self._burst)

    def _level(self, name: str) -> float:
        level, then = self._levels.get(name, (self._burst, 0.0))
        return min(self._burst, level + (self._clock() - then) * self._rate)


class TooMany(Exception):  # noqa: N818 - too many ask
    """Too many requests wait at once; the message is the seconds to wait before a retry."""


class Brake:
    """Delays those who failed too often: a pause that grows with their debt, up to `longest_s` seconds.

    `each` of one name and `overall` of all may be in such a pause at once. Thread-safe.
    """

    def __init__(
        self,
        failures: TokenBucket,
        *,
        longest_s: float,
        each: int,
        overall: int,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._failures, self._longest_s, self._sleep = failures, longest_s, sleep
        self._each, self._overall = each, overall
        self._waiting: Counter[str] = Counter()
        self._lock = threading.Lock()

    def failed(self, name: str) -> None:
        """Count one failure."""
        self._failures.charge(name)

    def pause_s(self, name: str) -> float:
        """Return how long the next one must wait, 0 for who owes nothing."""
        return self._longest_s * self._failures.debt(name)

    def wait(self, name: str) -> None:
        """Wait as long as `name` must. Raises TooMany at once when too many wait already."""
        pause_s = self.pause_s(name)
        if pause_s:
            with self._place(name):
                self._sleep(pause_s)

    @contextmanager
    def _place(self, name: str) -> Iterator[None]:
        with self._lock:
            if self._waiting.get(name, 0) >= self._each or self._waiting.total() >= self._overall:
                raise TooMany(round(self._longest_s) or 1)
            self._waiting[name] += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting[name] -= 1
                if not self._waiting[name]:
                    del self._waiting[name]


@dataclass(slots=True)
class _Queue:
    """Turns of one workshop's newcomers (monotonic seconds); infinite for those who come too late to have one yet."""

    next: float = -inf
    turns: dict[str, float] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)

    def forget(self, who: str) -> None:
        self.turns.pop(who, None)
        self.asked_at.pop(who, None)


class WaitingRoom:
    """Token bucket a workshop that promises its tokens in order of arrival. Thread-safe."""

    def __init__(
        self,
        rate: float,
        burst: int,
        *,
        longest_s: float,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`longest_s`: longest wait that is promised, in seconds; `most`: newcomers remembered a workshop."""
        self._gap_s, self._saved_s = 1 / rate, (burst - 1) / rate
        self._longest_s, self._most, self._clock = longest_s, most, clock
        self._lock = threading.Lock()
        self._queues: defaultdict[str, _Queue] = defaultdict(_Queue)

    def wait(self, code: str, who: str) -> float:
        """Return 0 when `who` may come in now, else the seconds until their turn."""
        now = self._clock()
        with self._lock:
            queue = self._queues[code]
            self._forget_absent(queue, now)
            # Others may have given up meanwhile: a free turn can come before the promised one.
            turn = min(queue.turns.get(who, inf), self._turn(queue, now))
            if turn <= now:
                self._take(queue, who, turn)
                return 0.0
            if who in queue.turns or len(queue.turns) < self._most:
                queue.asked_at[who] = now
                self._promise(queue, who, turn, now)
            return min(turn - now, self._longest_s)

    def waiting(self, code: str) -> int:
        """Count the newcomers who asked lately and are not in yet."""
        with self._lock:
            if code not in self._queues:
                return 0
            self._forget_absent(self._queues[code], self._clock())
            return len(self._queues[code].turns)

    def forget(self, code: str) -> None:
        """Drop the queue of a workshop."""
        with self._lock:
            self._queues.pop(code, None)

    def _turn(self, queue: _Queue, now: float) -> float:
        """Return the next free turn; unused turns are saved up to the burst."""
        return max(queue.next, now - self._saved_s)

    def _take(self, queue: _Queue, who: str, turn: float) -> None:
        if who not in queue.turns or queue.turns[who] == inf:
            queue.next = turn + self._gap_s
        queue.forget(who)

    def _promise(self, queue: _Queue, who: str, turn: float, now: float) -> None:
        if queue.turns.get(who, inf) < inf:
            return
        # No turn is promised far ahead: by then most of those in front have given up or come in.
        soon = turn - now <= self._longest_s
        queue.turns[who] = turn if soon else inf
        if soon:
            queue.next = turn + self._gap_s

    def _forget_absent(self, queue: _Queue, now: float) -> None:
        """Drop turns of those who have not asked for twice the longest wait."""
        for who in [each for each, at in queue.asked_at.items() if now - at > 2 * self._longest_s]:
            queue.forget(who)
