"""The machine's date is set while people act: their time goes on evenly, and follows it once they paused."""

import pytest

from atelier.limits import CLOCK_FOLLOWED_MS, CLOCK_QUIET_S
from atelier.service.act_clock import ActClock
from tests.support.places import FakeClock

HOUR_MS = 3_600_000


@pytest.fixture
def times():
    return FakeClock()


def wait(times, seconds):
    times.pass_by(hours=seconds / 3600)


@pytest.mark.parametrize("days", [-1 / 24, 1 / 24, -100, 100])
def test_a_date_set_at_work_moves_nothing_until_a_pause(times, days):
    clock = ActClock(times)
    first = clock.stamp_ms()
    times.set_date(days)
    wait(times, 30)
    assert clock.stamp_ms() - first == 30_000
    wait(times, CLOCK_QUIET_S - 1)
    assert clock.now_ms() - first == 30_000 + (CLOCK_QUIET_S - 1) * 1000
    wait(times, 2)
    assert clock.now_ms() == times.now_ms()


def test_before_anybody_acted_the_date_is_followed_at_once(times):
    clock = ActClock(times)
    times.set_date(-3)
    assert clock.now_ms() == times.now_ms()
    assert clock.stamp_ms() == times.now_ms()


def test_looking_is_not_acting(times):
    clock = ActClock(times)
    clock.stamp_ms()
    times.set_date(1)
    for _ in range(10):
        wait(times, CLOCK_QUIET_S / 9)
        clock.now_ms()
    assert clock.now_ms() == times.now_ms()


def test_what_a_clock_is_corrected_by_all_the_time_is_no_jump(times):
    clock = ActClock(times)
    before = clock.now_ms()
    times.date_s += CLOCK_FOLLOWED_MS / 1000
    assert clock.now_ms() == before
