"""Headers of every answer, and the origin of every write."""

import gzip
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Request, Response, request

WORTH_PACKING = 1_000
_LEVEL, _PAGE_LEVEL = 4, 6
"""Of gzip. A phone’s page is 1.8 kB smaller for 0.5 ms more; what crowds ask for is kept packed."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' {ws}; form-action 'self'; base-uri 'none'; {frames}"
)
_OF_FILES = "default-src 'none'; frame-ancestors 'none'"
"""Styles, scripts and fonts load nothing; in few bytes, which count in a phone's first page."""
_FRAMES = (
    ("/animer/", "frame-src 'self'; frame-ancestors 'none'"),
    # The projected screen is drawn in small on the desk; there is nothing to press on it.
    ("/ecran/", "frame-ancestors 'self'"),
    ("/", "frame-ancestors 'none'"),
)

SAFE_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    # Not no-referrer: browsers then send « Origin: null » with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
"""What every answer carries, whatever it is."""

EVERY_ANSWER = (*SAFE_HEADERS, ("Cache-Control", "no-store"))
"""The same of an answer that says nothing of itself."""


class SafeHeaders:
    """WSGI middleware that adds the security headers to every response."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer `environ`."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told = {name.lower() for name, _ in headers}
            more = [each for each in EVERY_ANSWER if each[0].lower() not in told]
            return start_response(status, [*headers, *more], exc_info)

        answer: Iterable[bytes] = self._inner(environ, start)
        return answer


def protect(response: Response, request: Request) -> Response:
    """Add the headers that every answer carries."""
    told = response.headers
    more = [] if "Content-Security-Policy" in told else [("Content-Security-Policy", _policy(request))]
    if "Cache-Control" not in told:
        more.append(("Cache-Control", "no-store"))
    told.extend([*more, *SAFE_HEADERS])
    return response


def _policy(request: Request) -> str:
    if request.path.startswith("/static/"):
        return _OF_FILES
    # Older Safari does not take 'self' for a WebSocket: its origin is named.
    ws = f"{'wss' if request.is_secure else 'ws'}://{request.host}"
    frames = next(words for path, words in _FRAMES if request.path.startswith(path))
    return _POLICY.format(ws=ws, frames=frames)


def takes_gzip() -> bool:
    """Tell whether who asks unpacks a page."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def gzipped(page: bytes) -> Response:
    """Return a page that is packed already."""
    return Response(page, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})


_SECRET = re.compile(r"/animer/[^/]+/(pret|liens/[^/]+)|/journee/[^/]+(/[a-z]+)?")
"""Pages with secret links."""


def compressed(response: Response, request: Request) -> Response:
    """Compress a page or an answer worth it: a phone's first page is the same few words many times over."""
    small = response.direct_passthrough or response.is_streamed or len(response.get_data()) < WORTH_PACKING
    if small or "Content-Encoding" in response.headers or _SECRET.fullmatch(request.path):
        return response  # the page with the secret links stays as it is: compressed secrets can be guessed
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return response
    level = _PAGE_LEVEL if response.mimetype == "text/html" else _LEVEL
    response.set_data(gzip.compress(response.get_data(), level, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def same_origin(environ: Mapping[str, Any], public_url: str = "") -> bool:
    """Tell whether a write or a socket comes from one of our own pages.

    The host is the one the browser asked for; forwarded headers are not believed. On a hosted server the
    public address is the only one that counts.
    """
    origin = environ.get("HTTP_ORIGIN", "")
    if not origin:
        return environ.get("HTTP_SEC_FETCH_SITE", "same-origin") in ("same-origin", "none")
    if public_url:
        return bool(origin == public_url)
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc == environ.get("HTTP_HOST", "")
