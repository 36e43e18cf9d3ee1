"""Requests as no browser makes them: one deadline for a body, one reading of its length, headers on every answer."""

import contextlib
import socket
import time

import pytest

from tests.support.raw import PATH, Server

pytestmark = pytest.mark.slow

DEADLINE_S = 1.5
HEADERS = {
    b"x-content-type-options: nosniff",
    b"cache-control: no-store",
    b"referrer-policy: same-origin",
    b"cross-origin-opener-policy: same-origin",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(
        deadlines={"BODY_S": DEADLINE_S, "HEAD_S": DEADLINE_S}, folder=str(tmp_path_factory.mktemp("real"))
    )
    yield server
    assert "Traceback" not in server.stop()


@contextlib.contextmanager
def line_to(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        yield line


def answer_to(server, request):
    """Return the status and the lines of the head that come back."""
    with line_to(server) as line:
        line.sendall(request)
        return answer(line)


def answer(line):
    found = b""
    with contextlib.suppress(ConnectionError):
        while b"\r\n\r\n" not in found and (data := line.recv(1 << 16)):
            found += data
    first, *lines = found.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return first.split()[1].decode() if first else "", {each.lower() for each in lines}


def dripped(server, beginning, drop=b"x", pause_s=0.1):
    """Send a beginning, then a byte now and then; return the status that ends it, and after how long."""
    with line_to(server) as line:
        start = time.monotonic()
        line.sendall(beginning)
        line.settimeout(pause_s)
        while time.monotonic() - start < 30:
            try:
                data = line.recv(1 << 16)
                return data.split()[1:2], time.monotonic() - start
            except TimeoutError:
                pass
            except ConnectionError:
                return [], time.monotonic() - start
            with contextlib.suppress(ConnectionError):
                line.sendall(drop)
    raise AssertionError("it drips on")


@pytest.mark.parametrize("path", ["/preparer", f"{PATH}polling&sid=x"])
def test_a_body_that_drips_has_one_deadline(server, path):
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000\r\n\r\n".encode()
    status, took = dripped(server, head)
    assert status == [b"408"]
    assert took >= DEADLINE_S - 0.5


def test_a_body_in_chunks_is_refused_before_it_comes(server):
    head = b"POST /preparer HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n"
    assert answer_to(server, head)[0] == "411"


@pytest.mark.parametrize("beginning", [b"GET /x", b"GET / HTTP/1.1\r\nX: "])
def test_a_head_that_drips_has_one_deadline(server, beginning):
    status, took = dripped(server, beginning)
    assert status in ([], [b"408"])
    assert took >= DEADLINE_S - 0.5


def test_a_body_that_comes_in_pieces_within_its_time_is_taken(server):
    with line_to(server) as line:
        line.sendall(b"POST /preparer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n")
        for byte in b"code=ABCDEF":
            line.sendall(bytes([byte]))
            time.sleep(0.02)
        assert answer(line)[0] not in ("", "400", "408")


@pytest.mark.parametrize(
    "lines",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, chunked",
    ],
)
def test_a_body_whose_length_can_be_read_in_two_ways_is_refused(server, lines):
    inner = b"0\r\n\r\nGET /etat HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with line_to(server) as line:
        line.sendall(f"POST /preparer HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n\r\n".encode() + inner)
        found = b""
        with contextlib.suppress(ConnectionError):
            while data := line.recv(1 << 16):
                found += data
    assert found.startswith(b"HTTP/1.1 400 " if b"Length" in lines.encode() else b"HTTP/1.1 411 ")
    assert found.count(b"HTTP/1.1 ") == 1, "what followed was not taken for a request"


@pytest.mark.parametrize(
    "line", ["Content-Length : 5", "Accept: a\rContent-Length: 5", "Accept: a\r\n b", "nothing"]
)
def test_a_header_that_can_be_read_in_two_ways_is_refused(server, line):
    status, lines = answer_to(
        server, f"POST /preparer HTTP/1.1\r\nHost: localhost\r\n{line}\r\n\r\n".encode()
    )
    assert status == "400"
    assert lines >= HEADERS


def test_a_head_without_end_is_refused(server):
    with line_to(server) as line:
        with contextlib.suppress(ConnectionError):
            line.sendall(
                b"GET /etat HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 900) for n in range(90))
            )
            line.sendall(b"\r\n")
        assert answer(line)[0] in ("400", "")


REQUESTS = {
    "a page": "GET /etat HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no page": "GET /nulle-part HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a handshake": f"GET {PATH}polling HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an unknown session": f"GET {PATH}polling&sid=nobody HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a foreign page": f"GET {PATH}polling HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n",
    "a poll too long": f"POST {PATH}polling&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n",
    "a poll without length": f"POST {PATH}polling&sid=x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a form too long": "POST /preparer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n",
    "another WebSocket": f"GET {PATH}websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: x\r\n\r\n",
    "two lengths": "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "no method": "BREW\r\n\r\n",
}


@pytest.mark.parametrize("what", REQUESTS)
def test_every_answer_carries_the_headers_that_protect_it(server, what):
    _, lines = answer_to(server, REQUESTS[what].encode())
    assert lines >= HEADERS, lines


def test_what_a_poll_brings_carries_them_too(server):
    sid = server.request("GET", f"{PATH}polling")[1].split(b'"')[3].decode()
    _, lines = answer_to(
        server,
        f"POST {PATH}polling&sid={sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n40".encode(),
    )
    assert lines >= HEADERS
    _, lines = answer_to(server, f"GET {PATH}polling&sid={sid} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert lines >= HEADERS
