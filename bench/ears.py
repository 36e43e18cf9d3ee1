"""WebSockets that listen: bytes counted, positions found by their text, pings answered. Nothing is parsed."""

import base64
import bisect
import json
import os
import re
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from bench.loop import Loop
from tests.support.raw import event, packed

NEWS = re.compile(rb'"to":(\d+),|\x81\x012|[\x7e-\x81].?.?43(\d+)\[({"status":\d+,"body":{[^{}]*}})\]', re.S)
"""A position (in the HTML of a message a quotation mark is escaped), engine.io's ping, the answer to an act."""

LONGEST = 300
"""More than any of them is long: what is kept of one reading for the next."""

AT_ONCE = 50
PATIENCE_S = 20.0


class Ear:
    """One open socket of one screen."""

    __slots__ = ("_answered", "_count", "_tail", "bytes", "over", "positions", "since", "socket", "times")

    def __init__(self, connection: socket.socket) -> None:
        self.socket, self.since = connection, time.perf_counter()
        self._tail = b""
        self._count, self._answered = 0, {}  # type: ignore[var-annotated]
        self.bytes, self.over = 0, False
        self.positions: list[int] = []
        self.times: list[float] = []

    def fileno(self) -> int:
        """Its descriptor."""
        return self.socket.fileno()

    def readable(self) -> None:
        """Read once, and note which positions it tells of."""
        try:
            data = self.socket.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = time.perf_counter()
        if not data:
            self.over = True
            return
        self.bytes += len(data)
        held, end = self._tail + data, 0
        for found in NEWS.finditer(held):
            end = found.end()
            if found[2] is not None:
                self._answered.pop(int(found[2]))(json.loads(found[3]))
            elif found[1] is None:
                self.socket.send(packed("3"))
            else:
                self.positions.append(int(found[1]))
                self.times.append(now)
        self._tail = held[max(end, len(held) - LONGEST) :]

    def act(self, form: dict[str, str], answered: Callable[[dict[str, Any]], None]) -> None:
        """Send an act; `answered` is called with its status and body."""
        self._count += 1
        self._answered[self._count] = answered
        self.socket.send(packed(event("phone:act", form, answer=self._count)))

    def heard_at(self, seq: int) -> float | None:
        """When it first heard of a position at or after `seq`, or None."""
        index = bisect.bisect_left(self.positions, seq)
        return self.times[index] if index < len(self.times) else None

    def last(self) -> int:
        """The last position it heard of; 0 for none."""
        return self.positions[-1] if self.positions else 0

    def forget(self) -> None:
        """Begin to count."""
        self.bytes = 0
        self.positions.clear()
        self.times.clear()


class Wanted:
    """One socket to open: of which workshop, for which screen, with which cookie; `at`: where its page is, as JSON."""

    __slots__ = ("auth", "request")

    def __init__(
        self, host: str, code: str, cookie: str, audience: str = "phone", group: int = 1, at: str = ""
    ) -> None:
        """`host`: what a browser has in its address bar."""
        self.request = upgrading(host, code, cookie)
        self.auth = packed("40" + said(code, audience, group, at))


def said(code: str, audience: str, group: int, at: str = "") -> str:
    """Return what a page says of itself when it connects, as JSON."""
    return f'{{"code":"{code}","audience":"{audience}","group":{group}{at and ","}{at}}}'


def upgrading(host: str, code: str, cookie: str, sid: str = "") -> bytes:
    """Return the request for a WebSocket; with `sid`, for one that takes over from polling."""
    key = base64.b64encode(os.urandom(16)).decode()
    taken = f"&sid={sid}" if sid else ""
    return (
        f"GET /socket.io/?c={code}&EIO=4&transport=websocket{taken} HTTP/1.1\r\nHost: {host}\r\n"
        f"Origin: http://{host}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nX-Atelier-Workshop: {code}\r\n\r\n"
    ).encode()


Script = Sequence[tuple[re.Pattern[bytes], bytes]]


class Call:
    """One socket opened without waiting for it, which then says each thing of `script` once it heard what precedes it.

    `arrived` gets all that was heard once nothing is left to say, or None when the connection ended before.
    """

    def __init__(
        self, loop: Loop, port: int, request: bytes, script: Script, arrived: Callable[[bytes | None], None]
    ) -> None:
        self._loop, self._script, self._arrived = loop, list(script), arrived
        self._held, self._read = b"", 0
        self._socket = _connected(port, request, 0)
        self._socket.setblocking(False)
        loop.add(self)

    def fileno(self) -> int:
        """Its descriptor."""
        return self._socket.fileno()

    def readable(self) -> None:
        """Read on; once the script is over, nothing is looked at any more."""
        try:
            data = self._socket.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.drop(self)
        if self._script:
            self._held += data
            self._heard(over=not data)

    def hang_up(self) -> None:
        """Close it."""
        self._loop.drop(self)
        self._socket.close()

    def _heard(self, over: bool) -> None:
        while self._script and (found := self._script[0][0].search(self._held, self._read)):
            self._read = found.end()
            answer = self._script.pop(0)[1]
            if answer:
                self._socket.send(answer)
        if over or not self._script:
            ended = bool(self._script)
            self._script.clear()
            self._arrived(None if ended else self._held)


def opened(port: int, wanted: Sequence[Wanted], loop: Loop, receive_buffer: int = 0) -> list[Ear]:
    """Open all of them, some at a time, and let `loop` read them. Raises RuntimeError when one is refused."""
    found: list[Ear] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        sockets = [_connected(port, each.request, receive_buffer) for each in part]
        for connection, each in zip(sockets, part, strict=True):
            _until(connection, b"0{")  # engine.io's greeting, behind the head
            connection.sendall(each.auth)
        for connection in sockets:
            rest = _until(connection, b"40{")
            connection.setblocking(False)
            ear = Ear(connection)
            ear._tail = rest[-LONGEST:]
            loop.add(ear)
            found.append(ear)
    return found


def _connected(port: int, request: bytes, receive_buffer: int) -> socket.socket:
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(PATIENCE_S)
    connection.connect(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(request)
    return connection


def _until(connection: socket.socket, beginning: bytes) -> bytes:
    """Read until a JSON object that begins so is complete; return what follows it."""
    held = b""
    while True:
        data = connection.recv(1 << 16)
        held += data
        if not data or held.startswith(b"HTTP/1.1 4") or b"44{" in held:
            raise RuntimeError(f"no socket: {held[:200]!r}")
        _, found, rest = held.partition(beginning)
        _, ended, rest = rest.partition(b"}")
        if found and ended:
            return rest
