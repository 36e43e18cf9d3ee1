"""A thread-safe LRU cache, bounded in bytes and in age."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import TTLCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRUCache(Generic[K, V]):
    """Keep values of up to `most_bytes` in all, each for `ttl_s` seconds; the least recently used one gives way.

    Two callers who miss the same key at once may both make the value; the last one stays.
    """

    def __init__(self, most_bytes: int, ttl_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most_bytes
        self._kept: TTLCache[K, tuple[V, int]] = TTLCache(
            most_bytes, ttl_s, timer=clock, getsizeof=lambda kept: kept[1]
        )
        self._lock = threading.Lock()

    def __len__(self) -> int:
        with self._lock:
            self._kept.expire()
            return len(self._kept)

    @property
    def bytes(self) -> int:
        """Size of the cached values, in bytes."""
        with self._lock:
            self._kept.expire()
            return int(self._kept.currsize)

    def get(self, key: K) -> V | None:
        """Return the value of `key`; None when it was never kept, expired or gave way."""
        with self._lock:
            kept = self._kept.get(key)
        return None if kept is None else kept[0]

    def put(self, key: K, value: V, size: int) -> V:
        """Keep `value` of about `size` bytes, unless it is larger than the whole cache; return it."""
        with self._lock:
            self._kept.pop(key, None)
            if size <= self._most:
                self._kept[key] = value, size
        return value


def is_unchanged(basis: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """Tell whether a value was made from these very objects: states share what did not change."""
    return len(basis) == len(now) and all(one is other for one, other in zip(basis, now, strict=True))
