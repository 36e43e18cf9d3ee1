"""Clients that hold connections, send too much, or too fast: everybody else is served as before.

Black boxes: they hold for any server and any transport that listens on the port.
"""

import http
import json
import resource
import secrets
import socket
import statistics
import struct
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.still_buckets import ACTS
from tests.faults.watching import connect, heard, reading_goes_on
from tests.support.ledger import Author, faults, settle, workshop
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow

HALF_OPEN = 500
GROWTH_KB = 5 * 1024
LARGE = 32 * 1024 * 1024


@pytest.fixture
def code(server):
    return workshop(server)


@pytest.fixture
def phone(server, code):
    joined = Browser(server.base)
    joined.join(code, "fs", 1, "")
    return joined


def form(phone, code, n):
    fields = {"command": "place-action", "group": 1, "action": "orienter", "fs": n % 20 * 5, "cn": 50}
    return phone.post(f"/a/{code}/actes", fields | {"op": secrets.token_urlsafe(16)}, "application/json")


def p95(phone, code, acts=40, pause_s=0.1):
    """Return the 95th percentile of the seconds that one phone waits for its acknowledgements."""
    waited = []
    for n in range(acts):
        started = time.monotonic()
        assert form(phone, code, n)[0] == http.HTTPStatus.OK
        waited.append(time.monotonic() - started)
        time.sleep(pause_s)
    return statistics.quantiles(waited, n=20)[-1]


def dial(server):
    return socket.create_connection(("localhost", server.port), timeout=5)


def head(server, path, *lines):
    """Return the head of a POST as a page of this server would send it."""
    told = [f"POST {path} HTTP/1.1", f"Host: localhost:{server.port}", f"Origin: {server.base}", *lines]
    return ("\r\n".join(told) + "\r\n\r\n").encode()


@contextmanager
def half_open(server, code, count):
    """Hold `count` connections that never say all they began to say."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    body = head(server, f"/a/{code}/actes", "Content-Length: 400") + b"command=place"
    beginnings = [b"", b"GET / HT", body[:60], body]
    held = []
    for n in range(count):
        held.append(dial(server))
        held[-1].sendall(beginnings[n % len(beginnings)])
    yield
    for each in held:
        each.close()


def test_half_open_connections_delay_nobody(server, code, phone):
    alone = p95(phone, code, acts=20)
    with half_open(server, code, HALF_OPEN):
        crowded = p95(phone, code)
        reading_goes_on(server, phone, code)
    print(f"p95 {alone * 1000:.0f} ms alone, {crowded * 1000:.0f} ms among {HALF_OPEN} half-open connections")


@contextmanager
def no_larger(server):
    """Check that the server's memory never grew by more than 5 MB while the block ran."""
    status = Path(f"/proc/{server.pid}/status")

    def kilobytes(name):
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(name))

    Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # forget the highest memory so far
    before = kilobytes("VmRSS")
    yield
    grown = kilobytes("VmHWM") - before
    print(f"memory grew by {grown} kB")
    assert grown < GROWTH_KB


def answer_to(server, first, more, size):
    """Send `first`, then `more` again and again up to `size`; return what came back, and after how long."""
    started = time.monotonic()
    with closing(dial(server)) as line:
        line.settimeout(3)
        try:
            line.sendall(first)
            sent = 0
            while sent < size:
                line.sendall(more)
                sent += len(more)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it hung up: as good an answer as any
        try:
            answer = line.recv(4096)
        except ConnectionResetError:
            answer = b""
    return answer, time.monotonic() - started


CHUNK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
REQUESTS = {
    "form": ("/a/{code}/actes", f"Content-Length: {LARGE}", b"text=" + b"x" * 65_536),
    "form in chunks": ("/a/{code}/actes", "Transfer-Encoding: chunked", CHUNK),
    "polling": ("/socket.io/?EIO=4&transport=polling", f"Content-Length: {LARGE}", b"x" * 65_536),
    "polling in chunks": ("/socket.io/?EIO=4&transport=polling", "Transfer-Encoding: chunked", CHUNK),
    "polling, a length that is none": (
        "/socket.io/?EIO=4&transport=polling",
        "Content-Length: many",
        b"x" * 65_536,
    ),
}


@pytest.mark.parametrize("what", REQUESTS)
def test_an_oversized_request_is_refused_before_it_is_read(server, code, phone, what):
    path, length, more = REQUESTS[what]
    cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    lines = (length, f"Cookie: {cookies}", "Content-Type: application/x-www-form-urlencoded")
    form(phone, code, 1)
    with no_larger(server):
        answer, took = answer_to(server, head(server, path.format(code=code), *lines), more, LARGE)
    print(f"{what}: {answer[:40]!r} after {took * 1000:.0f} ms")
    assert took < 1
    assert answer == b"" or answer.split()[1] in (b"400", b"411", b"413")
    assert form(phone, code, 2)[0] == http.HTTPStatus.OK


def frame_head(length):
    """Return the beginning of a masked text frame of so many bytes."""
    return bytes([0x81, 0xFF]) + struct.pack(">Q", length) + b"\0\0\0\0"


def fragment(length, first):
    return bytes([0x01 if first else 0x00, 0xFF]) + struct.pack(">Q", length) + b"\0\0\0\0" + b"x" * length


def closed_within(line, more, size, patience_s=3.0):
    """Send `more` up to `size` bytes; return after how many seconds the other side hung up."""
    started, sent = time.monotonic(), 0
    line.settimeout(patience_s)
    try:
        while sent < size:
            line.sendall(more)
            sent += len(more)
        while line.recv(65_536):
            pass
    except TimeoutError:
        pytest.fail("the connection stayed open")
    except OSError:
        pass
    return time.monotonic() - started


@pytest.mark.parametrize("what", ["one frame", "fragments"])
def test_an_oversized_message_ends_its_connection_and_no_other(server, code, phone, what):
    with closing(connect(server, phone, code)) as other, closing(connect(server, phone, code)) as greedy:
        heard(other, "workshop:position")
        heard(greedy, "workshop:position")
        line = greedy.sock
        assert line is not None
        with no_larger(server):
            if what == "one frame":
                line.sendall(frame_head(LARGE))
                took = closed_within(line, b"x" * 65_536, LARGE)
            else:
                line.sendall(fragment(30_000, True))
                took = closed_within(line, fragment(30_000, False), LARGE)
        print(f"{what}: closed after {took * 1000:.0f} ms")
        assert took < 1
        heard(other, "server:beat")
    assert form(phone, code, 3)[0] == http.HTTPStatus.OK


class Flooder(threading.Thread):
    """Sends as fast as it can, whatever it is told; repeats nothing."""

    def __init__(self, phone, code):
        super().__init__(daemon=True)
        self.phone, self.code, self.going = phone, code, True
        self.statuses: Counter[int] = Counter()
        self.told: list[dict[str, object]] = []

    def run(self):
        n = 0
        while self.going:
            n += 1
            status, _, text = form(self.phone, self.code, n)
            self.statuses[status] += 1
            self.told.append(json.loads(text))


def test_a_flood_is_told_to_wait_and_nobody_else_notices(serving):
    server = serving(program=("-m", "tests.faults.still_buckets"))
    code = workshop(server)
    flooding, quiet = Browser(server.base), Browser(server.base)
    for each in (flooding, quiet):
        each.join(code, "fs", 1, "")
    alone = p95(quiet, code, acts=20)
    author = Author(server.base, code, 2, pause_s=1.0)
    flooders = [Flooder(flooding, code) for _ in range(4)]
    for thread in (author, *flooders):
        thread.start()
    crowded = p95(quiet, code)
    flooded(flooders)
    statuses = sum((flooder.statuses for flooder in flooders), Counter())
    print(f"p95 of the others {alone * 1000:.0f} ms alone, {crowded * 1000:.0f} ms beside {dict(statuses)}")
    assert set(statuses) == {200, 429}
    assert statuses[200] == ACTS - 1  # and the join
    assert all("seq" in told or told["retry_after_ms"] for flooder in flooders for told in flooder.told)
    settle([author])
    assert 429 not in {status for _, status, _ in author.answers}
    server.kill()
    assert faults(server.folder / "sessions", [author]) == []


def flooded(flooders, patience_s=120):
    """Wait until most of what they sent was refused, and end them."""
    deadline = time.monotonic() + patience_s
    while sum(flooder.statuses[429] for flooder in flooders) <= ACTS and time.monotonic() < deadline:
        time.sleep(0.1)
    for flooder in flooders:
        flooder.going = False
    for flooder in flooders:
        flooder.join(30)
    assert sum(flooder.statuses[429] for flooder in flooders) > ACTS
