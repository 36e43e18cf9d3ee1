"""Socket.IO's reading side over one WebSocket: connects, answers pings, hands every event over unread."""

import asyncio
import base64
import json
import os
from collections.abc import Callable
from typing import Any

from atelier.rehearsal.frames import CLOSE, PING, PONG, TEXT, Frames, packed
from atelier.rehearsal.wire import Wire, address

CONNECT_S = 10.0
_PATH = "/socket.io/?EIO=4&transport=websocket&c="
_OPEN, _PING, _CONNECTED, _EVENT, _GONE, _REFUSED = b"0", b"2", b"40", b"42", b"41", b"44"

Told = Callable[[bytes], None]


class Refused(ConnectionError):  # noqa: N818 - the house says refusals, not errors
    """The server does not let this browser listen."""


class Listening(asyncio.Protocol):
    """One connection. `told` gets the JSON of every event, `[name, body]`, as bytes; `ended` fires once it is over."""

    def __init__(self, wire: Wire, auth: dict[str, Any], told: Told) -> None:
        self._wire, self._auth, self._told = wire, auth, told
        self._frames = Frames()
        self._head: bytearray | None = bytearray()
        self._transport: asyncio.Transport | None = None
        self._open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended = asyncio.Event()

    @classmethod
    async def connect(cls, wire: Wire, auth: dict[str, Any], told: Told) -> "Listening":
        """Return once the server has let us in. Raises Refused, OSError or TimeoutError."""
        made = cls(wire, auth, told)
        try:
            async with asyncio.timeout(CONNECT_S):
                await asyncio.get_running_loop().create_connection(lambda: made, *address(wire.base))
                await made._open
        except BaseException:
            made.close()
            raise
        return made

    def close(self) -> None:
        """Hang up as a phone does that leaves the room: without a word."""
        if self._transport is not None:
            self._transport.abort()

    def pause(self) -> None:
        """Stop reading, as a phone asleep; what was sent waits in the network."""
        if self._transport is not None and not self.ended.is_set():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read again."""
        if self._transport is not None and not self.ended.is_set():
            self._transport.resume_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the WebSocket."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP is one
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {_PATH}{self._auth['code']} HTTP/1.1\r\n{self._wire.headers()}"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Read the answer's head first, frames from then on."""
        if self._head is not None:
            self._head += data
            head, found, data = bytes(self._head).partition(b"\r\n\r\n")
            if not found:
                return
            self._head = None
            if not head.startswith(b"HTTP/1.1 101"):
                self._fail(Refused(head.split(b"\r\n", 1)[0].decode("latin-1")))
                return
        for opcode, payload in self._frames.feed(data):
            self._heard(opcode, payload)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        if not self._open.done():
            self._open.set_exception(exc or ConnectionResetError("closed before it was open"))
        self.ended.set()

    def _heard(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self._packet(payload)
        elif opcode == PING:
            self._send(PONG, payload)
        elif opcode == CLOSE:
            self.close()

    def _packet(self, payload: bytes) -> None:
        if payload.startswith(_EVENT):
            self._told(payload[2:])
        elif payload == _PING:
            self._send(TEXT, b"3")
        elif payload.startswith(_CONNECTED):
            if not self._open.done():
                self._open.set_result(None)
        elif payload.startswith(_REFUSED):
            self._fail(Refused(payload[2:].decode()))
        elif payload.startswith(_OPEN):
            self._send(TEXT, b"40" + json.dumps(self._auth).encode())
        elif payload.startswith(_GONE):
            self.close()

    def _send(self, opcode: int, payload: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(packed(opcode, payload))

    def _fail(self, problem: Exception) -> None:
        if not self._open.done():
            self._open.set_exception(problem)
        self.close()
