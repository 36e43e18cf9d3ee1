"""Caches are bounded in bytes and in age: what does not fit gives way, what is old is gone."""

from dataclasses import dataclass

from atelier.runtime.lru import LRUCache


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self):
        return self.now


def test_the_least_recently_used_gives_way_once_the_bytes_are_full():
    cache: LRUCache[str, str] = LRUCache(100, 60)
    cache.put("a", "A", 40)
    cache.put("b", "B", 40)
    assert cache.get("a") == "A"
    cache.put("c", "C", 40)
    assert [cache.get(key) for key in "abc"] == ["A", None, "C"]
    assert cache.bytes == 80


def test_a_value_larger_than_the_cache_is_not_kept_and_pushes_nothing_out():
    cache: LRUCache[str, str] = LRUCache(100, 60)
    cache.put("a", "A", 40)
    assert cache.put("b", "B", 101) == "B"
    assert (cache.get("a"), cache.get("b"), len(cache)) == ("A", None, 1)


def test_a_value_that_grew_beyond_the_cache_does_not_leave_the_former_one_there():
    cache: LRUCache[str, str] = LRUCache(100, 60)
    cache.put("a", "old", 40)
    cache.put("a", "new", 101)
    assert cache.get("a") is None


def test_what_is_old_is_gone_and_its_bytes_with_it():
    clock = Clock()
    cache: LRUCache[str, str] = LRUCache(100, 2.0, clock)
    cache.put("a", "A", 40)
    clock.now = 1.9
    assert cache.get("a") == "A"
    clock.now = 2.1
    assert (cache.get("a"), cache.bytes, len(cache)) == (None, 0, 0)
