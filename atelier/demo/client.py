"""A browser without pages, on asyncio: its cookies, one HTTP/1.1 connection, and the reading side of Socket.IO.

Light enough for a thousand of them in one process; tests and benchmarks use it too.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)

TIMEOUT_S = 15.0
"""As long as a phone's outbox waits for an answer."""
CONNECT_S = 10.0


class Answer(NamedTuple):
    """An HTTP answer: status, headers, body."""

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
class HTTPClient:
    """Ask one server, one request at a time. Failures are OSError or TimeoutError."""

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

    def headers(self) -> dict[str, str]:
        """Return the headers that every request of this browser carries, the WebSocket's too."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Origin": self.base} | ({"Cookie": cookie} if cookie else {})

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
            self._reader, self._writer = await asyncio.open_connection(*_address(self.base))
        headers = {"Host": urlsplit(self.base).netloc, "Accept": "application/json"} | self.headers()
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        status, answered = await _head(self._reader)
        content = await _body(self._reader, answered, status)
        for cookie in answered.pop("set-cookie", "").splitlines():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        if answered.get("connection", "").lower() == "close":
            self.hang_up()
        return Answer(status, answered, content)


class NotAdmitted(ConnectionError):  # noqa: N818 - the house says refusals, not errors
    """The server does not let this browser listen."""


class EventSocket(asyncio.Protocol):
    """Socket.IO's reading side over one WebSocket. `heard` gets the JSON of every event, `[name, body]`, as text.

    `ended` is set once the connection is over.
    """

    def __init__(self, client: HTTPClient, auth: dict[str, Any], heard: Callable[[str], None]) -> None:
        self._client, self._auth, self._heard = client, auth, heard
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._transport: asyncio.Transport | None = None
        self._parts: list[str] = []
        self._open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended = asyncio.Event()

    @classmethod
    async def connect(
        cls, client: HTTPClient, auth: dict[str, Any], heard: Callable[[str], None]
    ) -> "EventSocket":
        """Return once the server has let us in. Raises NotAdmitted, OSError or TimeoutError."""
        made = cls(client, auth, heard)
        try:
            async with asyncio.timeout(CONNECT_S):
                loop = asyncio.get_running_loop()
                await loop.create_connection(lambda: made, *_address(client.base))
                await made._open
        except BaseException:
            made.close()
            raise
        return made

    def close(self) -> None:
        """Hang up as a phone does that leaves the room: without a word."""
        if self._transport is not None:
            self._transport.abort()

    def pause(self) -> None:
        """Stop reading, as a phone asleep; what was sent waits in the network."""
        if self._transport is not None and not self.ended.is_set():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read again."""
        if self._transport is not None and not self.ended.is_set():
            self._transport.resume_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the WebSocket."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP is one
        self._transport = transport
        headers = [(name.encode(), value.encode()) for name, value in self._client.headers().items()]
        target = f"/socket.io/?EIO=4&transport=websocket&c={self._auth['code']}"
        host = urlsplit(self._client.base).netloc
        self._write(Request(host=host, target=target, extra_headers=headers))

    def data_received(self, data: bytes) -> None:
        """Read what came in."""
        self._protocol.receive_data(data)
        for event in self._protocol.events():
            self._event(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake the waiters: the connection is gone."""
        if not self._open.done():
            self._open.set_exception(exc or ConnectionResetError("closed before it was open"))
        self.ended.set()

    def _event(self, event: Event) -> None:
        if isinstance(event, TextMessage):
            self._parts.append(event.data)
            if event.message_finished:
                text, self._parts = "".join(self._parts), []
                self._packet(text)
        elif isinstance(event, Ping):
            self._write(event.response())
        elif isinstance(event, RejectConnection):
            self._fail(NotAdmitted(str(event.status_code)))
        elif isinstance(event, CloseConnection):
            self.close()

    def _packet(self, text: str) -> None:
        """Answer engine.io's and Socket.IO's packets: open (0), ping (2), connected (40), gone (41), refused (44)."""
        if text.startswith("42"):
            self._heard(text[2:])
        elif text == "2":
            self._write(TextMessage(data="3"))
        elif text.startswith("40"):
            if not self._open.done():
                self._open.set_result(None)
        elif text.startswith("44"):
            self._fail(NotAdmitted(text[2:]))
        elif text.startswith("0"):
            self._write(TextMessage(data="40" + json.dumps(self._auth)))
        elif text.startswith("41"):
            self.close()

    def _write(self, event: Event) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(self._protocol.send(event))

    def _fail(self, problem: Exception) -> None:
        if not self._open.done():
            self._open.set_exception(problem)
        self.close()


class _HungUp(ConnectionError):  # noqa: N818 - what the other side did
    """The connection ended before the first byte of an answer."""


def _address(base: str) -> tuple[str, int]:
    """The host and port of a base address."""
    parts = urlsplit(base)
    return parts.hostname or "localhost", parts.port or 80


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
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
