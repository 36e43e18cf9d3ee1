"""Makes the Socket.IO server, with this transport when its libraries are as it knows them, with theirs otherwise."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask
from flask_socketio import SocketIO

from atelier.concurrency import greenlets
from atelier.limits import MESSAGE_BYTES, PING_INTERVAL_S, PING_TIMEOUT_S
from atelier.live.transport import pins
from atelier.live.transport.broadcaster import Broadcaster

OWN, STOCK = "direct", "stock"

log = logging.getLogger("atelier.live.transport")


class Sockets(NamedTuple):
    """The server, which transport it runs (`direct` or `stock`), and how to take leave of its clients."""

    server: SocketIO
    transport: str
    farewell: Callable[[], None]


def open_sockets(app: Flask, allowed: Callable[..., bool]) -> Sockets:
    """Put Socket.IO into `app`. `allowed(origin, environ)` says from which pages a socket may come."""
    lacking = pins.missing()
    broadcaster = None if lacking else Broadcaster(greenlets())
    if lacking:
        log.warning("transport.stock: %s", ", ".join(lacking))
    server = SocketIO(
        app,
        async_mode="gevent" if greenlets() else "threading",
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
    if broadcaster is None:
        return Sockets(server, STOCK, lambda: None)
    return Sockets(server, OWN, broadcaster.farewell)


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
