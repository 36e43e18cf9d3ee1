"""The parts of the transport by themselves: an writer on a socket pair, frames, pace, what it needs of libraries."""

import socket
import threading
import time

import pytest

from atelier.live.transport import compat, writer
from atelier.live.transport.frames import frame
from atelier.live.transport.pace import Pace, beyond_patience
from atelier.live.transport.writer import SocketWriter, broadcast


def spawn(function):
    thread = threading.Thread(target=function, daemon=True)
    thread.start()
    return thread


@pytest.fixture
def pair():
    listener = socket.create_server(("127.0.0.1", 0))
    ours = socket.create_connection(listener.getsockname())
    theirs, _ = listener.accept()
    listener.close()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    ours.settimeout(2)
    made = SocketWriter(theirs, spawn)
    yield ours, made
    made.leave()
    ours.close()
    theirs.close()


def read(ours, count):
    found = b""
    while len(found) < count:
        data = ours.recv(1 << 16)
        if not data:
            break
        found += data
    return found


# --- an writer


def test_what_is_posted_waits_for_the_release_and_what_is_pushed_does_not(pair):
    ours, made = pair
    made.post(b"later ")
    made.push(b"first ")
    broadcast([made], b"last")
    made.push(b"second ")
    made.release()
    assert read(ours, 23) == b"first second later last"


def test_a_full_socket_queues_and_what_comes_out_is_whole_and_in_order(pair):
    ours, made = pair
    made.release()
    frames = [bytes([n]) * 5_000 for n in range(1, 150)]
    for each in frames:
        broadcast([made], each)
    assert made._queue
    assert read(ours, 149 * 5_000) == b"".join(frames)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and made.direct is None:
        time.sleep(0.01)
    broadcast([made], b"again")
    assert read(ours, 5) == b"again"


def test_a_reader_too_far_behind_in_bytes_is_dropped_at_once(pair, monkeypatch):
    monkeypatch.setattr(writer, "QUEUE_BYTES", 100_000)
    _, made = pair
    made.release()
    for _ in range(2_000):
        made.post(b"x" * 1_000)
        if made.dead:
            break
    assert made.dead
    made.post(b"y")  # and nothing more comes of it
    made.kill()


def test_what_is_held_back_is_bounded_too(pair, monkeypatch):
    monkeypatch.setattr(writer, "QUEUE_BYTES", 100_000)
    _, made = pair
    for _ in range(102):
        made.post(b"x" * 1_000)
    assert made.dead


def test_one_message_longer_than_what_may_wait_reaches_a_reader_who_reads(pair, monkeypatch):
    monkeypatch.setattr(writer, "QUEUE_BYTES", 100_000)
    ours, made = pair
    made.release()
    made.post(b"z" * 2_000_000)
    assert not made.dead
    assert len(read(ours, 2_000_000)) == 2_000_000


def test_a_reader_that_stands_still_is_dropped_after_its_time(pair, monkeypatch):
    monkeypatch.setattr(writer, "QUEUE_SECONDS", 0.3)
    ours, made = pair
    made.release()
    start = time.monotonic()
    while not made.dead and time.monotonic() < start + 60:
        made.post(b"x" * 10_000)
        time.sleep(0.002)
    assert 0.3 <= time.monotonic() - start < 60
    assert ours.recv(1) == b"x"


def test_after_a_last_frame_nothing_follows(pair):
    ours, made = pair
    made.release()
    made.finish(b"bye")
    broadcast([made], b"more")
    made.post(b"more")
    assert read(ours, 100) == b"bye"


def test_a_dead_outlet_never_writes_to_whoever_gets_its_descriptor(pair):
    _, made = pair
    made.release()
    made.leave()
    made._socket.close()
    a, b = socket.socketpair()
    made.post(b"not yours")
    b.setblocking(False)
    with pytest.raises(BlockingIOError):
        b.recv(10)
    a.close()
    b.close()


def test_many_writers_at_once_never_mix_their_frames(pair):
    ours, made = pair
    made.release()
    writers = [spawn(lambda n=n: [made.post(bytes([n]) * 997) for _ in range(200)]) for n in range(1, 5)]
    got = read(ours, 4 * 200 * 997)
    for each in writers:
        each.join()
    pieces = [got[start : start + 997] for start in range(0, len(got), 997)]
    assert len(pieces) == 800
    assert all(len(set(piece)) == 1 for piece in pieces)


def test_leaving_waits_for_whoever_watches_the_descriptor(pair):
    _, made = pair
    made.release()
    while not made._queue:
        made.post(b"x" * 50_000)
    made.leave()
    assert not made._drainer.is_alive()


# --- frames and pace


@pytest.mark.parametrize(
    ("message", "head"),
    [
        ("é", b"\x81\x02"),
        (b"\0", b"\x82\x01"),
        ("x" * 125, b"\x81\x7d"),
        ("x" * 126, b"\x81\x7e\x00\x7e"),
        ("x" * 65_535, b"\x81\x7e\xff\xff"),
        ("x" * 65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_frame_says_what_it_is_and_how_long(message, head):
    payload = message.encode() if isinstance(message, str) else message
    assert frame(message) == head + payload


def test_a_flood_is_listened_to_more_slowly_and_a_phone_is_not():
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.spend(200) == 0
    assert pace.spend(50) == 1.0
    now[0] += 1
    assert pace.spend(0) == 0
    for _ in range(100):
        now[0] += 0.125
        assert pace.spend(1) == 0  # eight a second: a card being dragged
    owed = pace.spend(100_000)
    assert beyond_patience(owed)
    now[0] += owed - 5
    assert pace.spend(0) == 5.0, "a debt is never forgiven"
    assert not beyond_patience(5.0)


# --- what it needs


def test_the_installed_libraries_are_as_the_transport_knows_them():
    assert compat.missing() == []
