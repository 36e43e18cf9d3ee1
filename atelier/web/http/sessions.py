"""The signed cookie: who a browser is. Signed without a time, so that no clock makes anybody a stranger."""

from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeSerializer

from atelier.limits import COOKIE_KEPT_S, COOKIES_BYTES
from atelier.runtime.lru import LRUCache

SALT = "atelier.session"
"""Not Flask's: what is signed with a time can never be taken for what is signed without."""
_TIMES_TEXT = 8
"""What a cookie takes in memory, its key included, by its length (6 with tracemalloc, more where it is compressed)."""


class Sessions(SecureCookieSessionInterface):
    """A phone sends the same cookie with every act: it is verified once, then recognised.

    Whoever writes into a session replaces its parts, so that what is kept here stays as it was signed.
    """

    def __init__(self) -> None:
        self._known: LRUCache[str, dict[str, Any]] = LRUCache(COOKIES_BYTES, COOKIE_KEPT_S)
        self._signing: URLSafeSerializer | None = None

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie says, nothing when it is not ours."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        content = self._known.get(cookie)
        if content is None:
            content = self._verified(app, cookie) if cookie else {}
            if content:
                self._keep(cookie, content)
        return self.session_class(content)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie when it changed. How long it lives is counted by the browser's clock, not by ours."""
        if session.accessed:
            response.vary.add("Cookie")
        if not session or not self.should_set_cookie(app, session):
            return
        content = dict(session)
        signed = str(self._serializer(app).dumps(content))
        self._keep(signed, content)
        response.set_cookie(
            self.get_cookie_name(app),
            signed,
            max_age=app.permanent_session_lifetime,
            httponly=self.get_cookie_httponly(app),
            secure=self.get_cookie_secure(app),
            samesite=self.get_cookie_samesite(app),
        )

    def _keep(self, cookie: str, content: dict[str, Any]) -> None:
        self._known.put(cookie, content, _TIMES_TEXT * len(cookie))

    def _verified(self, app: Flask, cookie: str) -> dict[str, Any]:
        timed = self.get_signing_serializer(app)  # Flask's own: until December 2026 cookies were signed so
        for serializer in (self._serializer(app), timed):
            try:
                return dict(serializer.loads(cookie)) if serializer else {}
            except BadData:
                continue
        return {}

    def _serializer(self, app: Flask) -> URLSafeSerializer:
        if self._signing is None:  # asking each time costs more than to sign
            self._signing = URLSafeSerializer(
                app.config["SECRET_KEY"],
                salt=SALT,
                serializer=self.serializer,
                signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
            )
        return self._signing
