"""The transport, by raw sockets: what RFC 6455 and engine.io ask, order, limits."""

import base64
import hashlib
import json
import socket
import struct
import threading
import time

import pytest

from atelier import limits
from tests.support.raw import CLOSE, PATH, PING, PONG, Client, Poller, Server, event, packed

pytestmark = pytest.mark.slow

SHORT = {"QUEUE_SECONDS": 1.5, "INCOMING_RATE": 1e6, "INCOMING_BURST": 1e6}
"""Limits for tests: slow readers are given up sooner, writers may write as fast as they like."""


@pytest.fixture(scope="module")
def server():
    server = Server(limits=SHORT)
    yield server
    log = server.stop()
    # engine.io logs what its own handlers make of nonsense; nothing else may break.
    assert log.count("Traceback") == log.count("handler error"), log


def in_background(function):
    thread = threading.Thread(target=function, daemon=True)
    thread.start()
    return thread


# --- the handshake


def test_the_handshake_is_answered_and_offers_no_compression(server):
    wanted = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    with Client(server, headers=wanted) as client:
        guid = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        token = base64.b64encode(hashlib.sha1(client.key.encode() + guid, usedforsecurity=False).digest())
        assert client.head.startswith(b"HTTP/1.1 101 ")
        assert b"Sec-WebSocket-Accept: " + token in client.head
        assert b"extensions" not in client.head.lower()
        client.introduced("a")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-WebSocket-Version": "8", "Sec-WebSocket-Key": "x"}, 426),
        ({"Sec-WebSocket-Version": "13"}, 426),
    ],
)
def test_another_handshake_is_refused(server, headers, status):
    told = {"Upgrade": "websocket", "Connection": "Upgrade", **headers}
    assert server.request("GET", f"{PATH}websocket", **told)[0] == status


def test_a_foreign_page_gets_no_socket_on_either_transport(server):
    with Client(server, headers="Origin: http://evil.example\r\n") as client:
        assert client.head.startswith(b"HTTP/1.1 400")
    forged = {"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"}
    assert server.request("GET", f"{PATH}polling", **forged)[0] == 400
    own = f"http://127.0.0.1:{server.port}"
    assert server.request("GET", f"{PATH}polling", Origin=own)[0] == 200


# --- frames


def test_fragments_with_a_ping_between_them_are_one_message(server):
    with Client(server).introduced("f") as client:
        message = event("tell", "f", 7)
        parts = packed(message[:5], final=False) + packed("hi", PING) + packed(message[5:], 0)
        client.socket.sendall(parts)
        assert client.frame() == (0x80 | PONG, b"hi")
        assert client.text() == '42["told",[7,""]]'


def test_a_message_in_many_pieces_arrives(server):
    with Client(server).introduced("p") as client:
        for byte in packed(event("tell", "p", 8)):
            client.socket.sendall(bytes([byte]))
        assert client.text() == '42["told",[8,""]]'


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (packed("42[]", masked=False), 1002),
        (packed("x", 3), 1002),  # a reserved opcode
        (packed("x", 0), 1002),  # a continuation of nothing
        (packed("x" * 126, PING), 1002),  # control frames are short
        (packed(b"42[\xff\xfe]"), 1007),
        (packed(struct.pack("!H", 1000), CLOSE), 1000),
        (packed(struct.pack("!H", 1001), CLOSE), 1001),
        (packed(struct.pack("!H", 999), CLOSE), 1002),
    ],
)
def test_what_breaks_the_protocol_or_ends_it_gets_its_close_code(server, bad, code):
    with Client(server).introduced() as client:
        client.socket.sendall(bad)
        assert client.close_code() == code
        assert client.over()


@pytest.mark.parametrize("text", ["", "9", "x", "4", '42["unknown"]', "42{", "42[1]", "45-"])
def test_nonsense_inside_a_frame_hurts_nobody_else(server, text):
    with Client(server).introduced("n") as other, Client(server).introduced() as client:
        client.send(text)
        other.send(event("tell", "n", 1))
        assert list(other.told(0.3)) == [1]
    assert server.settled("writers", 0)


# --- sizes


def flood(server, first, more, total):
    """Send until the server has enough; return the close code and how many kB the server grew."""
    with Client(server).introduced() as client:
        before, sent = server.figures()["memory"], 0
        try:
            client.socket.sendall(first)
            while sent < total:
                client.socket.sendall(more)
                sent += len(more)
        except OSError:
            pass
        return client.close_code(), server.figures()["memory"] - before


def test_an_oversized_frame_is_refused_without_being_taken_in(server):
    announced = b"\x81\xff" + struct.pack("!Q", 300 << 20) + b"\0\0\0\0"
    code, grown = flood(server, announced, b"y" * 65536, 60 << 20)
    assert (code, grown < 5_000) == (1009, True)


def test_an_oversized_message_in_fragments_is_refused_likewise(server):
    code, grown = flood(server, packed("y", final=False), packed("y" * 8192, 0, final=False), 60 << 20)
    assert (code, grown < 5_000) == (1009, True)


def test_a_message_within_the_limit_is_taken(server):
    with Client(server).introduced() as client:
        client.send(event("join", "x" * (limits.MESSAGE_BYTES - 100), answer=1))
        assert client.text() == '431["in"]'


@pytest.mark.parametrize("length", [str(limits.MESSAGE_BYTES + 1), "300000000", "abc", "-1", ""])
def test_an_oversized_or_unmeasured_poll_is_refused_before_it_is_read(server, length):
    poller = Poller(server)
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.settimeout(1)
        said = f"Content-Length: {length}\r\n" if length else ""
        raw.sendall(f"POST {poller.path} HTTP/1.1\r\nHost: x\r\n{said}\r\n".encode())
        assert raw.recv(100).split()[1] in (b"413", b"400")


# --- order


def test_what_a_room_is_told_comes_before_the_answer_that_follows_it(server):
    with Client(server).introduced("o") as client:
        client.socket.sendall(b"".join(packed(event("tell", "o", n, 500, answer=n)) for n in range(200)))
        heard = [client.text() for _ in range(400)]
    assert [json.loads(each[2:])[1][0] for each in heard[::2]] == list(range(200))
    assert heard[1::2] == [f"43{n}[{n}]" for n in range(200)]


def test_one_clients_events_are_handled_in_their_order(server):
    with Client(server).introduced("e") as client, Client(server).introduced("e") as other:
        for n in range(300):
            client.send(event("tell", "e", n))
        assert list(other.told()) == list(range(300))


@pytest.mark.parametrize("round_", range(3))
def test_nothing_is_lost_doubled_or_reordered_while_polling_gives_way(server, round_):
    room, count = f"u{round_}", 250
    heard: list[int] = []
    poller = Poller(server, room)
    with Client(server).introduced() as writer:

        def write():
            for n in range(count):
                writer.send(event("tell", room, n))
                time.sleep(0.002)

        def poll():
            while "6" not in (packets := poller.poll()):
                heard.extend(json.loads(each[2:])[1][0] for each in packets if each.startswith("42"))
            heard.extend(json.loads(each[2:])[1][0] for each in packets if each.startswith("42"))

        writing, polling = in_background(write), in_background(poll)
        time.sleep(0.1 * (round_ + 1))
        with Client(server, sid=poller.sid) as client:
            client.send("2probe")
            assert client.text() == "3probe"
            polling.join(120)
            client.send("5")
            writing.join(120)
            heard.extend(client.told())
    assert heard == list(range(count))


def test_a_probe_that_fails_leaves_polling_as_it_was(server):
    poller = Poller(server, "w")
    for wrong in ("", "2prob", "5", "x"):
        with Client(server, sid=poller.sid) as client:
            client.send(wrong)
            assert client.over()
    assert poller.post(event("tell", "w", 5)) == 200
    assert '42["told",[5,""]]' in poller.poll()


# --- slow readers


def test_a_reader_that_stops_is_dropped_in_time_and_others_do_not_notice(server):
    with (
        Client(server, receive_buffer=4096).introduced("slow") as asleep,
        Client(server).introduced("slow") as awake,
        Client(server).introduced() as writer,
    ):
        before = server.figures()
        numbers: list[int] = []
        waits: list[float] = []
        listening = in_background(lambda: numbers.extend(awake.told(2.0)))
        for n in range(100):
            start = time.monotonic()
            writer.send(event("tell", "slow", n, 4000, answer=n))
            assert writer.text() == f"43{n}[{n}]"
            waits.append(time.monotonic() - start)
            time.sleep(0.005)
        assert max(waits) < 10
        assert server.settled("writers", before["writers"] - 1, 2 * SHORT["QUEUE_SECONDS"])
        listening.join(120)
        assert numbers == list(range(100))
        got = list(asleep.told())
        assert got == list(range(len(got))), "what arrived is whole and in order"
        assert len(got) < 100
    with Client(server).introduced("slow") as back:
        back.send(event("tell", "slow", 100))
        assert list(back.told(0.3)) == [100]


def test_a_reader_dropped_while_its_queue_is_being_drained_takes_nobody_along(server):
    for _ in range(5):
        with Client(server, receive_buffer=4096).introduced("drip"), Client(server).introduced() as writer:
            before = server.figures()["writers"]
            for n in range(250):
                writer.send(event("tell", "drip", n, 8_000, answer=n))
                assert writer.text() == f"43{n}[{n}]"
            assert server.settled("writers", before - 1)


def test_what_waits_for_a_reader_is_bounded_in_bytes(server):
    with (
        Client(server, receive_buffer=4096).introduced("full"),
        Client(server).introduced() as writer,
    ):
        before = server.figures()
        writer.send(event("burst", "full", 3_000, 8_000, answer=1))
        assert writer.text() == "431[3000]"
        after = server.figures()
        assert after["memory"] - before["memory"] < 6_000
        assert after["writers"] < before["writers"]


def test_a_slow_but_reading_client_gets_everything_frame_by_frame(server):
    with (
        Client(server, receive_buffer=4096).introduced("pong") as slow,
        Client(server).introduced() as writer,
    ):
        writer.send(event("burst", "pong", 150, 4_000))
        time.sleep(0.3)
        for n in range(5):
            slow.socket.sendall(packed(f"p{n}", PING))
        seen = [slow.frame() for _ in range(155)]
    assert [json.loads(payload[2:])[1][0] for first, payload in seen if first == 0x81] == list(range(150))
    assert [payload for first, payload in seen if first == 0x80 | PONG] == [b"p0", b"p1", b"p2", b"p3", b"p4"]


def test_what_waits_for_a_polling_client_is_bounded_too(server):
    poller = Poller(server, "polls")
    with Client(server).introduced() as writer:
        before = server.figures()["memory"]
        writer.send(event("burst", "polls", 3_000, 8_000, answer=1))
        assert writer.text() == "431[3000]"
        assert server.figures()["memory"] - before < 6_000
        with pytest.raises(ConnectionError):
            poller.poll()


def test_a_polling_client_that_polls_gets_everything(server):
    poller = Poller(server, "steady")
    heard = []
    with Client(server).introduced() as writer:
        for n in range(30):
            writer.send(event("tell", "steady", n, answer=n))
            writer.text()
            if n % 3 == 2:
                heard += poller.poll()
    assert [json.loads(each[2:])[1][0] for each in heard] == list(range(30))


# --- ends


def test_a_half_closed_socket_is_given_up(server):
    with Client(server).introduced() as client:
        client.socket.shutdown(socket.SHUT_WR)
        assert client.over()
    assert server.settled("writers", 0)


def test_a_reset_connection_is_forgotten(server):
    client = Client(server).introduced("gone")
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()
    with Client(server).introduced("gone") as other:
        other.send(event("tell", "gone", 1))
        assert list(other.told(0.3)) == [1]
    assert server.settled("writers", 0)
