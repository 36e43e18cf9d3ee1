"""A room at work while codes are guessed, over raw HTTP from several addresses of this machine.

`python -m tests.attacks.guessing` prints how long acts take without and with it.
"""

import asyncio
import http
import json
import multiprocessing
import secrets
import statistics
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.prepared import Person, Workshop, prepare
from tests.support.running import RunningServer

HERE = "127.0.0.1"
PATIENCE_S = 90.0
TWENTY = [f"127.0.0.{n}" for n in range(1, 21)]
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PEOPLE, GROUPS = 30, 3
GUESSES_PER_S = 25
PRELUDE = 130
"""Wrong codes that put an address as deep into debt as it gets."""


@dataclass
class Answers:
    """What was answered, and how long each act took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def p95_s(self) -> float:
        """The 95th percentile of the seconds."""
        return statistics.quantiles(self.seconds, n=20)[-1]


@dataclass(frozen=True)
class Client:
    """Somebody at the address `source`, who asks the server at `base` with that cookie."""

    base: str
    source: str = HERE
    cookie: str = ""

    async def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str]:
        """Send one request over a connection of its own; return status and body."""
        parts = urllib.parse.urlsplit(self.base)
        reader, writer = await asyncio.open_connection(HERE, parts.port, local_addr=(self.source, 0))
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {parts.netloc}",
            "Connection: close",
            f"Origin: {self.base}",
        ]
        lines += [
            f"Cookie: {self.cookie}",
            "Accept: application/json",
            f"Content-Length: {len(body.encode())}",
        ]
        lines += [f"Content-Type: {kind}"] if kind else []
        try:
            writer.write("\r\n".join([*lines, "", body]).encode())
            answer = await asyncio.wait_for(reader.read(), PATIENCE_S)
        finally:
            writer.close()
        head, _, content = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), content.decode(errors="replace")

    async def act(self, code: str, command: str, **fields: object) -> tuple[int, str]:
        """Post one act."""
        form = urllib.parse.urlencode({"command": command, "op": secrets.token_hex(16)} | fields)
        return await self.ask("POST", f"/a/{code}/actes", form, "application/x-www-form-urlencoded")


def wrong_code() -> str:
    """Return the address of a workshop that does not exist, but once in a lifetime."""
    return f"/r/{''.join(secrets.choice(ALPHABET) for _ in range(6))}"


def state() -> str:
    """Return an address that costs nothing and is limited by nothing: what as many plain questions do."""
    return "/etat"


async def guesses(
    base: str, source: str, count: int, per_s: float, wanted: Callable[[], str] = wrong_code
) -> Counter[int]:
    """Ask for `count` wrong codes at that pace, whatever the answers; return their statuses."""
    guesser, found = Client(base, source), Counter[int]()

    async def guess() -> None:
        status, _ = await guesser.ask("GET", wanted())
        found[status] += 1

    async with asyncio.TaskGroup() as tasks:
        for _ in range(count):
            tasks.create_task(guess())
            await asyncio.sleep(1 / per_s)
    return found


@dataclass
class Room:
    """Everybody of a workshop, at one address: acts and asks what changed once a second, the desk and the wall too."""

    base: str
    workshop: Workshop
    source: str = HERE
    found: Answers = field(default_factory=Answers)

    async def work(self, done: asyncio.Event, rounds: int = 4) -> Answers:
        """Go on until `done`, and for so many rounds at least."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._each_second(self._desk, 0, done, rounds))
            for n, person in enumerate(self.workshop.people):
                step = partial(self._phone, person)
                tasks.create_task(self._each_second(step, n / len(self.workshop.people), done, rounds))
        return self.found

    async def _each_second(
        self, step: Callable[[int], Awaitable[None]], after_s: float, done: asyncio.Event, rounds: int
    ) -> None:
        await asyncio.sleep(after_s)
        n = 0
        while n < rounds or not done.is_set():
            await step(n)
            n += 1
            await asyncio.sleep(1)

    async def _phone(self, person: Person, n: int) -> None:
        client = Client(self.base, self.source, person.cookie)
        fields = {"group": person.group, "action": self.workshop.actions[n % 5], "fs": n % 21 * 5, "cn": 50}
        started = time.monotonic()
        status, _ = await client.act(self.workshop.code, "place-action", **fields)
        self.found.seconds.append(time.monotonic() - started)
        self.found.statuses[status] += 1
        await self._get(client, f"/a/{self.workshop.code}/depuis?audience=phone&group={person.group}&seq=0")

    async def _desk(self, n: int) -> None:
        client = Client(self.base, self.source, self.workshop.desk)
        status, _ = await client.act(self.workshop.code, "announce", text=f"Annonce {n}")
        self.found.statuses[status] += 1
        for page in ("animer", "ecran"):
            await self._get(client, f"/{page}/{self.workshop.code}")

    async def _get(self, client: Client, path: str) -> None:
        status, _ = await client.ask("GET", path)
        self.found.statuses[status] += 1


async def admitted(base: str, workshop: Workshop, source: str = HERE) -> bool:
    """Tell whether a person's socket is let in, by polling; one that was closed before it was answered tries again."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        told = await _introduced(Client(base, source, workshop.people[0].cookie), workshop)
        if told:
            return "40{" in told
    return False


async def _introduced(client: Client, workshop: Workshop) -> str:
    """Return what a socket is told once it has said where it wants to go; empty when it was closed meanwhile."""
    address = f"/socket.io/?EIO=4&transport=polling&c={workshop.code}"
    _, opened = await client.ask("GET", address)
    address += f"&sid={json.loads(opened[opened.index('{') : opened.rindex('}') + 1])['sid']}"
    auth = {"code": workshop.code, "audience": "phone", "group": workshop.people[0].group}
    await client.ask("POST", address, f"40{json.dumps(auth)}", "text/plain")
    while True:
        status, told = await client.ask("GET", address)
        if status != http.HTTPStatus.OK:
            return ""
        if "40{" in told or "44{" in told:
            return told


async def _all_guess(base: str, addresses: list[str], each: int, wanted: Callable[[], str]) -> Counter[int]:
    found = await asyncio.gather(
        *(guesses(base, address, each, GUESSES_PER_S, wanted) for address in addresses)
    )
    return sum(found, Counter[int]())


def _guessing(base: str, addresses: list[str], each: int, wanted: Callable[[], str]) -> Counter[int]:
    return asyncio.run(_all_guess(base, addresses, each, wanted))


async def attacked(
    base: str, workshop: Workshop, addresses: list[str], each: int, wanted: Callable[[], str] = wrong_code
) -> tuple[Answers, Counter[int]]:
    """Let the room work while each of the addresses guesses so many codes; return what both were answered.

    The guesses are made by another process: the room's figures are not of our own making.
    """
    await guesses(base, addresses[0], PRELUDE, 400)
    done = asyncio.Event()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as elsewhere:
        working = asyncio.create_task(Room(base, workshop).work(done))
        statuses = await asyncio.get_running_loop().run_in_executor(
            elsewhere, _guessing, base, addresses, each, wanted
        )
    done.set()
    return await working, statuses


async def main(base: str, workshop: Workshop) -> None:
    """Print the figures."""
    done = asyncio.Event()
    done.set()
    alone = await Room(base, workshop).work(done, rounds=10)
    print(f"alone: p95 {alone.p95_s * 1000:.0f} ms, {dict(alone.statuses)}")
    for addresses, wanted in (([HERE], wrong_code), (TWENTY, wrong_code), (TWENTY, state)):
        found, statuses = await attacked(base, workshop, addresses, 250, wanted)
        print(
            f"{len(addresses)} address(es), each asking {GUESSES_PER_S} times a second for {wanted.__name__}: "
            f"p95 {found.p95_s * 1000:.0f} ms, {dict(found.statuses)}; they were answered {dict(statuses)}"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        (prepared,) = prepare(Path(folder) / "sessions", 1, PEOPLE, GROUPS)
        server = RunningServer(Path(folder)).start()
        try:
            asyncio.run(main(server.base, prepared))
        finally:
            server.stop()
