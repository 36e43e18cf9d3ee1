"""HTTP on threads: Werkzeug's server and its reading of requests, with answers that keep the connection open."""

import contextlib
import http
import io
import logging
import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from atelier.limits import HEAD_S, KEEP_THREADS_S, LEFTOVER_BYTES, LEFTOVER_S

log = logging.getLogger("atelier.serving")


class Body(io.RawIOBase):
    """The body of one request, and not a byte of the next one."""

    def __init__(self, stream: Any, left: int) -> None:
        self._stream, self.left = stream, left

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some of what is left."""
        count: int = self._stream.readinto1(memoryview(buffer)[: self.left]) if self.left else 0
        self.left -= count
        return count


class Answer:
    """What the program answers, put into HTTP/1.1: `start` is its start_response."""

    def __init__(self, handler: "Handler", body: Body | None) -> None:
        self._handler, self._body = handler, body
        self._status, self._headers = "", [("", "")]
        self._chunked = False
        self.begun = False

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Note status and headers; they leave with the first bytes."""
        if exc_info is not None and self.begun:
            raise exc_info[1]
        self._status, self._headers = status, headers
        return self.write

    def write(self, data: bytes) -> None:
        """Send a part of the body."""
        head = b"" if self.begun else self._head()
        if self._chunked and data:
            data = b"%x\r\n%s\r\n" % (len(data), data)
        if head or data:
            self._handler.wfile.write(head + data)

    def end(self) -> None:
        """Send what is still owed."""
        if not self.begun:
            self.write(b"")
        if self._chunked:
            self._handler.wfile.write(b"0\r\n\r\n")

    def _head(self) -> bytes:
        self.begun = True
        handler = self._handler
        given = {name.lower(): value for name, value in self._headers}
        bare = handler.command == "HEAD" or self._status[:3] in ("204", "304")
        if "content-length" not in given and not bare:
            self._chunked = True
            self._headers = [*self._headers, ("Transfer-Encoding", "chunked")]
        lines = [f"HTTP/1.1 {self._status}", f"Date: {handler.date_time_string()}"]
        lines += [f"{name}: {value}" for name, value in self._headers]
        # What the program did not read of a body could be taken for the next request.
        if self._body is None or self._body.left or given.get("connection", "").lower() == "close":
            handler.close_connection = True
        if handler.close_connection and "connection" not in given:
            lines.append("Connection: close")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


class Handler(WSGIRequestHandler):
    """One connection, kept open between requests; writes no address into any log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = HEAD_S

    def handle_one_request(self) -> None:
        """Wait for a request, not as long for the first as between two."""
        super().handle_one_request()
        if not self.close_connection:
            self.connection.settimeout(KEEP_THREADS_S)

    def run_wsgi(self) -> None:
        """Answer one request."""
        environ = self.make_environ()
        answer = Answer(self, self._body_of(environ))
        try:
            self._run(self.server.app(environ, answer.start), answer)
        except (ConnectionError, TimeoutError):  # a phone that hung up, or a WebSocket that is over
            self.close_connection = True
        except Exception:
            log.exception("request.failed")
            self.close_connection = True
            if not answer.begun:
                self._apologise()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Codes, keys and names stand in addresses: nothing is logged of a request."""

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """A phone that hangs up is no news."""
        log.debug("connection.ended")

    def _run(self, parts: Iterable[bytes], answer: Answer) -> None:
        try:
            for part in parts:
                answer.write(part)
            answer.end()
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        if self.close_connection:
            self._see_out()

    def _body_of(self, environ: dict[str, Any]) -> Body | None:
        """Let the program read this request's body only; None when nobody can tell how long it is."""
        length = environ.get("CONTENT_LENGTH") or "0"
        if "HTTP_TRANSFER_ENCODING" in environ or not (length.isascii() and length.isdigit()):
            return None
        self.connection.settimeout(HEAD_S)
        body = Body(self.rfile, int(length))
        environ["wsgi.input"] = io.BufferedReader(body)
        return body

    def _see_out(self) -> None:
        """Throw away what is left of a refused body: the system would reset the connection, and the refusal with it."""
        if "content-length" not in self.headers and "transfer-encoding" not in self.headers:
            return
        end, left = time.monotonic() + LEFTOVER_S, LEFTOVER_BYTES
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            while left > 0 and (patience := end - time.monotonic()) > 0:
                self.connection.settimeout(patience)
                data = self.connection.recv(1 << 16)
                if not data:
                    return
                left -= len(data)

    def _apologise(self) -> None:
        status = http.HTTPStatus.INTERNAL_SERVER_ERROR
        with contextlib.suppress(OSError):
            self.wfile.write(
                f"HTTP/1.1 {status} {status.phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
            )


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is no news either."""
        log.debug("connection.broke")


class ThreadServer:
    """Serves on a socket that listens already."""

    def __init__(self, listener: socket.socket, app: Any) -> None:
        host, port = listener.getsockname()[:2]
        self._server = _Server(host, port, app, handler=Handler, fd=listener.fileno())

    def start(self) -> None:
        """Answer from now on."""
        threading.Thread(target=self._server.serve_forever, args=(0.2,), name="http", daemon=True).start()

    def stop(self) -> None:
        """Take no more connections."""
        self._server.shutdown()
        self._server.server_close()
