"""A cast of complete simulated phones: outbox, replica of the page, somebody out of reach for a while.

They tell what each screen shows otherwise than its page loaded now.
"""

import asyncio
import time
from typing import Any

from atelier.demo.cast import WALL, Cast, code_in
from atelier.demo.script import DESK, Cue
from tests.support.simulation.browser import Browser
from tests.support.simulation.phone import Phone

OFFLINE = ("3-cn-1", 1_000.0, 1_240.0)
"""This person's phone is out of reach between these seconds: its acts wait in its outbox, then leave in order."""

PATIENCE_S = 30.0
LAST_WORDS_S = 3.0
APART = frozenset({"desk-undo", "wall-clock", "wall-big-code"})


class Company(Cast):
    """As `Cast`, with whole phones; `desk` is a browser to facilitate with."""

    def __init__(self, base: str, create_key: str = "", answers_first: bool = False) -> None:
        self.desk = Browser(base)
        self.phones: dict[str, Phone] = {}
        self._waiting: list[tuple[Phone, str, Cue, dict[str, Any]]] = []
        super().__init__(base, create_key, answers_first)

    def cookies(self, who: str) -> dict[str, str]:
        """Return the cookies of somebody's browser; none for who has not come yet."""
        if who == DESK:
            return self.desk.cookies
        return dict(self.phones[who].client.cookies) if who in self.phones else {}

    def differences(self) -> dict[str, list[str]]:
        """Let everything arrive, then tell what each screen shows otherwise than its page loaded now."""
        return self.wait(self._compared())

    async def _prepare(self, create_key: str) -> None:
        status, location, _ = self.desk.post("/preparer", self.setup | {"create_key": create_key})
        self.code = code_in(status, location)

    async def _desk_page(self) -> str:
        return await asyncio.to_thread(self.desk.get, f"/animer/{self.code}")

    async def _hang_the_wall(self) -> None:
        self.phones[WALL] = Phone(self._base, self.code, "wall", dict(self.desk.cookies))
        await self.phones[WALL].open_page()

    async def _phase(self) -> str:
        return self.phones[WALL].flags.get("phase", "")

    async def _deliver(self, cue: Cue) -> None:
        who, since, back = OFFLINE
        phone = self.phones.get(who)
        if phone is not None and phone.online == (since <= cue.at < back):
            phone.leave_the_network() if phone.online else phone.find_the_network()
        await self._settle()
        await super()._deliver(cue)

    async def _do(self, cue: Cue, fields: dict[str, Any]) -> None:
        if cue.who == DESK:
            told = await asyncio.to_thread(self.desk.act, self.code, cue.command, **fields)
            self._remember(cue, fields, told["op"])
        elif cue.command == "join":
            self.phones[cue.who] = Phone(self._base, self.code)
            await self.phones[cue.who].join(**fields)
        elif cue.who in self.phones:
            phone = self.phones[cue.who]
            self._waiting.append((phone, phone.do(cue.command, **fields), cue, fields))

    async def _settle(self, everything: bool = False) -> None:
        """Wait for the answers of the acts that were done; of those out of reach only when `everything` is."""
        deadline = time.monotonic() + PATIENCE_S
        while any(everything or phone.online for phone, *_ in self._unanswered()):
            if time.monotonic() > deadline:
                raise TimeoutError("the server does not answer the company's acts")
            await asyncio.sleep(0.002)

    def _unanswered(self) -> list[tuple[Phone, str, Cue, dict[str, Any]]]:
        left = []
        for phone, op, cue, fields in self._waiting:
            answer = phone.answers.get(op)
            if answer is None:
                left.append((phone, op, cue, fields))
            elif answer.kind == "refused":
                self.refused.append(f"{cue.who}, {cue.command} : {answer.message}")
            else:
                self._remember(cue, fields, op)
        self._waiting = left
        return left

    async def _compared(self) -> dict[str, list[str]]:
        for phone in self.phones.values():
            if not phone.online:
                phone.find_the_network()
        await self._settle(everything=True)
        deadline = time.monotonic() + PATIENCE_S
        await asyncio.sleep(0.3)
        while not all(phone.at_rest() for phone in self.phones.values()) and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        # Who is connected is told at most once a second: some screens may be about to hear of it.
        heard_by = time.monotonic() + LAST_WORDS_S
        while found := await self._found():
            if time.monotonic() > heard_by:
                return found
            await asyncio.sleep(0.2)
        return found

    async def _found(self) -> dict[str, list[str]]:
        found = {who: await phone.differences(APART) for who, phone in self.phones.items()}
        return {who: wrong for who, wrong in found.items() if wrong}

    async def _close(self) -> None:
        for phone in self.phones.values():
            await phone.close()
        await super()._close()
