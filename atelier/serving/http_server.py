"""HTTP: gevent's server, with deadlines, and without a word about requests in any log."""

import logging
import socket
from collections.abc import Sequence
from typing import Any

from gevent import Timeout
from gevent.pywsgi import WSGIHandler, WSGIServer

from atelier.limits import HEAD_S, KEEP_ALIVE_S, READ_AHEAD_BYTES

log = logging.getLogger("atelier.serving")


class Handler(WSGIHandler):
    """One connection, kept open between requests."""

    def __init__(self, sock: socket.socket, address: Any, server: WSGIServer) -> None:
        super().__init__(sock, address, server)
        # gevent's own holds 8 kB for as long as the connection lasts, and each phone keeps two.
        self.rfile.close()
        self.rfile: Any = sock.makefile("rb", READ_AHEAD_BYTES)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read_requestline(self) -> str:
        """Wait for the next request, for a while."""
        self.socket.settimeout(KEEP_ALIVE_S if self.time_finish else HEAD_S)
        return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> bool:
        """Read the rest of the head, within one deadline however slowly it drips."""
        self.socket.settimeout(HEAD_S)
        with Timeout(HEAD_S, ValueError("too slow")):
            return bool(super().read_request(raw_requestline))

    def get_environ(self) -> dict[str, Any]:
        """Give the program the connection itself: a WebSocket takes it over."""
        return super().get_environ() | {"atelier.socket": self.socket}

    def log_request(self) -> None:
        """Codes, keys and names stand in addresses: nothing is logged of a request."""

    def log_error(self, msg: str, *args: Any) -> None:
        """A phone that hangs up or speaks nonsense is no news."""
        log.debug("connection.ended")

    def _log_error(self, kind: Any, value: Any, trace: Any) -> None:
        log.error("request.failed", exc_info=(kind, value, trace))


class HttpServer:
    """Serves on sockets that listen already."""

    def __init__(self, listeners: Sequence[socket.socket], app: Any) -> None:
        self._servers = [_server(each, app) for each in listeners]

    def start(self) -> None:
        """Answer from now on."""
        for each in self._servers:
            each.start()

    def stop(self) -> None:
        """Take no more connections."""
        for each in self._servers:
            each.stop(timeout=0)


def _server(listener: socket.socket, app: Any) -> WSGIServer:
    # gevent would look its own name up, which takes long in a room without Internet.
    environ = {"SERVER_NAME": listener.getsockname()[0]}
    return WSGIServer(listener, app, log=None, error_log=None, handler_class=Handler, environ=environ)
