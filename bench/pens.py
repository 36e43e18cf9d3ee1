"""HTTP connections that are kept open, for the load generator: one request at a time, the answer by a callback."""

import contextlib
import gzip
import json
import re
import secrets
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bench.acts import Writing, placement
from bench.ears import Ear
from bench.loop import Loop
from bench.prepared import Person, Workshop
from tests.support.ledger import Told

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.I)
AGAIN_S = 0.05
BROWSER = (
    "User-Agent: Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36\r\nAccept-Language: fr-FR,fr;q=0.9\r\nAccept-Encoding: gzip, deflate\r\n"
    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n"
)
"""What a telephone's browser says of itself each time: reading it is part of what a request costs."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    head: bytes
    body: bytes

    def text(self) -> str:
        """The body as it is read."""
        packed = b"content-encoding: gzip" in self.head.lower()
        return (gzip.decompress(self.body) if packed else self.body).decode()

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text())


class Pen:
    """One connection to a port. A request that gets no answer is sent again, as phones do."""

    def __init__(self, loop: Loop, port: int) -> None:
        self._loop, self._port = loop, port
        self._socket: socket.socket | None = None
        self._asked, self._held = b"", b""
        self._answered: Callable[[Answer], None] | None = None

    def fileno(self) -> int:
        """Its descriptor."""
        assert self._socket is not None
        return self._socket.fileno()

    def ask(self, request: bytes, answered: Callable[[Answer], None]) -> None:
        """Send a request; `answered` is called once its answer is whole."""
        assert self._answered is None
        self._asked, self._answered = request, answered
        self._send()

    def readable(self) -> None:
        """Read what there is of an answer."""
        assert self._socket is not None
        try:
            data = self._socket.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.hang_up()
            if self._answered is not None:
                self._loop.at(time.perf_counter() + AGAIN_S, self._send)
            return
        self._held += data
        answer = self._whole()
        if answer is not None:
            answered, self._answered, self._held = self._answered, None, b""
            assert answered is not None
            answered(answer)

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket is not None:
            self._loop.drop(self)
            self._socket.close()
        self._socket, self._held = None, b""

    def _send(self) -> None:
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port))
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket.setblocking(False)
                self._loop.add(self)
            self._socket.send(self._asked)
        except OSError:
            self.hang_up()
            self._loop.at(time.perf_counter() + AGAIN_S, self._send)

    def _whole(self) -> Answer | None:
        head, found, body = self._held.partition(b"\r\n\r\n")
        if not found:
            return None
        length = LENGTH.search(head)
        size = int(length[1]) if length else 0
        if len(body) < size:
            return None
        if b"\r\nconnection: close" in head.lower():
            with contextlib.suppress(OSError):
                self.hang_up()
        return Answer(int(head[9:12]), head, body[:size])


def asking(method: str, host: str, path: str, cookie: str, body: bytes = b"", code: str = "") -> bytes:
    """Return a request as a telephone's browser sends it, with JSON wanted."""
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n{BROWSER}"
    if cookie:
        head += f"Cookie: {cookie}\r\n"
    if code:
        head += f"X-Atelier-Workshop: {code}\r\nReferer: http://{host}/a/{code}\r\n"
    if method == "POST":
        head += (
            f"Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n"
        )
    return f"{head}\r\n".encode() + body


class Written(NamedTuple):
    """One act: when it was due, when it was acknowledged, and at which position of which workshop's table."""

    due: float
    answered: float
    table: tuple[str, int]
    seq: int

    @property
    def code(self) -> str:
        """Of which workshop."""
        return self.table[0]

    @property
    def acknowledged_ms(self) -> float:
        """Milliseconds from when it was due to its acknowledgement."""
        return (self.answered - self.due) * 1000


class Authors:
    """People of some workshops who write in turn, never two acts of one person at once, over kept connections."""

    def __init__(self, loop: Loop, port: int, host: str, workshops: list[Workshop], pens: int) -> None:
        """`pens`: connections; an act that finds none free waits, and its wait counts."""
        self._host, self._count = host, 0
        self._actions = {each.code: each.actions for each in workshops}
        self.weight = len(workshops)
        self._people = deque(_alternating([each.people for each in workshops]))
        self._free = [Pen(loop, port) for _ in range(pens)]
        self._waiting: deque[float] = deque()
        self.ears: dict[str, Ear] = {}
        """By cookie: who has a socket here sends over it, as pages do."""
        self.written: list[Written] = []
        self.refused: list[str] = []
        self.under_way = 0
        self.writing: Writing = placement
        self.then: Callable[[], None] = lambda: None
        """Called after each acknowledgement: what keeps so many acts in flight."""

    def write(self, due: float = 0.0) -> None:
        """Send one act, due now or at that time of `perf_counter`; or let it wait for a connection and an author."""
        due = due or time.perf_counter()
        if not self._free or not self._people:
            self._waiting.append(due)
            return
        self.under_way += 1
        pen, person = self._free.pop(), self._people.popleft()
        op = secrets.token_urlsafe(16)
        ear = self.ears.get(person.cookie)
        if ear is None:
            pen.ask(self._request(person, op), lambda answer: self._answered(answer, pen, person, op, due))
        else:
            ear.act(
                self._form(person, op), lambda told: self._answered(_as_answer(told), pen, person, op, due)
            )

    def leave(self) -> None:
        """Close every connection that is not waited for."""
        for pen in self._free:
            pen.hang_up()

    def idle(self) -> bool:
        """Tell whether everything was answered."""
        return not self.under_way and not self._waiting

    def _answered(self, answer: Answer, pen: Pen, person: Person, op: str, due: float) -> None:
        now = time.perf_counter()
        self.under_way -= 1
        self._free.append(pen)
        self._people.append(person)
        if answer.status != 200:
            self.refused.append(f"{answer.status} {answer.body[:100]!r}")
        else:
            position = json.loads(answer.body)
            seq = int(position["seq"])
            person.told.append(Told(op, seq, position["head"]))
            self.written.append(Written(due, now, (person.code, person.group), seq))
        if self._waiting:
            self.write(self._waiting.popleft())
        self.then()

    def _form(self, person: Person, op: str) -> dict[str, str]:
        self._count += 1
        fields = self.writing(self._count, person, self._actions[person.code], op)
        return {name: str(value) for name, value in {**fields, "op": op}.items()}

    def _request(self, person: Person, op: str) -> bytes:
        body = urlencode(self._form(person, op)).encode()
        return asking("POST", self._host, f"/a/{person.code}/actes", person.cookie, body, person.code)


def _as_answer(told: dict[str, Any]) -> Answer:
    """Return what came over a socket as what comes by HTTP."""
    return Answer(told["status"], b"", json.dumps(told["body"]).encode())


def _alternating(rooms: list[list[Person]]) -> list[Person]:
    """One of each room in turn."""
    longest = max(map(len, rooms), default=0)
    return [room[n] for n in range(longest) for room in rooms if n < len(room)]
