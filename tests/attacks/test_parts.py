"""The parts of the defence by themselves, with a clock in the hand."""

import logging

import pytest

from atelier.live.transport.admission import Lobby
from atelier.live.transport.log import RateLimit
from atelier.live.transport.pace import Pace, beyond_patience
from atelier.live.transport.rooms import lean
from tests.support.clocks import Clock


def test_whoever_stays_in_the_lobby_for_too_long_goes_the_oldest_first():
    lobby = Lobby(most=10, ticks=2)
    lobby.arrived("a")
    assert list(lobby.tick()) == []
    lobby.arrived("b")
    lobby.arrived("a")  # asked again, refused again: its time goes on
    assert list(lobby.tick()) == []
    lobby.left("c")
    assert list(lobby.tick()) == ["a"]
    lobby.left("b")
    assert list(lobby.tick()) == []
    assert len(lobby) == 0


def test_a_full_lobby_lets_the_oldest_go():
    lobby = Lobby(most=2, ticks=10)
    assert [lobby.arrived(sid) for sid in "abcd"] == [None, None, "a", "b"]
    assert len(lobby) == 2


@pytest.fixture
def written(caplog):
    """A log of one line a second, its clock, and what was written."""
    clock = Clock()
    log = logging.getLogger("tests.attacks.parts")
    limit = RateLimit(1.0, clock)
    log.addFilter(limit)
    yield log, clock, caplog
    log.removeFilter(limit)


def test_a_log_takes_a_line_a_second_and_counts_the_others(written):
    log, clock, caplog = written
    for n in range(1_000):
        log.warning("refused: %s", n)
    assert caplog.messages == ["refused: 0"]
    clock.now += 1
    log.warning("refused: %s", "100 %")
    log.warning("refused: again")
    clock.now += 1
    log.warning("refused: %s", "last")
    assert caplog.messages[1:] == [
        "refused: 100 % (and 999 more since the last line)",
        "refused: last (and 1 more since the last line)",
    ]


def test_a_debt_is_never_forgiven():
    clock = Clock()
    pace = Pace(clock)
    waits = []
    for _ in range(100):
        waits.append(pace.spend(400))
        clock.now += 5.0
    assert waits == sorted(waits)
    assert beyond_patience(waits[-1])


def test_a_page_never_owes_anything():
    clock = Clock()
    pace = Pace(clock)
    assert pace.spend(30) == 0, "an outbox that empties"
    for _ in range(1_000):
        clock.now += 1 / 8
        assert pace.spend(2) == 0, "a bar that is dragged: a frame, and the reading of it"


def test_what_is_kept_of_a_handshake_is_small_and_holds_no_connection():
    kept = lean(
        {
            "PATH_INFO": "/socket.io/",
            "HTTP_HOST": "x",
            "HTTP_COOKIE": "atelier=1",
            "HTTP_X_ATELIER_WORKSHOP": "K7M2XP",
            "HTTP_USER_AGENT": "y" * 8_000,
            "HTTP_X_MARK": "y" * 8_000,
            "atelier.socket": object(),
            "gunicorn.socket": object(),
            "wsgi.input": object(),
            "flask.app": "app",
        }
    )
    assert set(kept) == {
        "PATH_INFO",
        "HTTP_HOST",
        "HTTP_COOKIE",
        "HTTP_X_ATELIER_WORKSHOP",
        "wsgi.input",
        "flask.app",
    }
    assert kept["wsgi.input"].read() == b""
