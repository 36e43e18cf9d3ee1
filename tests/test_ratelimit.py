"""Token buckets and brakes, on a clock that is handed in."""

import threading

import pytest

from atelier.access.ratelimit import Brake, TokenBucket, TooMany, WaitingRoom
from tests.support.clocks import Clock


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
        assert wake.wait(120)

    clock = Clock()
    brake = Brake(TokenBucket(1.0, 1, clock=clock), longest_s=2.0, each=each, overall=overall, sleep=sleep)
    brake.failed("a")
    brake.failed("a")
    waiting = threading.Thread(target=brake.wait, args=("a",))
    waiting.start()
    assert asleep.wait(120)
    with pytest.raises(TooMany, match="2"):
        brake.wait("a")
    brake.wait("b")  # owes nothing
    wake.set()
    waiting.join(120)
    brake.wait("a")  # there is room again


def turns(clock, **more):
    return WaitingRoom(2.0, 3, **({"longest_s": 60.0, "most": 1_000, "clock": clock} | more))


def test_a_crowd_comes_in_by_turns_in_the_order_of_its_asking():
    clock = Clock()
    room = turns(clock)
    assert [room.wait("R", f"p{n}") for n in range(7)] == [0, 0, 0, 0.5, 1.0, 1.5, 2.0]
    assert room.waiting("R") == 4
    assert room.wait("R", "p6") == 2.0, "asking again moves nobody"
    clock.now += 1.0
    assert [room.wait("R", "p6"), room.wait("R", "p3"), room.wait("R", "late")] == [1.0, 0, 1.5]
    clock.now += 1.0
    assert [room.wait("R", f"p{n}") for n in (6, 5, 4)] == [0, 0, 0]
    assert room.waiting("R") == 1


def test_the_crowd_of_one_workshop_keeps_nobody_of_another_waiting():
    room = turns(Clock())
    assert [room.wait("R", f"p{n}") for n in range(4)][-1] == 0.5
    assert room.wait("S", "q") == 0


def test_no_turn_is_promised_beyond_the_longest_and_memory_is_bounded():
    clock = Clock()
    room = turns(clock, longest_s=2.0, most=10)
    waits = [room.wait("R", f"p{n}") for n in range(500)]
    assert waits[3:9] == [0.5, 1.0, 1.5, 2.0, 2.0, 2.0]
    assert room.waiting("R") == 10
    clock.now += 2.5
    assert room.wait("R", "p499") == 0, "who was promised nothing takes what is free"
    clock.now += 4.5
    assert room.waiting("R") == 0, "who does not come back is forgotten"
    room.forget("R")
    assert [room.wait("R", f"n{n}") for n in range(3)] == [0, 0, 0]


def test_who_never_comes_back_keeps_no_place_from_those_who_do():
    clock = Clock()
    room = turns(clock, longest_s=2.0, most=2)
    for n in range(5):
        room.wait("R", f"gone{n}")
    clock.now += 4.5
    assert [room.wait("R", f"n{n}") for n in range(5)] == [0, 0, 0, 0.5, 1.0]
