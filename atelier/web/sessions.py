"""Flask's signed cookie. A phone sends the same one with every act: it is verified once, then recognised."""

from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from atelier.limits import COOKIE_KEPT_S, COOKIES_BYTES
from atelier.web.lru import LRUCache

_TIMES_TEXT = 8
"""What a cookie takes in memory, its key included, by its length (6 with tracemalloc, more where it is compressed)."""


class Sessions(SecureCookieSessionInterface):
    """Whoever writes into a session replaces its parts, so that what is kept here stays as it was signed."""

    def __init__(self) -> None:
        self._known: LRUCache[str, dict[str, Any]] = LRUCache(COOKIES_BYTES, COOKIE_KEPT_S)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie says, nothing when it is not ours."""
        told = request.cookies.get(self.get_cookie_name(app), "")
        known = self._known.get(told)
        if known is not None:
            return self.session_class(known)
        opened = super().open_session(app, request)
        if opened:
            self._known.put(told, dict(opened), _TIMES_TEXT * len(told))
        return opened
