"""What waits for a phone that polls is bounded, in bytes and in seconds, like what waits for a socket."""

import queue
import time
from types import SimpleNamespace

import pytest

from atelier.live.transport import rooms


class Session:
    """A session of engine.io: what waits for its next poll."""

    def __init__(self):
        self.queue: queue.Queue[object] = queue.Queue()
        self.closed = False

    def send(self, packet):
        self.queue.put(packet)

    def close(self, **_how):
        self.closed = True


@pytest.fixture
def session():
    return Session()


@pytest.fixture
def keep(session):
    manager = rooms.RoomManager()
    manager.server = SimpleNamespace(eio=SimpleNamespace(sockets={"one": session}))
    return lambda text: manager._keep("one", SimpleNamespace(data=text))


def test_who_polls_and_falls_behind_in_bytes_is_dropped(keep, session):
    half = "x" * (rooms.QUEUE_BYTES // 2 + 1)
    keep(half)
    keep(half)
    assert not session.closed
    keep("one more")
    assert session.closed
    assert session.queue.qsize() == 2


def test_who_polls_no_more_is_dropped_in_time(keep, session):
    keep("first")
    session.waiting = time.monotonic() - rooms.QUEUE_SECONDS - 1, 5
    keep("second")
    assert session.closed


def test_a_poll_begins_the_count_anew(keep, session):
    keep("x" * rooms.QUEUE_BYTES)
    session.queue.get()
    session.waiting = time.monotonic() - rooms.QUEUE_SECONDS - 1, rooms.QUEUE_BYTES
    keep("after the poll")
    assert not session.closed
