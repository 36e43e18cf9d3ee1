"""A phone or a desk without a screen: keeps its cookie, follows the door, posts acts. Standard library only."""

import http.client
import http.cookiejar
import json
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

TIMEOUT_S = 30
INSIST_S = 120
"""How long an act is sent again to a server that does not answer: it may be starting, or gone for good."""


class NotTaken(Exception):  # noqa: N818
    """The server refused an act; the message is its own sentence."""


class Browser:
    """One person's browser, talking to a server at `base`."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._jar), _NoRedirect()
        )

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies this browser holds, by name."""
        return {cookie.name: cookie.value or "" for cookie in self._jar}

    def get(self, path: str) -> str:
        """Return a page. Raises urllib's HTTPError."""
        with self._opener.open(self.base + path, timeout=TIMEOUT_S) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, Any], accept: str = "text/html") -> tuple[int, str, str]:
        """Send a form; return status, where it leads, and the body. That of « Préparer » is opened before."""
        if path == "/preparer" and not self._jar:
            self.get(path)
        data = urllib.parse.urlencode(fields).encode()
        headers = {"Origin": self.base, "Accept": accept}
        request = urllib.request.Request(self.base + path, data=data, headers=headers)  # noqa: S310 - our server
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Location", ""), error.read().decode()

    def download(self, path: str, fields: dict[str, Any]) -> bytes:
        """Send a form and return the file that comes back. Raises urllib's HTTPError."""
        data = urllib.parse.urlencode(fields).encode()
        headers = {"Origin": self.base}
        request = urllib.request.Request(self.base + path, data=data, headers=headers)  # noqa: S310 - our server
        with self._opener.open(request, timeout=4 * TIMEOUT_S) as answer:
            return bytes(answer.read())

    def act(self, code: str, command: str, **fields: Any) -> dict[str, Any]:
        """Send one act until it is answered; return the answer. Raises NotTaken when it is refused, or OSError."""
        body = {"command": command, "op": fields.pop("op", None) or secrets.token_urlsafe(16), **fields}
        end = time.monotonic() + INSIST_S
        while True:
            try:
                status, _, text = self.post(f"/a/{code}/actes", body, "application/json")
            except (OSError, http.client.HTTPException):
                if time.monotonic() > end:
                    raise
                time.sleep(0.5)
                continue
            told: dict[str, Any] = json.loads(text)
            if status == http.HTTPStatus.OK:
                return told | {"op": body["op"]}
            if status != http.HTTPStatus.TOO_MANY_REQUESTS or time.monotonic() > end:
                raise NotTaken(f"{command}: {told.get('message')}")
            time.sleep(told["retry_after_ms"] / 1000)

    def join(self, code: str, trade: str, group: int, name: str) -> None:
        """Come in by the door that the QR code opens."""
        try:
            self.get(f"/r/{code}?metier={trade}")
        except urllib.error.HTTPError as error:
            if error.code != http.HTTPStatus.SEE_OTHER:
                raise
        self.act(code, "join", trade=trade, group=group, name=name)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """An act's 303 is an answer, not a way to follow."""


def reachable(base: str) -> bool:
    """Tell whether a server answers at `base`."""
    try:
        Browser(base).get("/etat")
    except (OSError, urllib.error.URLError):
        return False
    return True
