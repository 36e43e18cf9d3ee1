"""The transport over time: engine.io's pings, many connections, and the server's HTTP beneath."""

import contextlib
import http.client
import signal
import socket
import time

import pytest

from atelier import limits
from tests.support.raw import Client, Poller, Server, event

pytestmark = pytest.mark.slow

HALF_OPEN = 500
PINGS = {"PING_INTERVAL_S": 1, "PING_TIMEOUT_S": 1}


@pytest.fixture
def server():
    server = Server(limits=PINGS)
    yield server
    server.stop()


def test_a_client_that_answers_pings_stays_and_one_that_does_not_goes(server):
    with Client(server).introduced("p") as good, Client(server).introduced("p") as mute:
        pings = 0
        while pings < 3:
            first, payload = good.frame()
            assert (first, payload) == (0x81, b"2")
            good.send("3")
            pings += 1
        assert mute.close_code() in (1000, None)
        good.send(event("tell", "p", 1))
        assert list(good.told(0.3)) == [1]


def test_pollers_that_vanish_are_forgotten(server):
    for _ in range(30):
        Poller(server, "vanish")
    assert server.settled("tasks", 12, 8)


# --- HTTP


def test_connections_stay_open_between_requests_of_every_kind(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    sockets = set()
    for _ in range(3):
        for method, path, body, said in (
            ("GET", "/parts", None, b"onetwo"),
            ("POST", "/form", b"x" * 5_000, b"5000"),
            ("HEAD", "/figures", None, b""),
            ("GET", "/nowhere", None, None),
        ):
            connection.request(method, path, body)
            answer = connection.getresponse()
            content = answer.read()
            assert said is None or content == said
            assert connection.sock is not None, (method, path)
            sockets.add(connection.sock.getsockname())
    connection.close()
    assert len(sockets) == 1


def test_a_body_that_the_program_did_not_read_is_not_taken_for_a_request(server):
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.settimeout(2)
        inner = b"GET /parts HTTP/1.1\r\nHost: x\r\n\r\n"
        head = b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(inner)
        raw.sendall(head + inner)
        time.sleep(0.2)
        answer = raw.recv(1 << 16)
        assert answer.count(b"HTTP/1.1 ") == 1
        assert b"nothing read" in answer


def test_half_open_connections_hurt_nobody(server):
    waiting = []
    try:
        for n in range(HALF_OPEN):
            raw = socket.create_connection(("127.0.0.1", server.port))
            raw.sendall(
                (b"", b"GET / HT", b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")[n % 3]
            )
            waiting.append(raw)
        times = []
        for _ in range(40):
            start = time.monotonic()
            assert server.request("POST", "/form", b"abc") == (200, b"3")
            times.append(time.monotonic() - start)
        assert sorted(times)[37] < 10.0
        with Client(server).introduced("h") as client:
            client.send(event("tell", "h", 1))
            assert list(client.told(0.3)) == [1]
    finally:
        for raw in waiting:
            raw.close()


def closed_after(raw, patience_s=60.0):
    """Wait until the server closes this connection; return after how many seconds."""
    raw.settimeout(patience_s)
    start = time.monotonic()
    try:
        while raw.recv(1 << 16):
            pass
    except ConnectionError:
        pass
    return time.monotonic() - start


def test_whoever_does_not_ask_in_time_is_let_go():
    server = Server(deadlines={"HEAD_S": 1.0, "KEEP_ALIVE_S": 3.0})
    try:
        for said in (b"", b"GET /parts HTT"):
            with socket.create_connection(("127.0.0.1", server.port)) as raw:
                raw.sendall(said)
                assert 0.5 < closed_after(raw) < 30
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(b"GET /parts HTTP/1.1\r\nHost: x\r\n\r\n")
            assert closed_after(raw) > 2.5, "longer between two requests than for a first one"
        with Client(server).introduced("w") as client:  # a WebSocket has other deadlines
            time.sleep(2)
            client.send(event("tell", "w", 1))
            assert list(client.told(0.3)) == [1]
    finally:
        server.stop()


def test_a_head_that_drips_has_one_deadline():
    server = Server(deadlines={"HEAD_S": 1.0})
    try:
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            start = time.monotonic()
            raw.sendall(b"GET /parts HTTP/1.1\r\n")
            with contextlib.suppress(ConnectionError):
                while time.monotonic() - start < 60:
                    raw.sendall(b"x")
                    time.sleep(0.1)
            assert time.monotonic() - start < 45
    finally:
        server.stop()


def test_a_stop_is_quick_and_takes_leave_of_open_sockets():
    server = Server()
    with (
        Client(server).introduced("x") as client,
        Client(server, receive_buffer=4096).introduced("x") as asleep,
    ):
        idle = socket.create_connection(("127.0.0.1", server.port))
        client.send(event("burst", "x", 100, 4_000))
        assert len(list(client.told(0.3))) == 100
        start = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert client.close_code() == 1001
        assert server.process.wait(60) == 0
        assert time.monotonic() - start < limits.HEAD_S, "nobody is waited for"
        assert asleep.over()
        idle.close()
    server.stop()
