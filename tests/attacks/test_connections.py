"""Connections as no page makes them: closed at the first wrong packet, on both transports; honest ones never."""

import contextlib
import json
import socket
import time

import pytest

from atelier import limits
from tests.support.raw import CLOSE, PATH, PING, PONG, Client, Poller, Server, event, packed

pytestmark = pytest.mark.slow

ENTER_S = 1.5


@pytest.fixture(scope="module")
def server():
    start = time.monotonic()
    server = Server(limits={"ENTER_S": 30.0})
    yield server
    lasted = time.monotonic() - start
    log = server.stop()
    assert log.count("Traceback") <= 1 + lasted // 60, "that of the handler that fails"
    assert log.count("connection.refused") <= 1 + lasted, "a line a second"


@pytest.fixture(scope="module")
def hurried():
    """A server that soon loses patience with newcomers, and takes few of them."""
    server = Server(limits={"ENTER_S": ENTER_S, "ENTERING_AT_ONCE": 50})
    yield server
    assert "Traceback" not in server.stop()


BINARY_PACKET = '459999999999-["x",{"_placeholder":true,"num":0}]'
MALFORMED = {
    "nothing": "",
    "a kind of engine.io that does not exist": "9",
    "a kind that only servers send": '0{"sid":"x"}',
    "a ping": "2",
    "an upgrade out of place": "5",
    "base64": "bAAAA",
    "no kind": "x",
    "a message without a packet": "4",
    "an unknown kind of Socket.IO": "4x",
    "an answer that nobody asked for": "430[]",
    "an error": "44{}",
    "a binary event": BINARY_PACKET,
    "a binary event of nothing": '450-["x"]',
    "a binary answer": '461-0[{"_placeholder":true,"num":0}]',
    "JSON that is none": "42{",
    "JSON too deep": "42" + "[" * 20_000,
    "a number too long": f"42[{'9' * 10_000}]",
    "a string that never ends": '42["',
    "an event without a name": "42[1]",
    "an event that is a dict": '42{"a":1}',
    "an event without anything": "42",
    "an event named as a handler": '42["connect",{}]',
    "another one": '42["disconnect"]',
    "attachments": '421-["x"]',
    "another namespace": '42/admin,["x"]',
    "digits that are none": "42²",
}


@pytest.mark.parametrize("what", MALFORMED)
@pytest.mark.parametrize("introduced", [True, False])
def test_the_first_wrong_packet_ends_a_websocket(server, what, introduced):
    with Client(server) as client:
        if introduced:
            client.introduced()
        else:
            assert client.text().startswith("0")
        client.send(MALFORMED[what])
        assert client.over()
    assert server.settled("writers", 0)


@pytest.mark.parametrize("what", MALFORMED)
def test_the_first_wrong_packet_ends_a_polling_session(server, what):
    if not MALFORMED[what]:
        return  # such a request is refused for its length
    poller = Poller(server)
    poller.post(MALFORMED[what])
    with pytest.raises(ConnectionError):
        poller.poll()


@pytest.mark.parametrize(
    "frame", [packed(b"\0" * 100, 2), packed(b"", 2), packed(b"4", 2)], ids=["long", "empty", "short"]
)
def test_a_binary_frame_ends_a_connection(server, frame):
    with Client(server).introduced() as client:
        client.socket.sendall(frame)
        assert client.close_code() == 1008


def test_an_event_before_one_is_in_ends_a_connection(server):
    with Client(server) as client:
        assert client.text().startswith("0")
        client.send(event("tell", "x", 1))
        assert client.over()


@pytest.mark.parametrize(
    "flood",
    [
        packed("", PONG) * 2_000,
        packed("", PING) * 2_000,
        packed("3") * 2_000,
        packed("4", final=False) + packed("", 0, final=False) * 2_000,
        packed(event("join", "x")) * 2_000,
    ],
    ids=["pongs", "pings", "engine.io pongs", "fragments", "events"],
)
def test_who_owes_more_than_a_pause_can_pay_is_hung_up(server, flood):
    with Client(server).introduced() as client:
        with contextlib.suppress(ConnectionError):
            client.socket.sendall(flood)
        assert client.over()
    assert server.settled("writers", 0)


@pytest.mark.parametrize("frame", [packed("", PONG), packed("", PING), packed("3")])
def test_who_is_not_in_yet_has_little_to_say(server, frame):
    with Client(server) as client:
        assert client.text().startswith("0")
        client.socket.sendall(frame * (limits.ENTERING_FRAMES + 1))
        assert client.close_code() == 1008


def test_a_polling_client_that_floods_is_made_to_wait_then_hung_up(server):
    poller = Poller(server)
    start = time.monotonic()
    assert poller.post("\x1e".join(["3"] * limits.PACKETS_A_POST)) == 200
    assert poller.post("\x1e".join(["3"] * 100)) == 200
    assert time.monotonic() - start > 1.5, "what was owed is waited for"
    assert poller.post("\x1e".join(["3"] * (limits.PACKETS_A_POST + 1))) == 400
    with pytest.raises(ConnectionError):
        poller.poll()


def test_a_session_polls_once_at_a_time(server):
    poller = Poller(server)
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(f"GET {poller.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.3)
        with pytest.raises(ConnectionError):
            poller.poll()
        line.settimeout(5)
        assert line.recv(1 << 16), "and the first one is let go"


# --- entering


@pytest.mark.parametrize("asks", [None, "3"], ids=["silent", "answering pings"])
def test_who_does_not_enter_in_time_is_closed(hurried, asks):
    with Client(hurried) as client:
        assert client.text().startswith("0")
        start = time.monotonic()
        if asks:
            client.send(asks)
        assert client.over()
        assert time.monotonic() - start >= ENTER_S - 0.5
    sid = json.loads(hurried.request("GET", f"{PATH}polling")[1][1:])["sid"]
    end = time.monotonic() + 20
    while hurried.request("POST", f"{PATH}polling&sid={sid}", "3")[0] == 200 and time.monotonic() < end:
        time.sleep(0.2)
    assert time.monotonic() < end


def test_who_is_in_stays(hurried):
    with Client(hurried).introduced("stay") as client:
        poller = Poller(hurried, "stay")
        time.sleep(ENTER_S + 2)
        client.send(event("tell", "stay", 1))
        assert list(client.told(0.3)) == [1]
        assert '42["told",[1,""]]' in poller.poll()


def test_who_left_has_to_enter_again(hurried):
    with Client(hurried).introduced("left") as client:
        client.send("41")
        assert client.over()


def test_a_websocket_that_never_ends_its_upgrade_is_closed(hurried):
    poller = Poller(hurried, "upgrade")
    with Client(hurried, sid=poller.sid) as silent:
        with Client(hurried, sid=poller.sid) as second:
            assert b" 400 " in second.head, "one try at a time"
        assert silent.over()
    assert poller.post(event("tell", "upgrade", 5)) == 200
    assert '42["told",[5,""]]' in poller.poll()


def test_the_oldest_of_too_many_newcomers_goes(hurried):
    crowd = [Client(hurried) for _ in range(51)]
    try:
        assert crowd[0].over()
        assert crowd[-1].text().startswith("0")
        crowd[-1].send("40")
        assert crowd[-1].text().startswith("40")
    finally:
        for client in crowd:
            client.socket.close()


def test_handshakes_leave_nothing_behind(hurried):
    for _ in range(300):
        hurried.request("GET", f"{PATH}polling", Cookie="x" * 1_000, Mark="y" * 8_000)
    before = hurried.figures()["memory"]
    for _ in range(2_000):
        hurried.request("GET", f"{PATH}polling", Mark="y" * 8_000)
    assert hurried.figures()["memory"] - before < 8_000
    assert hurried.settled("tasks", 15, 20)


# --- refusals


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize(
    ("auth", "said"),
    [
        ({"abort": 429}, {"message": "refused", "data": {"status": 429}}),
        ({"refuse": True}, None),
        ({"fail": True}, None),
    ],
)
def test_whoever_is_refused_is_told(server, auth, said, transport):
    answer = (
        _refused_by_websocket(server, auth) if transport == "websocket" else _refused_by_polling(server, auth)
    )
    assert answer.startswith("44"), answer
    if said is not None:
        assert json.loads(answer[2:]) == said


def _refused_by_websocket(server, auth):
    with Client(server) as client:
        assert client.text().startswith("0")
        client.send(f"40{json.dumps(auth)}")
        answer = client.text()
        client.send(f"40{json.dumps(auth)}")
        assert client.frame()[0] == 0x80 | CLOSE, "who was refused does not ask again on the same connection"
        return answer


def _refused_by_polling(server, auth):
    sid = json.loads(server.request("GET", f"{PATH}polling")[1][1:])["sid"]
    assert server.request("POST", f"{PATH}polling&sid={sid}", f"40{json.dumps(auth)}")[0] == 200
    return server.request("GET", f"{PATH}polling&sid={sid}")[1].decode().split("\x1e")[0]


# --- honest clients that are fast


def test_a_bar_that_is_dragged_for_long_is_never_hung_up(server):
    with Client(server).introduced("drag") as phone:
        for n in range(100):
            phone.send(event("tell", "drag", n))
            time.sleep(0.02)  # six times as fast as a page does
        assert list(phone.told(5.5)) == list(range(100))


def test_an_outbox_that_empties_at_once_is_never_hung_up(server):
    with Client(server).introduced("outbox") as phone:
        phone.socket.sendall(b"".join(packed(event("tell", "outbox", n, 280)) for n in range(30)))
        assert list(phone.told()) == list(range(30))
    poller = Poller(server, "outbox")
    assert poller.post("\x1e".join(event("tell", "outbox", n, 280) for n in range(30))) == 200
    heard: list[str] = []
    while len(heard) < 30:
        heard += poller.poll()
    assert [json.loads(each[2:])[1][0] for each in heard] == list(range(30))


def test_a_room_that_comes_back_at_once_is_let_in_whole(hurried):
    crowd = [Client(hurried) for _ in range(49)]
    try:
        for client in crowd:
            client.introduced("back")
        crowd[0].send(event("tell", "back", 1))
        assert all(json.loads(client.text()[2:])[1][0] == 1 for client in crowd)
    finally:
        for client in crowd:
            client.socket.close()
