"""The company: plays the cues on a running server, one phone a person, the desk and a wall included."""

import asyncio
import threading
import time
import urllib.error
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from atelier.doctrines.loading import load
from atelier.rehearsal.browser import Browser
from atelier.rehearsal.phone import Phone
from atelier.rehearsal.play import DESK, Cue, Play, content

OFFLINE = ("3-cn-1", 1_000.0, 1_240.0)
"""This person's phone is out of reach between these seconds: its acts wait in its outbox, then leave in order."""

WALL = "wall"
PATIENCE_S = 30.0
LAST_WORDS_S = 3.0
APART = frozenset({"desk-undo", "wall-clock"})

T = TypeVar("T")
Until = Callable[[Cue], bool]


class Company:
    """Prepares a workshop and plays it. Its phones live on a loop of their own; call from any thread."""

    def __init__(self, base: str, create_key: str = "") -> None:
        self._base = base
        self.told = content()
        self.desk = Browser(base)
        self.phones: dict[str, Phone] = {}
        self.refused: list[str] = []
        self._named: dict[str, str] = {}
        self._waiting: list[tuple[Phone, str, Cue, dict[str, Any]]] = []
        self.code = self._prepare(create_key)
        self.cues = Play(self.told, [action.id for action in load("articulation").actions]).cues()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="company", daemon=True)
        self._thread.start()
        self._wait(self._hang_the_wall())

    def run(self, speed: float, until: Until = lambda cue: False) -> list[Cue]:
        """Play at `speed` (60: an hour in a minute; 0: without waiting) up to `until`; return what is left to play."""
        self._wait(self._play(speed, until))
        return self.cues

    def follow(self, speed: float) -> None:
        """Play what is left as somebody else facilitates: people do what belongs to a phase once it is opened."""
        self._wait(self._follow(speed))

    def cookies(self, who: str) -> dict[str, str]:
        """The cookies of somebody's browser; none for who has not come yet."""
        if who == DESK:
            return self.desk.cookies
        return dict(self.phones[who].wire.cookies) if who in self.phones else {}

    def differences(self) -> dict[str, list[str]]:
        """Let everything arrive, then tell what each screen shows otherwise than its page loaded now."""
        return self._wait(self._compared())

    def saved(self) -> int:
        """How many acts of phones were acknowledged."""
        return sum(len(phone.core.outbox.kept) for phone in self.phones.values())

    def close(self) -> None:
        """Hang up everywhere."""
        for phone in self.phones.values():
            self._wait(phone.close())
        self._wait(asyncio.sleep(0.05))  # the connections' last words
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _prepare(self, create_key: str) -> str:
        fields = {name: self.told[name] for name in ("title", "place", "territory", "organiser")}
        status, location, text = self.desk.post("/preparer", fields | {"create_key": create_key})
        if "/animer/" not in location:
            raise RuntimeError(f"the server did not prepare the rehearsal ({status}): {text[:200]}")
        return location.split("/")[2]

    async def _hang_the_wall(self) -> None:
        self.phones[WALL] = Phone(self._base, self.code, "wall", dict(self.desk.cookies))
        await self.phones[WALL].open_page()

    async def _play(self, speed: float, until: Until) -> None:
        started, first = time.monotonic(), self.cues[0].at if self.cues else 0.0
        while self.cues and not until(self.cues[0]):
            cue = self.cues.pop(0)
            await _pause(speed, cue.at - first, started)
            await self._deliver(cue)

    async def _follow(self, speed: float) -> None:
        while self.cues:
            opening = self.cues.pop(0)
            if opening.command != "open-phase":
                continue
            phase = opening.fields["phase"]
            while self._phase() != phase:
                await asyncio.sleep(0.3)
            started = time.monotonic()
            while self.cues and self.cues[0].command != "open-phase" and self._phase() == phase:
                cue = self.cues.pop(0)
                if cue.who != DESK:
                    await _pause(speed, cue.at - opening.at, started)
                    await self._deliver(cue)

    def _phase(self) -> str:
        return self.phones[WALL].flags.get("phase", "")

    async def _deliver(self, cue: Cue) -> None:
        who, since, back = OFFLINE
        phone = self.phones.get(who)
        if phone is not None and phone.online == (since <= cue.at < back):
            phone.leave_the_network() if phone.online else phone.find_the_network()
        await self._settle()
        fields = {name: self._resolved(value) for name, value in cue.fields.items()}
        if None in fields.values():
            return  # supports a text that is still in somebody's outbox
        if cue.who == DESK:
            await asyncio.to_thread(self.desk.act, self.code, cue.command, **fields)
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
            elif cue.named:
                self._named[f"@{fields['group']}/{cue.named}"] = op
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

    def _resolved(self, value: Any) -> Any:
        return self._named.get(value) if isinstance(value, str) and value.startswith("@") else value


async def _pause(speed: float, after: float, started: float) -> None:
    if speed:
        await asyncio.sleep(max(0.0, after / speed - (time.monotonic() - started)))


def reachable(base: str) -> bool:
    """Tell whether a server answers at `base`."""
    try:
        Browser(base).get("/etat")
    except (OSError, urllib.error.URLError):
        return False
    return True
