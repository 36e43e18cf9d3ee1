"""WSGI middleware that validates and paces polling requests before engine.io sees them, one at a time."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from atelier.limits import MESSAGE_BYTES
from atelier.live.transport.pace import Pace, beyond_patience, weight
from atelier.live.transport.packets import Malformed, packets_of

PATH = "/socket.io/"
HangUp = Callable[[str, str], None]


class Polling:
    """Middleware in front of Socket.IO's. `hang_up(sid, why)` ends a session."""

    def __init__(self, inner: Any, engine: Any, hang_up: HangUp) -> None:
        self._inner, self._engine, self._hang_up = inner, engine, hang_up

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request, or hand it on."""
        if not environ["PATH_INFO"].startswith(PATH):
            return self._inner(environ, start_response)
        session = self._session(environ)
        refusal = _refusal(environ, session)
        if refusal:
            return _answer(start_response, refusal)
        if session is None or _is_websocket(environ):
            return self._inner(environ, start_response)
        return self._of_session(session, environ, start_response)

    def _session(self, environ: dict[str, Any]) -> Any:
        asked = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])
        return self._engine.sockets.get(asked[0])

    def _of_session(self, session: Any, environ: dict[str, Any], start_response: Any) -> Any:
        try:
            return self._listen(session, environ, start_response)
        except Malformed as fault:
            self._hang_up(session.sid, str(fault))
            return _answer(start_response, "400 Bad Request")
        except OSError:  # the body never came to its end
            self._hang_up(session.sid, "body")
            return _answer(start_response, "408 Request Timeout")

    def _listen(self, session: Any, environ: dict[str, Any], start_response: Any) -> Any:
        method = environ["REQUEST_METHOD"]
        busy: set[str] = session.__dict__.setdefault("busy", set())
        if method in busy:  # as engine.io's own server has it: a page asks and tells once at a time
            raise Malformed("two at once")
        busy.add(method)
        try:
            self._pause(session, self._told(environ) if method == "POST" else 1)
            return self._inner(environ, start_response)
        finally:
            busy.discard(method)

    def _told(self, environ: dict[str, Any]) -> float:
        """Validate the body and put it back for engine.io; return its weight in tokens. Raises Malformed."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        packets = packets_of(body)
        environ["wsgi.input"] = io.BytesIO(body)
        return sum(weight(len(each)) for each in packets)

    def _pause(self, session: Any, told: float) -> None:
        pace: Pace = session.__dict__.setdefault("pace", Pace())
        wait_s = pace.spend(told)
        if beyond_patience(wait_s):
            raise Malformed("flood")
        if wait_s:
            self._engine.sleep(wait_s)


def _refusal(environ: dict[str, Any], session: Any) -> str:
    """Return the HTTP status of a request to refuse unread, "" for others."""
    if environ["REQUEST_METHOD"] == "POST" and not _small(environ):
        return "413 Content Too Large"
    if session is not None and session.upgrading and _is_websocket(environ):  # one try at a time
        return "400 Bad Request"
    return ""


def _answer(start_response: Any, status: str) -> list[bytes]:
    start_response(status, [("Content-Length", "0"), ("Connection", "close")])
    return []


def _is_websocket(environ: dict[str, Any]) -> bool:
    # As engine.io reads it: whatever else it is taken for, it is a poll.
    connection = [each.strip() for each in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    asks = environ.get("HTTP_UPGRADE", "").lower() == "websocket" and "upgrade" in connection
    return asks and environ["REQUEST_METHOD"] == "GET"


def _small(environ: dict[str, Any]) -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return length.isascii() and length.isdigit() and 0 < int(length) <= MESSAGE_BYTES
