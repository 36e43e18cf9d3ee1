"""One phone, minus its screen: cookie, outbox, socket, catching up, and a replica of its page.

A wall or a desk is the same with another audience. Everything here runs on one asyncio loop.
"""

import asyncio
import contextlib
import json
import random
import re
import secrets
import time
from typing import Any

from atelier.demo.client import TIMEOUT_S, EventSocket, HTTPClient
from tests.support.simulation.core import PhoneCore
from tests.support.simulation.outbox import Entry, Meaning, meaning_of
from tests.support.simulation.reader import Message, Reader
from tests.support.simulation.replica import Replica

SILENCE_S = 4.5
"""As long without a sign of the server, and the connection is made anew."""

RETRY_S, LONGEST_RETRY_S = 0.3, 2.5
PAGES = {"phone": "a", "wall": "ecran", "desk": "animer"}
_BODY = re.compile(r"<body\b[^<>]*>")
_FAILURES = (OSError, TimeoutError, ValueError)


class Phone:
    """Opens its page, then listens and sends until it is closed."""

    def __init__(
        self, base: str, code: str, audience: str = "phone", cookies: dict[str, str] | None = None
    ) -> None:
        self.client = HTTPClient(base, cookies if cookies is not None else {})
        self.code, self.audience, self.group = code, audience, 0
        self.answers: dict[str, Meaning] = {}
        self._core: PhoneCore | None = None
        self._replica: Replica | None = None
        self._listening: EventSocket | None = None
        self._last_sign = 0.0
        self._online, self._wake = asyncio.Event(), asyncio.Event()
        self._online.set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def join(self, trade: str, group: int, name: str) -> None:
        """Come in by the QR code's door, repeating until it is done. Raises PermissionError when refused."""
        act = Entry(secrets.token_hex(16), "join", {"trade": trade, "group": group, "name": name})
        while True:
            with contextlib.suppress(*_FAILURES):
                await self.client.get(f"/r/{self.code}?metier={trade}")
                meaning = await self._post(act)
                if meaning.kind == "refused":
                    raise PermissionError(meaning.message)
                if meaning.kind == "saved":
                    break
            await asyncio.sleep(RETRY_S + random.random())
        await self.open_page()

    async def open_page(self) -> None:
        """Load the page, then follow what changes."""
        page = await self.page()
        told = _body(page)
        self.group = int(told["group"])
        self._replica = Replica(page)
        self._core = PhoneCore(Reader(int(told["seq"]), told["head"]))
        for work in (self._listen(), self._send(), self._watch()):
            self._begin(work)

    async def page(self) -> str:
        """The page as the server draws it now."""
        answer = await self.client.get(f"/{PAGES[self.audience]}/{self.code}")
        if answer.status != 200:
            raise PermissionError(f"{self.audience}: {answer.status}")
        return answer.body.decode()

    def do(self, command: str, **fields: Any) -> str:
        """Put one act into the outbox; return its operation id, the key of `answers` once there is one."""
        op = secrets.token_hex(16)
        self.core.outbox.add(Entry(op, command, fields, int(time.time() * 1000)))
        self._wake.set()
        return op

    def leave_the_network(self) -> None:
        """Out of reach: what is done now waits."""
        self._online.clear()
        self._hang_up()

    def find_the_network(self) -> None:
        """In reach again."""
        self._online.set()
        self.core.outbox.hurry()
        self._wake.set()

    @property
    def core(self) -> PhoneCore:
        """What it knows; only once its page was opened."""
        if self._core is None:
            raise RuntimeError("the page is not open")
        return self._core

    @property
    def flags(self) -> dict[str, str]:
        """The `data-…` attributes of its page's body."""
        return self._replica.flags if self._replica else {}

    @property
    def online(self) -> bool:
        """Whether it is in reach."""
        return self._online.is_set()

    def at_rest(self) -> bool:
        """Tell whether nothing waits: no act, no question, and it listens."""
        reader = self.core.reader
        waits = any(entry.state == "waiting" for entry in self.core.outbox.queue)
        return self._heard_position() and not (waits or reader.behind or reader.asking or reader.unsure)

    async def differences(self, apart: frozenset[str] = frozenset()) -> list[str]:
        """What this screen shows otherwise than its page loaded now."""
        everything = (await self._since(0, "")).json()
        return self._replica.differences(await self.page(), everything, apart) if self._replica else []

    async def close(self) -> None:
        """Hang up for good."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._hang_up()

    def _heard_position(self) -> bool:
        return self._listening is not None and not self._listening.ended.is_set() and self.core.verified

    def _begin(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _hang_up(self) -> None:
        if self._listening is not None:
            self._listening.close()
        self.client.hang_up()

    async def _listen(self) -> None:
        tries = 0
        while True:
            await self._online.wait()
            try:
                auth = {"code": self.code, "audience": self.audience, "group": self.group}
                self.core.connected()
                self._listening = await EventSocket.connect(self.client, auth, self._told)
                self._last_sign, tries = time.monotonic(), 0
                await self._listening.ended.wait()
            except _FAILURES:
                tries += 1
            longest = min(LONGEST_RETRY_S, RETRY_S * 2**tries)
            await asyncio.sleep(longest * (0.5 + random.random() / 2))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            if self._listening is not None and time.monotonic() - self._last_sign > SILENCE_S:
                self._listening.close()

    def _told(self, event: str) -> None:
        self._last_sign = time.monotonic()
        name, body = json.loads(event)
        if name == "workshop:changed":
            self._show(self.core.heard(body))
        elif name == "workshop:position":
            self._show(self.core.told(body["seq"], body["head"]))
        self._follow_up()

    def _show(self, messages: tuple[Message, ...]) -> None:
        for message in messages:
            if self._replica is not None:
                self._replica.apply(message)

    def _follow_up(self) -> None:
        self._wake.set()
        wanted = self.core.ask() if self.online else None
        if wanted is not None:
            self._begin(self._catch_up(*wanted))

    async def _catch_up(self, seq: int, head: str) -> None:
        try:
            answer = await self._since(seq, head)
            if answer.status != 200:
                raise ConnectionError(f"depuis: {answer.status}")
            self._show(self.core.caught_up(answer.json()))
        except _FAILURES:
            self.core.unanswered()
            await asyncio.sleep(RETRY_S + random.random())
        self._follow_up()

    async def _since(self, seq: int, head: str) -> Any:
        where = f"audience={self.audience}&group={self.group}&seq={seq}&head={head}"
        return await self.client.get(f"/a/{self.code}/depuis?{where}")

    async def _send(self) -> None:
        while True:
            await self._online.wait()
            self._wake.clear()
            entry, wait_ms = self.core.next_act(time.monotonic() * 1000)
            if entry is None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait_ms / 1000 or TIMEOUT_S):
                        await self._wake.wait()
                continue
            try:
                meaning = await self._post(entry)
            except _FAILURES:
                meaning = meaning_of(0, None)
            now = time.monotonic() * 1000
            self.core.outbox.answered(entry, meaning, now, random.random())
            if meaning.kind in ("saved", "refused"):
                self.answers[entry.op] = meaning

    async def _post(self, entry: Entry) -> Meaning:
        if not self.online:
            raise ConnectionError("out of reach")
        fields = {"command": entry.command, "op": entry.op, **entry.fields}
        answer = await self.client.post(f"/a/{self.code}/actes", fields)
        return meaning_of(answer.status, answer.json())


def _body(page: str) -> dict[str, str]:
    """The `data-…` attributes of a page's body."""
    found = _BODY.search(page)
    return dict(re.findall(r'\sdata-([\w-]+)="([^"]*)"', found[0] if found else ""))
