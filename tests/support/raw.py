"""WebSocket and polling clients by hand, able to do what no library lets one do; and the server they talk to."""

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, Self

from tests.support.running import free_port

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PATIENCE_S = 30.0
PATH = "/socket.io/?EIO=4&transport="


def packed(payload: str | bytes, opcode: int = TEXT, *, final: bool = True, masked: bool = True) -> bytes:
    """Return one frame, right or wrong."""
    data = payload.encode() if isinstance(payload, str) else payload
    head = bytes([opcode | (0x80 if final else 0)])
    flag, size = (0x80 if masked else 0), len(data)
    if size < 126:
        head += bytes([flag | size])
    elif size < 1 << 16:
        head += bytes([flag | 126]) + struct.pack("!H", size)
    else:
        head += bytes([flag | 127]) + struct.pack("!Q", size)
    return head + (b"\0\0\0\0" if masked else b"") + data  # a mask of zeros changes nothing, and is one


def event(name: str, *arguments: Any, answer: int | None = None) -> str:
    """Return a Socket.IO event as engine.io carries it."""
    return f"42{'' if answer is None else answer}{json.dumps([name, *arguments])}"


class Port(NamedTuple):
    """A server on this machine that is started elsewhere."""

    port: int


class Listener(Protocol):
    """A server on this machine."""

    @property
    def port(self) -> int:
        """Where it listens."""
        ...


class Server:
    """`tests.support.transport_server` in its own process."""

    def __init__(self, **options: Any) -> None:
        self.port = free_port()
        command = [
            sys.executable,
            "-m",
            "tests.support.transport_server",
            str(self.port),
            json.dumps(options),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def figures(self) -> dict[str, Any]:
        """Return what the server holds."""
        return json.loads(self.request("GET", "/figures")[1])

    def settled(self, name: str, most: float, patience_s: float = PATIENCE_S) -> bool:
        """Wait until one of the figures has come down to `most`."""
        end = time.monotonic() + patience_s
        while (found := self.figures()[name]) > most and time.monotonic() < end:
            time.sleep(0.1)
        return bool(found <= most)

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
        """Send one request over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stop(self) -> str:
        """Stop it; return what it wrote to its log."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=60)[1].decode()


class Client:
    """One WebSocket. `sid`: take over from polling."""

    def __init__(
        self, server: Listener, *, receive_buffer: int = 0, sid: str = "", headers: str = ""
    ) -> None:
        self.held = b""
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE_S)
        self.socket.connect(("127.0.0.1", server.port))
        self.key = base64.b64encode(os.urandom(16)).decode()
        query = f"websocket&sid={sid}" if sid else "websocket"
        self.socket.sendall(
            f"GET {PATH}{query} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {self.key}\r\nSec-WebSocket-Version: 13\r\n"
            f"{headers}\r\n".encode()
        )
        try:
            while b"\r\n\r\n" not in self.held:
                self._read()
        except BaseException:
            self.socket.close()
            raise
        self.head, _, self.held = self.held.partition(b"\r\n\r\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def introduced(self, room: str = "", auth: dict[str, Any] | None = None) -> Self:
        """Connect to Socket.IO, and enter a room."""
        assert self.text().startswith("0")
        self.send("40" if auth is None else f"40{json.dumps(auth)}")
        while (answer := self.text()).startswith("42"):
            pass  # what a connect handler sends goes before the answer
        assert answer.startswith("40"), answer
        if room:
            self.send(event("join", room, answer=0))
            assert self.text() == '430["in"]'
        return self

    def send(self, text: str) -> None:
        """Send one message."""
        self.socket.sendall(packed(text))

    def frame(self) -> tuple[int, bytes]:
        """Return the next frame whole: its first byte and its payload. Raises EOFError, TimeoutError."""
        size, start = self._need(2)[1], 2
        assert size < 128, "servers do not mask"
        if size == 126:
            size, start = int.from_bytes(self._need(4)[2:4]), 4
        elif size == 127:
            size, start = int.from_bytes(self._need(10)[2:10]), 10
        self._need(start + size)
        frame, self.held = self.held[: start + size], self.held[start + size :]
        return frame[0], frame[start:]

    def text(self) -> str:
        """Return the next message, answering engine.io's pings on the way."""
        while True:
            first, payload = self.frame()
            assert first == 0x81, (first, payload[:100])
            if payload != b"2":
                return payload.decode()
            self.send("3")

    def told(self, patience_s: float = 1.0) -> Iterator[int]:
        """Yield the numbers that the room is told, until it is silent or the connection is over."""
        self.socket.settimeout(patience_s)
        with contextlib.suppress(TimeoutError, EOFError, ConnectionError):
            while True:
                text = self.text()
                if text.startswith('42["told"'):
                    yield json.loads(text[2:])[1][0]

    def close_code(self) -> int | None:
        """Read on to the close frame; None when the connection ends without one."""
        try:
            while True:
                first, payload = self.frame()
                if first == 0x80 | CLOSE:
                    return int.from_bytes(payload[:2])
        except (EOFError, ConnectionError):
            return None

    def over(self) -> bool:
        """Tell whether the server has closed the connection."""
        try:
            while self.socket.recv(1 << 16):
                pass
        except TimeoutError:
            return False
        except ConnectionError:
            pass
        return True

    def _need(self, count: int) -> bytes:
        while len(self.held) < count:
            self._read()
        return self.held

    def _read(self) -> None:
        data = self.socket.recv(1 << 16)
        if not data:
            raise EOFError
        self.held += data


class Poller:
    """A polling client."""

    def __init__(self, server: Server, room: str = "") -> None:
        self._server = server
        self.sid = json.loads(server.request("GET", f"{PATH}polling")[1][1:])["sid"]
        self.path = f"{PATH}polling&sid={self.sid}"
        assert self.post("40") == 200
        assert self.poll()[0].startswith("40")
        if room:
            assert self.post(event("join", room, answer=0)) == 200
            assert self.poll() == ['430["in"]']

    def post(self, text: str) -> int:
        """Send one packet; return the status."""
        return self._server.request("POST", self.path, text)[0]

    def poll(self) -> list[str]:
        """Return the packets that waited. Raises ConnectionError when the session is over."""
        status, body = self._server.request("GET", self.path)
        if status != 200:
            raise ConnectionError(status)
        return body.decode().split("\x1e")
