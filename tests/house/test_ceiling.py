"""Every part of every test has a ceiling (tests/conftest.py), below that of faulthandler, which ends a whole run."""

import signal
import threading

import pytest

from tests.support.ceiling import TooLong, ceiling


def left_s():
    return signal.getitimer(signal.ITIMER_REAL)[0]


@pytest.fixture
def around():
    assert left_s() > 0
    yield
    assert left_s() > 0


def test_a_wait_without_an_end_fails_and_the_test_around_it_keeps_its_ceiling(around, pytestconfig):
    assert left_s() < float(pytestconfig.getini("faulthandler_timeout"))
    with pytest.raises(TooLong), ceiling(0.01):
        threading.Event().wait()
    assert left_s() > 0
