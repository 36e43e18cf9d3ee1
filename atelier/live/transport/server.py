"""Create the Socket.IO server on this transport."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engineio.payload import Payload
from flask import Flask, request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO
from werkzeug.exceptions import HTTPException

from atelier.limits import MESSAGE_BYTES, PACKETS_A_POST, PING_INTERVAL_S, PING_TIMEOUT_S
from atelier.live.transport.log import libraries
from atelier.live.transport.polling import Polling
from atelier.live.transport.rooms import RoomManager


class Sockets(NamedTuple):
    """The server, and how to take leave of its clients."""

    server: SocketIO
    farewell: Callable[[], None]

    def send(self, name: str, body: Any, room: str | None) -> None:
        """Send a message to a room; None: to everybody."""
        self.server.emit(name, body, to=room)


def open_sockets(app: Flask, allowed: Callable[..., bool]) -> Sockets:
    """Put Socket.IO into `app`. `allowed(origin, environ)` says from which pages a socket may come."""
    broadcaster = RoomManager()
    server = SocketIO(
        app,
        async_mode="gevent",
        async_handlers=False,
        client_manager=broadcaster,
        cors_allowed_origins=allowed,
        cookie=None,
        logger=libraries,
        engineio_logger=libraries,
        manage_session=False,
        max_http_buffer_size=MESSAGE_BYTES,
        http_compression=False,
        ping_interval=PING_INTERVAL_S,
        ping_timeout=PING_TIMEOUT_S,
    )
    server.on_error_default(_turned_away)
    Payload.max_decode_packets = PACKETS_A_POST
    app.wsgi_app = Polling(app.wsgi_app, server.server.eio, broadcaster.hang_up)  # type: ignore[method-assign]
    return Sockets(server, broadcaster.farewell)


def _turned_away(error: Exception) -> bool:
    """Answer a handler that failed: a client that wanted in hears « no », and why when it is told to wait."""
    connecting = getattr(request, "event", {}).get("message") == "connect"
    if isinstance(error, HTTPException):
        if connecting:
            raise Refused("refused", {"status": error.code}) from None
        return False
    libraries.error("handler.failed", exc_info=error)
    return False
