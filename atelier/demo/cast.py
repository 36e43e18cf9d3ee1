"""The simulated room: plays a script on a running server, one light client a person, the desk and a wall included."""

import asyncio
import contextlib
import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from atelier.demo.client import Answer, EventSocket, HTTPClient
from atelier.demo.script import DESK, Cue, Script, content
from atelier.doctrines.loading import load

WALL = "wall"
RETRY_S = 0.5
PHASE_POLL_S = 0.5
OK, TOO_MANY_REQUESTS, UNAVAILABLE = 200, 429, 503

T = TypeVar("T")
Until = Callable[[Cue], bool]


class NotTaken(Exception):  # noqa: N818 - the house says refusals, not errors
    """The server refused an act; the message is its own sentence."""


class Member:
    """Somebody's browser: sends acts, one after the other, and stays connected so that the room counts them."""

    def __init__(
        self, base: str, code: str, audience: str = "phone", cookies: dict[str, str] | None = None
    ) -> None:
        self.client = HTTPClient(base, {} if cookies is None else cookies)
        self.code, self.audience, self.group = code, audience, 0
        self.saved = 0
        self._listening: asyncio.Task[None] | None = None

    async def join(self, trade: str, group: int, name: str) -> None:
        """Come in by the door that the QR code opens. Raises NotTaken."""
        await self._asked(lambda: self.client.get(f"/r/{self.code}?metier={trade}"))
        await self.act("join", trade=trade, group=group, name=name)
        self.group = group
        self.listen()

    async def act(self, command: str, **fields: Any) -> str:
        """Send one act until the server has it; return its operation id. Raises NotTaken when it is refused."""
        body = {"command": command, "op": secrets.token_hex(16), **fields}
        while True:
            answer = await self._asked(lambda: self.client.post(f"/a/{self.code}/actes", body))
            if answer.status == OK:
                self.saved += 1
                return str(body["op"])
            said = answer.json() or {}
            if answer.status not in (TOO_MANY_REQUESTS, UNAVAILABLE):
                raise NotTaken(f"{command} : {said.get('message', answer.status)}")
            await asyncio.sleep(said.get("retry_after_ms", 1_000) / 1_000)

    def listen(self) -> None:
        """Stay connected from now on."""
        self._listening = asyncio.get_running_loop().create_task(self._listen())

    async def close(self) -> None:
        """Hang up for good."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        self.client.hang_up()

    async def _listen(self) -> None:
        auth = {"code": self.code, "audience": self.audience, "group": self.group}
        while True:
            with contextlib.suppress(OSError, TimeoutError):
                socket = await EventSocket.connect(self.client, auth, lambda event: None)
                try:
                    await socket.ended.wait()
                finally:
                    socket.close()
            await asyncio.sleep(RETRY_S * (1 + random.random()))  # noqa: S311 - so that a room does not come at once

    async def _asked(self, ask: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """Ask until there is an answer."""
        while True:
            with contextlib.suppress(OSError, TimeoutError):
                return await ask()
            await asyncio.sleep(RETRY_S)


class Cast:
    """Prepares a workshop and plays it. Its clients live on a loop of their own; call from any thread."""

    def __init__(self, base: str, create_key: str = "", answers_first: bool = False) -> None:
        self._base = base
        self.script = content()
        self.members: dict[str, Member] = {}
        self.refused: list[str] = []
        self.code = ""
        self._named: dict[str, str] = {}
        actions = [action.id for action in load("articulation").actions]
        self.cues = Script(self.script, actions, answers_first).cues()
        self.setup = {name: self.script[name] for name in ("title", "place", "territory", "organiser")}
        self.setup |= {"answers_first": "1"} if answers_first else {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="cast", daemon=True)
        self._thread.start()
        self.wait(self._prepare(create_key))
        self.wait(self._hang_the_wall())

    def run(self, speed: float, until: Until = lambda cue: False) -> list[Cue]:
        """Play at `speed` (60: an hour in a minute; 0: without waiting) up to `until`; return what is left to play."""
        self.wait(self._play(speed, until))
        return self.cues

    def follow(self, speed: float) -> None:
        """Play the rest of the script while a person facilitates: acts of a phase start once it is opened."""
        self.wait(self._follow(speed))

    def facilitators_link(self) -> str:
        """Return the path of a link by which somebody else may facilitate."""
        return self.wait(self._facilitators_link())

    def saved(self) -> int:
        """Return how many acts were acknowledged."""
        return sum(member.saved for member in self.members.values())

    def close(self) -> None:
        """Hang up everywhere."""
        self.wait(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` on the loop; return what it returns."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _prepare(self, create_key: str) -> None:
        desk = self.members[DESK] = Member(self._base, "", DESK)
        await desk.client.get("/preparer")  # gives the cookie, without which nothing is prepared
        answer = await desk.client.post("/preparer", self.setup | {"create_key": create_key})
        self.code = desk.code = code_in(answer.status, answer.headers.get("location", ""))

    async def _facilitators_link(self) -> str:
        desk = self.members[DESK]
        await desk.client.post(f"/animer/{self.code}/cles", {"holder": "facilitator"})
        page = await desk.client.get(f"/animer/{self.code}/pret")
        return last_link(page.body.decode())

    async def _desk_page(self) -> str:
        return (await self.members[DESK].client.get(f"/animer/{self.code}")).body.decode()

    async def _hang_the_wall(self) -> None:
        wall = self.members[WALL] = Member(self._base, self.code, WALL, self.members[DESK].client.cookies)
        wall.listen()

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
            while await self._phase() != phase:
                await asyncio.sleep(PHASE_POLL_S)
            started = time.monotonic()
            while self.cues and self.cues[0].command != "open-phase" and await self._phase() == phase:
                cue = self.cues.pop(0)
                # Who takes the notes is named by whoever facilitates.
                if cue.who != DESK and cue.command != "take-note":
                    await _pause(speed, cue.at - opening.at, started)
                    await self._deliver(cue)

    async def _phase(self) -> str:
        """Return the phase that the wall shows, "" while the server does not answer."""
        with contextlib.suppress(OSError, TimeoutError):
            where = f"/a/{self.code}/depuis?audience={WALL}&seq=0&head="
            answer = (await self.members[WALL].client.get(where)).json() or {}
            return str(answer.get("flags", {}).get("phase", ""))
        return ""

    async def _deliver(self, cue: Cue) -> None:
        fields = {name: self._resolved(value) for name, value in cue.fields.items()}
        if None in fields.values():
            return  # supports a text that was not taken
        if cue.command == "name-rapporteur":
            fields["participant"] = participant_in(await self._desk_page(), **fields)
        try:
            await self._do(cue, fields)
        except NotTaken as refused:
            self.refused.append(f"{cue.who}, {refused}")

    async def _do(self, cue: Cue, fields: dict[str, Any]) -> None:
        if cue.command == "join":
            self.members[cue.who] = Member(self._base, self.code)
            await self.members[cue.who].join(**fields)
        elif cue.who in self.members:
            op = await self.members[cue.who].act(cue.command, **fields)
            self._remember(cue, fields, op)

    async def _close(self) -> None:
        for member in self.members.values():
            await member.close()
        await asyncio.sleep(0.05)  # the connections' last words

    def _remember(self, cue: Cue, fields: dict[str, Any], op: str) -> None:
        if cue.named:
            self._named[f"@{fields.get('group', 0)}/{cue.named}"] = op

    def _resolved(self, value: Any) -> Any:
        return self._named.get(value) if isinstance(value, str) and value.startswith("@") else value


def code_in(status: int, location: str) -> str:
    """Return the code of the workshop that was prepared, from where its answer leads. Raises RuntimeError."""
    if "/animer/" not in location:
        raise RuntimeError(f"le serveur n’a pas préparé l’atelier ({status}).")
    return location.split("/")[2]


def participant_in(page: str, group: int, participant: str) -> str:
    """Return the id of the person with this first name, from the button of the desk that hands them the notes."""
    button = (
        rf'form="desk-rapporteur-{group}"[^>]* value="([^"]+)">[^<]*<span[^>]*> à {re.escape(participant)}<'
    )
    found = re.search(button, page)
    return found[1] if found else ""


def last_link(page: str) -> str:
    """Return the path of the newest facilitator's link on the page of links."""
    found = [
        part.split('"', 1)[0] for part in page.split('value="') if "/animer/" in part and "?cle=" in part
    ]
    return "/animer/" + found[-1].partition("/animer/")[2]


async def _pause(speed: float, after: float, started: float) -> None:
    if speed:
        await asyncio.sleep(max(0.0, after / speed - (time.monotonic() - started)))
