"""Static files by their hash: cached for good, compressed once, served before anything else is asked of the program."""

from collections.abc import Callable, Iterable
from typing import Any

from atelier.web.http.security import SAFE_HEADERS
from atelier.web.render.assets import Asset, Assets

PREFIX = "/static/"
_FOREVER = [
    ("Cache-Control", "public, max-age=31536000, immutable"),
    ("Vary", "Accept-Encoding"),
    *SAFE_HEADERS,
]


class StaticFiles:
    """In front of a WSGI program: answers what it has, and hands everything else over.

    A plenary asks for some ten thousand of these in a few seconds; each answer was made at the start.
    """

    def __init__(self, inner: Any, assets: Assets) -> None:
        self._inner, self._assets = inner, assets

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer `environ`."""
        asset = self._asked(environ)
        if asset is None:
            answer: Iterable[bytes] = self._inner(environ, start_response)
            return answer
        packed = asset.gzipped if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else None
        body = packed or asset.body
        headers = [("Content-Type", asset.content_type), ("Content-Length", str(len(body))), *_FOREVER]
        if packed:
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _asked(self, environ: dict[str, Any]) -> Asset | None:
        path = environ["PATH_INFO"]
        if not path.startswith(PREFIX) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        digest, _, name = path[len(PREFIX) :].partition("/")
        return self._assets.find(digest, name)
