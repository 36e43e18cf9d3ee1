"""One WebSocket connection under engine.io: wsproto parses what comes in, a SocketWriter sends what goes out."""

import errno
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from engineio.packet import NOOP, Packet
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import generate_accept_token

from atelier.limits import (
    ENTER_S,
    ENTERING_FRAMES,
    FRAMES_A_TURN,
    LINGER_BYTES,
    LINGER_SECONDS,
    MESSAGE_BYTES,
    RECEIVE_BYTES,
)
from atelier.live.transport.frames import frame
from atelier.live.transport.log import log
from atelier.live.transport.pace import Pace, beyond_patience, weight
from atelier.live.transport.packets import Malformed, check_frame
from atelier.live.transport.writer import SocketWriter

_SOCKETS = ("atelier.socket", "werkzeug.socket", "gunicorn.socket")
"""Where servers put the connection: our two, and gunicorn."""


class Hung(ConnectionAbortedError):  # noqa: N818 - the connection is over, as it should
    """Raised through the WSGI server when a WebSocket ends: it must neither answer nor read another request."""


class _Marker(Packet):
    """Stands in engine.io's queue where this socket took over; its writer hands it back to `send` in its turn."""

    def encode(self, b64: bool = False) -> Any:
        return self


class WebSocketConnection:
    """One connection. `register` and `forget` tell the room manager which writer serves which session."""

    register: ClassVar[Any]
    forget: ClassVar[Any]

    def __init__(self, handler: Callable[["WebSocketConnection"], Any], server: Any) -> None:
        self._handler, self._server = handler, server
        self._session: Any = handler.__self__  # type: ignore[attr-defined]  # engine.io's Socket
        self._marker = _Marker(NOOP)
        self._registered = False
        self._protocol = Connection(ConnectionType.SERVER)
        self._events: Iterator[Event] = iter(())
        self._parts: list[Any] = []
        self._size = self._turn = 0
        self._read = 0.0
        self._pace, self._wait_s = Pace(), 0.0
        self._upgrade_by = time.monotonic() + ENTER_S

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer the handshake and serve until either side closes. Raises what makes the WSGI server hang up."""
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
        if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13" or not key:
            headers = [("Content-Length", "0"), ("Sec-WebSocket-Version", "13")]
            start_response("426 Upgrade Required", headers)
            return []
        name = next(name for name in _SOCKETS if name in environ)
        self.socket: socket.socket = environ[name]  # engine.io sets its timeout
        self._writer = SocketWriter(self.socket, self._server.start_background_task)
        try:
            self._writer.push(_accepted(key))
            self._handler(self)
        except Exception:
            log.debug("conversation.broke", exc_info=True)
        finally:
            self._over()
        if name == "gunicorn.socket":
            raise StopIteration  # its word for it
        raise Hung(errno.ECONNRESET, "over")

    def send(self, message: Any) -> None:
        """Send what engine.io's writer took from its queue. Raises OSError when nobody hears it."""
        if message is self._marker:
            self._writer.release()
        else:
            self._writer.push(frame(message))
        if self._writer.dead:
            raise OSError("closed")

    def wait(self) -> str | bytes | None:
        """Return the next message, or None when there will be none."""
        if self._session.upgraded and not self._registered:
            self._registered = True
            self.socket.settimeout(self._server.ping_interval + self._server.ping_timeout)
            self.register(self._session, self._writer, self._marker)
            if self._session.closed:  # sent away before anybody knew of this socket
                return None
        while True:
            message = self._next()
            if self._writer.dead:
                return None
            if message is not None:
                return self._checked(message)
            if not self._receive():
                return None

    def close(self, code: int = CloseReason.NORMAL_CLOSURE) -> None:
        """Send a close frame, once."""
        if self._protocol.state in (ConnectionState.OPEN, ConnectionState.REMOTE_CLOSING):
            self._writer.finish(self._protocol.send(CloseConnection(code)))

    def _next(self) -> str | bytes | None:
        """Take what was received; return a message that is whole."""
        for event in self._events:
            self._count(weight(len(event.data)) if isinstance(event, TextMessage | BytesMessage) else 1)
            if self._writer.dead:
                return None
            if isinstance(event, TextMessage | BytesMessage):
                if (message := self._collected(event)) is not None:
                    return message
            elif isinstance(event, Ping):
                self._writer.push(self._protocol.send(event.response()))
            elif isinstance(event, CloseConnection):
                self._refuse(event.code)
        return None

    def _checked(self, message: str | bytes) -> str | None:
        try:
            check_frame(message, self._session.upgraded)
        except Malformed as fault:
            self.refuse(str(fault))
            return None
        return str(message)

    def refuse(self, why: str) -> None:
        """Close with 1008 and log why: none of our pages does this."""
        log.warning("connection.refused: %s", why)
        self._refuse(CloseReason.POLICY_VIOLATION, RECEIVE_BYTES)

    def _count(self, frames: float) -> None:
        """Charge the bucket; close on a flood; yield to other greenlets every `FRAMES_A_TURN` frames."""
        self._wait_s = self._pace.spend(frames)
        self._read += frames
        if beyond_patience(self._wait_s) or (self._read > ENTERING_FRAMES and not self._session.entered):
            self.refuse("flood")
        self._turn += 1
        if self._turn % FRAMES_A_TURN == 0:
            self._server.sleep(0)

    def _collected(self, event: TextMessage | BytesMessage) -> str | bytes | None:
        if event.data:
            self._parts.append(event.data)
            self._size += len(event.data)
        if self._size > MESSAGE_BYTES:
            self._refuse(CloseReason.MESSAGE_TOO_BIG)
            return None
        if not event.message_finished:
            return None
        empty: Any = event.data[:0]
        whole: str | bytes = empty.join(self._parts)
        self._parts, self._size = [], 0
        return whole

    def _receive(self) -> bool:
        # gevent's recv waits only for what is not there: a client that never pauses would never let go of the loop.
        self._server.sleep(self._wait_s)
        self._count(1)
        if self._writer.dead:
            return False
        if not self._session.upgraded:
            self.socket.settimeout(max(0.001, self._upgrade_by - time.monotonic()))
        data = self._received()
        if data:
            self._protocol.receive_data(data)
            self._events = self._protocol.events()
        return bool(data)

    def _received(self) -> bytes:
        try:
            return self.socket.recv(RECEIVE_BYTES)
        except OSError:
            return b""

    def _refuse(self, code: int, left: int = LINGER_BYTES) -> None:
        """Close, then drain the socket for a moment: unread data would make the system reset the connection."""
        self.close(code)
        end = time.monotonic() + LINGER_SECONDS
        while left > 0 and (patience := end - time.monotonic()) > 0:
            self.socket.settimeout(patience)
            data = self._received()
            if not data:
                return
            left -= len(data)
            self._server.sleep(0)

    def _over(self) -> None:
        self._writer.leave()
        self.forget(self._session, self._writer)
        if self._session.upgraded:
            if not self._session.closed:
                self._session.close(wait=False, abort=True)
            self._server.sockets.pop(self._session.sid, None)
        else:
            self._session.upgrading = False  # a probe that failed: polling goes on


def _accepted(key: str) -> bytes:
    token = generate_accept_token(key.encode("latin-1"))
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + token + b"\r\n\r\n"
    )
