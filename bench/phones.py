"""Raw phones for benchmarks: asyncio, one HTTP connection and one WebSocket each, frames counted rather than parsed.

Import this: `Phone` joins, acts and listens against any server at a base address (`http://localhost:8000`), a thousand
of them in one process. The client itself is `atelier/demo/client.py`, shared with `atelier demo`.

    async with room(base, code, 300) as phones: ...     # joined at once, listening
    answer, seconds = await phones[0].place(50, 50)
    when = phones[1].heard_at(answer["seq"])             # time.perf_counter() of the frame that told of it
"""

import asyncio
import bisect
import contextlib
import re
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

from atelier.demo.client import Answer, EventSocket, HTTPClient
from atelier.serving import many_files

_TO = re.compile(r'"to":(\d+)')
"""In the HTML of a message a quotation mark is escaped, so this is only ever the position."""


class Phone:
    """One participant, a desk or a wall: what it was sent is counted, and when each position was first heard of."""

    def __init__(self, base: str, code: str, group: int = 1, audience: str = "phone") -> None:
        self.client = HTTPClient(base)
        self.code, self.group, self.audience = code, group, audience
        self.listening: EventSocket | None = None
        self.frames = self.bytes = self.beats = self.changes = 0
        self.positions: list[int] = []
        self.times: list[float] = []
        self.last_sign = 0.0

    async def join(self, trade: str = "fs") -> float:
        """Come in by the QR code's door; return the seconds it took. Raises RuntimeError when refused."""
        start = time.perf_counter()
        answer = await self.client.get(f"/r/{self.code}?metier={trade}")
        if answer.status not in (200, 303):
            raise RuntimeError(f"door: {answer.status}")
        answer = await self.act("join", trade=trade, group=self.group, name="")
        if answer.status != 200:
            raise RuntimeError(f"join: {answer.status} {answer.body[:200]!r}")
        return time.perf_counter() - start

    async def page(self) -> Answer:
        """Load the phone's page, without its styles and scripts."""
        return await self.client.get(f"/a/{self.code}")

    async def act(self, command: str, **fields: Any) -> Answer:
        """Send one act, once."""
        body = {"command": command, "op": fields.pop("op", None) or secrets.token_hex(16), **fields}
        return await self.client.post(f"/a/{self.code}/actes", body)

    async def place(self, fs: int, cn: int, action: str = "orienter") -> tuple[dict[str, Any], float]:
        """Place a card; return the acknowledgement and the seconds it took."""
        start = time.perf_counter()
        answer = await self.act("place-action", group=self.group, action=action, fs=fs, cn=cn)
        if answer.status != 200:
            raise RuntimeError(f"place-action: {answer.status} {answer.body[:200]!r}")
        return answer.json(), time.perf_counter() - start

    async def listen(self) -> None:
        """Open the WebSocket; return once the server let it in."""
        auth = {"code": self.code, "audience": self.audience, "group": self.group}
        self.listening = await EventSocket.connect(self.client, auth, self._told)

    async def since(self, seq: int, head: str) -> Answer:
        """Ask what changed since a position."""
        group = self.group if self.audience == "phone" else 0
        query = f"audience={self.audience}&group={group}&seq={seq}&head={head}"
        return await self.client.get(f"/a/{self.code}/depuis?{query}")

    def heard_at(self, seq: int) -> float | None:
        """When this phone first heard of a position at or after `seq`, or None."""
        index = bisect.bisect_left(self.positions, seq)
        return self.times[index] if index < len(self.times) else None

    def hang_up(self) -> None:
        """Close everything, without a word."""
        if self.listening is not None:
            self.listening.close()
        self.client.hang_up()

    def _told(self, event: str) -> None:
        self.frames += 1
        self.bytes += len(event)
        self.last_sign = time.perf_counter()
        if event.startswith('["server:beat"'):
            self.beats += 1
        elif event.startswith('["workshop:changed"'):
            self.changes += 1
            found = _TO.search(event)
            if found:
                self.positions.append(int(found[1]))
                self.times.append(self.last_sign)


@contextlib.asynccontextmanager
async def room(
    base: str, code: str, number: int, groups: int = 3, at_once: int = 50
) -> AsyncIterator[list[Phone]]:
    """Seat `number` listening phones, `at_once` at a time, one trade after the other; hang up at the end."""
    many_files()
    phones = [Phone(base, code, n % groups + 1) for n in range(number)]
    gate = asyncio.Semaphore(at_once)

    async def seat(n: int, phone: Phone) -> None:
        async with gate:
            await phone.join(("fs", "cn")[n % 2])
            await phone.listen()

    try:
        await asyncio.gather(*(seat(n, phone) for n, phone in enumerate(phones)))
        yield phones
    finally:
        for phone in phones:
            phone.hang_up()
