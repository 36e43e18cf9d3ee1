"""Token buckets and brakes, on a clock that is handed in."""

import threading

import pytest

from atelier.ratelimit import Brake, TokenBucket, TooMany
from tests.clocks import Clock


def test_a_burst_then_the_rate_then_the_burst_again():
    clock = Clock()
    bucket = TokenBucket(2.0, 3, clock=clock)
    assert [bucket.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert bucket.take("b") == 0
    clock.now += 0.5
    assert [bucket.take("a"), bucket.take("a")] == [0, 0.5]
    clock.now += 1_000
    assert [bucket.take("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_a_debt_grows_to_one_burst_and_is_paid_back_at_the_rate():
    clock = Clock()
    bucket = TokenBucket(1.0, 4, clock=clock)
    for _ in range(4):
        bucket.charge("a")
    assert bucket.debt("a") == 0
    for owed in (0.25, 0.5, 0.75, 1.0, 1.0, 1.0):
        bucket.charge("a")
        assert bucket.debt("a") == owed
    clock.now += 3
    assert bucket.debt("a") == 0.25
    clock.now += 1
    assert bucket.debt("a") == 0
    assert bucket.take("a") == 1


def test_so_many_names_at_most_and_those_that_are_full_again_go_first():
    clock = Clock()
    bucket = TokenBucket(1.0, 4, most=100, clock=clock)
    for n in range(1_000):
        bucket.charge(f"{n}")
    assert len(bucket) == 100
    clock.now += 8
    bucket.charge("late")
    assert len(bucket) == 1


def test_the_pause_grows_with_what_is_owed():
    clock = Clock()
    brake = Brake(TokenBucket(1.0, 4, clock=clock), longest_s=2.0, each=1, overall=1, sleep=clock.sleep)
    for _ in range(4):
        brake.wait("a")
        brake.failed("a")
    assert clock.slept == []
    for _ in range(3):
        brake.failed("a")
    brake.wait("b")
    brake.wait("a")
    assert clock.slept == [1.5]


@pytest.mark.parametrize(("each", "overall"), [(1, 9), (9, 1)])
def test_only_so_many_wait_at_once_and_the_next_one_is_told_at_once(each, overall):
    asleep, wake = threading.Event(), threading.Event()

    def sleep(seconds):
        asleep.set()
        assert wake.wait(30)

    clock = Clock()
    brake = Brake(TokenBucket(1.0, 1, clock=clock), longest_s=2.0, each=each, overall=overall, sleep=sleep)
    brake.failed("a")
    brake.failed("a")
    waiting = threading.Thread(target=brake.wait, args=("a",))
    waiting.start()
    assert asleep.wait(30)
    with pytest.raises(TooMany, match="2"):
        brake.wait("a")
    brake.wait("b")  # owes nothing
    wake.set()
    waiting.join(30)
    brake.wait("a")  # there is room again
