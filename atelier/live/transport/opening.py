"""Makes the Socket.IO server with this transport."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask
from flask_socketio import SocketIO

from atelier.limits import MESSAGE_BYTES, PING_INTERVAL_S, PING_TIMEOUT_S
from atelier.live.transport.broadcaster import Broadcaster


class Sockets(NamedTuple):
    """The server, and how to take leave of its clients."""

    server: SocketIO
    farewell: Callable[[], None]


def open_sockets(app: Flask, allowed: Callable[..., bool]) -> Sockets:
    """Put Socket.IO into `app`. `allowed(origin, environ)` says from which pages a socket may come."""
    broadcaster = Broadcaster()
    server = SocketIO(
        app,
        async_mode="gevent",
        async_handlers=False,
        client_manager=broadcaster,
        cors_allowed_origins=allowed,
        cookie=None,
        manage_session=False,
        max_http_buffer_size=MESSAGE_BYTES,
        http_compression=False,
        ping_interval=PING_INTERVAL_S,
        ping_timeout=PING_TIMEOUT_S,
    )
    app.wsgi_app = _SmallPolls(app.wsgi_app)  # type: ignore[method-assign]
    return Sockets(server, broadcaster.farewell)


class _SmallPolls:
    """Refuses oversized polling POSTs, and those that do not say their size, before engine.io reads them."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        polling = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].startswith("/socket.io")
        if not polling or _small(environ):
            return self._inner(environ, start_response)
        start_response("413 Content Too Large", [("Content-Length", "0"), ("Connection", "close")])
        return []


def _small(environ: dict[str, Any]) -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return length.isascii() and length.isdigit() and 0 < int(length) <= MESSAGE_BYTES
