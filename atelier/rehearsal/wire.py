"""HTTP/1.1 by hand on asyncio: one browser's cookies and its open connection, light enough for a thousand of them."""

import asyncio
import json
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

TIMEOUT_S = 15.0
"""As long as a phone's outbox waits for an answer."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; None when it is something else (a hotel's Wi-Fi answers with pages)."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass(slots=True)
class Wire:
    """A browser without pages. One request at a time, like a phone's outbox; failures are OSError or TimeoutError."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self, path: str) -> Answer:
        """Ask for `path`; redirections are answers, not followed."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send a form, asking for JSON."""
        return await self._ask("POST", path, urlencode(fields).encode())

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    def headers(self) -> str:
        """The headers that every request of this browser carries, the WebSocket's too."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = f"Host: {urlsplit(self.base).netloc}\r\nOrigin: {self.base}\r\n"
        return told + (f"Cookie: {cookie}\r\n" if cookie else "")

    async def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        async with self._turn:
            kept = self._writer is not None
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    return await self._exchange(method, path, body)
            except _HungUp:
                self.hang_up()
                if not kept:
                    raise
            except BaseException:
                self.hang_up()
                raise
            # The server had closed an idle connection before it read anything: browsers ask again too.
            async with asyncio.timeout(TIMEOUT_S):
                return await self._exchange(method, path, body)

    async def _exchange(self, method: str, path: str, body: bytes | None) -> Answer:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*address(self.base))
        lines = f"{method} {path} HTTP/1.1\r\n{self.headers()}Accept: application/json\r\n"
        if body is not None:
            lines += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self._writer.write(f"{lines}\r\n".encode() + (body or b""))
        status, headers = await head_of(self._reader)
        content = await _body(self._reader, headers, status)
        for cookie in headers.pop("set-cookie", "").splitlines():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        if headers.get("connection", "").lower() == "close":
            self.hang_up()
        return Answer(status, headers, content)


class _HungUp(ConnectionError):  # noqa: N818 - what the other side did
    """The connection ended before the first byte of an answer."""


def address(base: str) -> tuple[str, int]:
    """The host and port of a base address."""
    parts = urlsplit(base)
    return parts.hostname or "localhost", parts.port or 80


async def head_of(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Read the status and the headers of an answer; cookies one a line."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as cut:
        raise (ConnectionResetError if cut.partial else _HungUp)("no answer") from None
    except (ConnectionResetError, BrokenPipeError) as broken:
        raise _HungUp(str(broken)) from None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    headers: dict[str, str] = {}
    for name, _, value in (line.partition(":") for line in lines):
        known = headers.get(name.lower())
        headers[name.lower()] = value.strip() if known is None else f"{known}\n{value.strip()}"
    return int(first.split(" ", 2)[1]), headers


async def _body(reader: asyncio.StreamReader, headers: dict[str, str], status: int) -> bytes:
    if status in (204, 304):
        return b""
    if headers.get("transfer-encoding", "") == "chunked":
        return await _chunks(reader)
    if "content-length" in headers:
        try:
            return await reader.readexactly(int(headers["content-length"]))
        except asyncio.IncompleteReadError:
            raise ConnectionResetError("cut short") from None
    headers["connection"] = "close"
    return await reader.read()


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = bytearray()
    while size := int((await reader.readline()).split(b";")[0], 16):
        found += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readline()
    return bytes(found)
