"""HTTP server on gevent.pywsgi, with a deadline for each part of a request and no access log."""

import contextlib
import io
import logging
import socket
import time
from collections.abc import Iterator, Sequence
from typing import Any

from gevent.pywsgi import Input, WSGIHandler, WSGIServer

from atelier.limits import (
    BODY_S,
    HEAD_BYTES,
    HEAD_S,
    KEEP_ALIVE_S,
    LEFTOVER_BYTES,
    LEFTOVER_S,
    MESSAGE_BYTES,
    READ_AHEAD_BYTES,
)
from atelier.serving.head import Headers, headers_in
from atelier.web.http.security import EVERY_ANSWER

log = logging.getLogger("atelier.serving")


class DeadlineReader(io.RawIOBase):
    """Raw reader of a socket until a deadline, against slow-drip clients. Raises TimeoutError beyond it."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket, self._deadline = connection, 0.0

    def allow(self, seconds: float) -> None:
        """Set the deadline."""
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer` what has arrived; wait until the deadline. Raises TimeoutError."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        self._socket.settimeout(left)
        try:
            return self._socket.recv_into(buffer)
        finally:
            self._socket.settimeout(HEAD_S)  # for the answer


class Head:
    """Reader of a request's head, of `HEAD_BYTES` at most. Raises ValueError beyond."""

    def __init__(self, lines: io.BufferedReader) -> None:
        self._lines, self._left = lines, HEAD_BYTES

    def readline(self, size: int = -1) -> bytes:
        """Return the next line."""
        line = self._lines.readline(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(line)
        if self._left <= 0:
            raise ValueError("too long")
        return line


class Body(Input):
    """Reader of a request's body; what the application leaves unread is discarded, up to `LEFTOVER_BYTES`."""

    def __init__(self, reader: DeadlineReader, plain: Input) -> None:
        super().__init__(plain.rfile, plain.content_length, plain.socket)
        self._reader = reader

    @property
    def unread(self) -> bool:
        """True while bytes of the body may still come, which would be taken for the next request."""
        return bool(self.position < (self.content_length or 0))

    def _discard(self) -> None:
        # Called once the answer is sent: with data unread the system would reset the connection, and the answer too.
        self.send_100_continue_enabled = False
        self._reader.allow(LEFTOVER_S)
        left = LEFTOVER_BYTES
        while self.unread and left > 0:
            left -= len(self.read(1 << 14)) or left


class Unreadable(ValueError):  # noqa: N818 - the request is
    """A malformed head; the message is the HTTP status of the answer."""


class Handler(WSGIHandler):
    """One connection, kept open between requests."""

    wsgi_input: Any
    _answered = False

    def __init__(self, sock: socket.socket, address: Any, server: WSGIServer) -> None:
        super().__init__(sock, address, server)
        # gevent's own holds 8 kB for as long as the connection lasts, and each phone keeps two; and it has a deadline
        # for each piece that arrives, not for the whole.
        self.rfile.close()
        self._reader = DeadlineReader(sock)
        self.rfile: Any = io.BufferedReader(self._reader, READ_AHEAD_BYTES)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read_requestline(self) -> str:
        """Wait for the next request, `KEEP_ALIVE_S` at most."""
        self._reader.allow(KEEP_ALIVE_S if self._answered else HEAD_S)
        return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> bool:
        """Read the rest of the head. Raises ValueError."""
        self._reader.allow(HEAD_S)
        try:
            return bool(super().read_request(raw_requestline))
        except OSError:
            raise Unreadable("408 Request Timeout") from None

    def MessageClass(self, lines: Any, *_: Any) -> Headers:  # noqa: N802 - gevent's name
        """Parse the head. Raises ValueError, of which Unreadable on an ambiguous length of the body (smuggling)."""
        headers = headers_in(Head(lines))
        lengths = headers.get_all("content-length")
        if "transfer-encoding" in headers and not lengths:
            raise Unreadable("411 Length Required")
        if "transfer-encoding" in headers or len(lengths) > 1:
            raise Unreadable("400 Bad Request")
        if not all(each.isascii() and each.isdigit() for each in lengths):
            raise Unreadable("400 Bad Request")
        return headers

    def get_environ(self) -> dict[str, Any]:
        """Return the WSGI environment, with the socket itself for WebSockets."""
        environ: dict[str, Any] = super().get_environ()
        plain, self.wsgi_input = self.wsgi_input, Body(self._reader, self.wsgi_input)
        if environ["wsgi.input"] is plain:
            environ["wsgi.input"] = self.wsgi_input
        environ["atelier.socket"] = self.socket
        return environ

    def _headers(self) -> Iterator[tuple[str, str]]:
        return self.headers.environ()

    def handle_one_response(self) -> None:
        """Read a body of the usual size to its end, then let the program answer: it rarely waits for one itself."""
        self._reader.allow(BODY_S)
        try:
            if 0 < (self.content_length or 0) <= MESSAGE_BYTES:
                self.environ["wsgi.input"] = io.BytesIO(self.wsgi_input.read())
        except OSError:
            self.close_connection = True
            self.socket.sendall(_answer("408 Request Timeout"))
            return
        super().handle_one_response()
        self._answered = True
        if self.wsgi_input.unread:
            self.close_connection = True

    def log_request(self) -> None:
        """Log nothing: addresses hold codes, keys and names."""

    def log_error(self, msg: str, *args: Any) -> None:
        """Log failures of the application only, not clients that hang up or send nonsense."""
        log.debug("connection.ended")

    def _log_error(self, kind: Any, value: Any, trace: Any) -> None:
        log.error("request.failed", exc_info=(kind, value, trace))

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        if not isinstance(error, ValueError | OSError):
            log.error("request.unreadable", exc_info=error)
        status = str(error) if isinstance(error, Unreadable) else "400 Bad Request"
        return status[:3], _answer(status)

    def _send_error_response_if_possible(self, code: int) -> None:
        self.close_connection = True
        if not self.response_length:
            with contextlib.suppress(OSError):
                self.socket.sendall(_answer({400: "400 Bad Request"}.get(code, "500 Internal Server Error")))


def _answer(status: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close", "Content-Length: 0"]
    lines += [f"{name}: {value}" for name, value in EVERY_ANSWER]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


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
