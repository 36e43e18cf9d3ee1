"""Rights live as long as what gives them: real sockets, on both transports, before and after the fact that ends one."""

import contextlib
import http.client
import json
import re
import secrets
import socket
import threading
import time

import pytest

from atelier.limits import GOODBYE_S
from tests.support.raw import CLOSE, PATH, Client
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser, NotTaken

pytestmark = pytest.mark.slow

SOON_S = 1.0
PATIENCE_S = 120.0
TRANSPORTS = ("websocket", "polling")


@pytest.fixture
def room(server):
    room = Room(server)
    yield room
    for listener in room.listeners:
        listener.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = RunningServer(tmp_path_factory.mktemp("readmission")).start()
    yield server
    server.stop()


class WebSocketListener:
    """Listens by a WebSocket; `heard` is every message with when it came, `ended` is when the server hung up."""

    def __init__(self, server, cookie, auth):
        self._client = Client(server, headers=f"Cookie: atelier={cookie}\r\n")
        self._client.introduced(auth=auth)
        self.start()

    def start(self):
        self.heard, self.ended = [], None
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self):
        try:
            while True:
                for packet in self._packets():
                    if packet.startswith("42"):
                        self.heard.append((time.monotonic(), *json.loads(packet[2:])))
        except (EOFError, OSError, http.client.HTTPException):
            self.ended = time.monotonic()
        finally:
            self._hang_up()

    def stop(self):
        """Hang up, whatever is waited for."""
        with contextlib.suppress(OSError):
            self._client.socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def _hang_up(self):
        self._client.socket.close()

    def _packets(self):
        first, payload = self._client.frame()
        if first & 15 == CLOSE:
            raise EOFError
        if payload == b"2":
            self._client.send("3")
        return [payload.decode()]


class PollingListener(WebSocketListener):
    """Listens by polling."""

    def __init__(self, server, cookie, auth):
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self._headers = {"Cookie": f"atelier={cookie}"}
        self._path = f"{PATH}polling"
        self._path += f"&sid={json.loads(self._asked('GET')[1:])['sid']}"
        self._asked("POST", f"40{json.dumps(auth)}")
        told: list[str] = []
        while not any(packet.startswith("40") for packet in told):
            told += self._packets()
            assert not any(packet.startswith("44") for packet in told), "refused"
        self.start()

    def _packets(self):
        packets = self._asked("GET").split("\x1e")
        if "2" in packets:
            self._asked("POST", "3")
        return packets

    def stop(self):
        if (held := self._connection.sock) is not None:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def _hang_up(self):
        self._connection.close()

    def _asked(self, method, body=None):
        self._connection.request(method, self._path, body, self._headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise ConnectionError(answer.status)
        return text


LISTENERS = {"websocket": WebSocketListener, "polling": PollingListener}


class Room:
    """A workshop with its facilitator, a co-facilitator, a wall of its own, and Nadia and Paul at table 1."""

    def __init__(self, server):
        self.server, self.listeners = server, []
        self.desk = Browser(server.base)
        self.code = self.desk.post("/preparer", {})[1].split("/")[2]
        self.desk.act(self.code, "open-phase", phase="articulations")
        self.co, self.wall = self._with_link("facilitator"), self._with_link("wall")
        self.nadia, self.paul = Browser(server.base), Browser(server.base)
        self.nadia.join(self.code, "fs", 1, "Nadia")
        self.paul.join(self.code, "cn", 1, "Paul")
        found = re.findall(r'data-keep="leave-([0-9a-f]+)"', self.desk.get(f"/animer/{self.code}"))
        self.nadia_id = found[0]

    def _with_link(self, holder):
        op = secrets.token_urlsafe(16)
        self.desk.post(f"/animer/{self.code}/cles", {"holder": holder, "op": op})
        page, name = self.desk.get(f"/animer/{self.code}/pret"), "ecran" if holder == "wall" else "animer"
        links = re.findall(rf'value="http://[^/]*(/{name}/[^"]*cle=[^"]*)"', page)
        browser = Browser(self.server.base)
        for link in links[-1:]:
            with pytest.raises(Exception, match="303"):
                browser.get(link)
        setattr(self, f"{holder}_key", op)
        return browser

    def listener(self, transport, browser, audience, group=0):
        auth = {"code": self.code, "audience": audience, "group": group}
        self.listeners.append(LISTENERS[transport](self.server, browser.cookies["atelier"], auth))
        return self.listeners[-1]

    def admits(self, browser, audience, group=0):
        """Tell whether that page could connect just now."""
        auth = {"code": self.code, "audience": audience, "group": group}
        with Client(self.server, headers=f"Cookie: atelier={browser.cookies['atelier']}\r\n") as client:
            client.text()
            client.send(f"40{json.dumps(auth)}")
            while (answer := client.text()).startswith("42"):
                pass
            return answer.startswith("40")

    def write(self):
        """One fact that phones of table 1, walls and desks are all told."""
        return self.paul.act(self.code, "place-action", group=1, action="orienter", fs=next(FS) % 101, cn=50)[
            "seq"
        ]

    def erase(self):
        self.desk.act(self.code, "close-workshop")
        self.desk.post(f"/animer/{self.code}/effacer", {"code": self.code})
        return 10**9


def _counting():
    while True:
        yield from range(0, 101, 5)


FS = _counting()


def revoke(holder):
    return lambda room: room.desk.act(room.code, "revoke-key", key=getattr(room, f"{holder}_key"))["seq"]


def done(command, by="desk", **fields):
    def do(room):
        values = {name: room.nadia_id if value == "@nadia" else value for name, value in fields.items()}
        return getattr(room, by).act(room.code, command, **values)["seq"]

    return do


def reset(room):
    room.desk.post(f"/animer/{room.code}/remettre-a-zero", {"code": room.code})
    return 10**9


REVOKING = {
    "a co-facilitator's link is revoked": ("co", "desk", 0, revoke("facilitator")),
    "one who writes for a table": ("co", "phone", 1, revoke("facilitator")),
    "a co-facilitator's wall": ("co", "wall", 0, revoke("facilitator")),
    "a wall's link is revoked": ("wall", "wall", 0, revoke("wall")),
    "removed": ("nadia", "phone", 1, done("leave", participant="@nadia")),
    "left": ("nadia", "phone", 1, done("leave", "nadia", participant="@nadia")),
    "moved": ("nadia", "phone", 1, done("change-group", participant="@nadia", to_group=2)),
    "sat elsewhere": ("nadia", "phone", 1, done("join", "nadia", trade="fs", group=2, name="Nadia")),
    "erased": ("nadia", "phone", 1, done("erase-participant", participant="@nadia")),
    "shown out with those who did nothing": ("nadia", "phone", 1, done("remove-idle", minutes=0)),
    "the workshop was reset": ("nadia", "phone", 1, reset),
    "the workshop was erased": ("desk", "desk", 0, Room.erase),
}


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("what", REVOKING)
def test_who_lost_a_right_hears_nothing_more_and_is_hung_up_on(room, transport, what):
    who, audience, group, take_away = REVOKING[what]
    browser = getattr(room, who)
    listener, witness = (
        room.listener(transport, browser, audience, group),
        room.listener(transport, room.paul, "phone", 1),
    )
    told = room.write()
    assert wait(lambda: reached(listener, told)), "it listens, as long as it may"
    going = threading.Event()
    writer = threading.Thread(target=keep_writing, args=(room, going), daemon=True)
    writer.start()
    assert wait(lambda: reached(witness, told + 1)), "others go on"
    seq = take_away(room)
    assert wait(lambda: listener.ended), "hung up on, soon"
    assert GOODBYE_S < SOON_S
    if seq < 10**9:  # others are still there
        assert wait(lambda: reached(witness, seq + 2))
    going.set()
    writer.join(PATIENCE_S)
    beyond = [
        body["to"] for when, name, body in listener.heard if name == "workshop:changed" and body["to"] >= seq
    ]
    assert beyond == [], "nothing of this fact nor of any after it"
    if seq < 10**9:
        assert not room.admits(browser, audience, group)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_who_keeps_a_right_keeps_the_connection(room, transport):
    kept = {
        "own desk": room.listener(transport, room.desk, "desk"),
        "own wall": room.listener(transport, room.desk, "wall"),
        "the other phone": room.listener(transport, room.paul, "phone", 1),
    }
    for what in ("a wall's link is revoked", "a co-facilitator's link is revoked", "moved", "removed"):
        REVOKING[what][3](room)
    told = room.write()
    for who, listener in kept.items():
        assert wait(lambda listener=listener: reached(listener, told)), who
        assert listener.ended is None, who


def test_a_moved_phone_hears_its_new_table_once_its_page_is_there(room):
    room.desk.act(room.code, "change-group", participant=room.nadia_id, to_group=2)
    page = room.nadia.get(f"/a/{room.code}")
    assert 'data-group="2"' in page
    listener = room.listener("websocket", room.nadia, "phone", 2)
    told = room.nadia.act(room.code, "place-action", group=2, action="orienter", fs=75, cn=50)["seq"]
    assert wait(lambda: reached(listener, told))


def keep_writing(room, going):
    while not going.is_set():
        try:
            room.write()
        except NotTaken:
            return  # closed, reset or erased
        time.sleep(0.12)


def reached(listener, seq):
    return any(name == "workshop:changed" and body["to"] >= seq for _, name, body in list(listener.heard))


def wait(condition, patience_s=PATIENCE_S):
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return bool(condition())
