"""A server that is killed under a thousand phones and started again; then a network that blinks for some of them.

The phones come back as pages do: the socket again with growing, spread waits, then what changed since. Some write on.
"""

import asyncio
import random
import secrets
import time

from atelier.serving import many_files
from bench.crowd import folder, people_of
from bench.machine import on_core, pin, unpin
from bench.phones import Phone
from bench.prepared import Person, prepare
from bench.results import Checked, Found, p50, p95
from tests.support.ledger import Told
from tests.support.running import RunningServer

PHONES, BLINKS, WRITERS, AT_ONCE = 1_000, 200, 20, 50
LOST = (OSError, TimeoutError, RuntimeError)


def run(found: Found, quick: bool) -> None:
    """Measure both on one server."""
    phones = 60 if quick else PHONES
    many_files()
    with folder() as place:
        (workshop,) = prepare(place / "sessions", 1, phones, 3)
        with on_core(0):
            server = RunningServer(place).start()
        pin(1)
        try:
            rows = asyncio.run(_measured(server, workshop.people))
        finally:
            unpin()
            server.stop()
        ledger = Checked()
        ledger.compare(place / "sessions", people_of([workshop]))
    _told(found, rows, found.checked(ledger))


def _told(found: Found, rows: list[tuple[str, float, list[float], float]], ledger: str) -> None:
    table = found.table(
        "Back and up to date, seconds after it happened",
        "what", "phones", "server answers after", "p50", "p95", "last", "generator CPU",
        "lost / doubled / out of order",
    )  # fmt: skip
    for name, answers, times, own in rows:
        found.values[f"{name} p95"] = p95(times)
        row = [
            f"{answers:.2f}" if answers else "–",
            f"{p50(times):.2f}",
            f"{p95(times):.2f}",
            f"{max(times):.2f}",
        ]
        table.add(name, f"{len(times):,}", *row, f"{own:.0%}", ledger)


async def _measured(
    server: RunningServer, people: list[Person]
) -> list[tuple[str, float, list[float], float]]:
    phones = [_phone(server.base, each) for each in people]
    gate = asyncio.Semaphore(AT_ONCE)

    async def sit(phone: Phone) -> None:
        async with gate:
            await phone.listen()

    await asyncio.gather(*map(sit, phones))
    await asyncio.sleep(2)
    rows = [await _killed(server, phones, people), await _blinked(phones, people)]
    for phone in phones:
        phone.hang_up()
    return rows


def _phone(base: str, person: Person) -> Phone:
    phone = Phone(base, person.code, person.group)
    name, _, value = person.cookie.partition("=")
    phone.client.cookies[name] = value
    return phone


async def _killed(
    server: RunningServer, phones: list[Phone], people: list[Person]
) -> tuple[str, float, list[float], float]:
    writing = [
        asyncio.create_task(_insist(*each, 5)) for each in list(zip(phones, people, strict=True))[:WRITERS]
    ]
    await asyncio.sleep(0.1)
    await asyncio.to_thread(server.kill)
    start, own = time.perf_counter(), time.process_time()
    for phone in phones[WRITERS:]:
        phone.hang_up()
    coming = [asyncio.create_task(_back(phone, start)) for phone in phones]
    await asyncio.to_thread(_start, server)
    answers = time.perf_counter() - start
    times = list(await asyncio.gather(*coming))
    own = (time.process_time() - own) / (time.perf_counter() - start)
    await asyncio.gather(*writing)
    return "the server is killed and started again", answers, times, own


def _start(server: RunningServer) -> None:
    with on_core(0):  # of the calling thread only: the phones stay where they are
        server.start()


async def _blinked(phones: list[Phone], people: list[Person]) -> tuple[str, float, list[float], float]:
    """Some lose the network while others write, then find it again together."""
    away = random.sample(phones[WRITERS:], min(BLINKS, len(phones) // 2))
    for phone in away:
        phone.hang_up()
    await asyncio.gather(*(_insist(*each, 3) for each in list(zip(phones, people, strict=True))[:WRITERS]))
    start, own = time.perf_counter(), time.process_time()
    times = list(await asyncio.gather(*(_back(phone, start) for phone in away)))
    own = (time.process_time() - own) / (time.perf_counter() - start)
    return "the network comes back for some", 0.0, times, own


async def _insist(phone: Phone, person: Person, acts: int) -> None:
    """Write some acts, each until it is answered."""
    for _ in range(acts):
        op = secrets.token_urlsafe(16)
        while True:
            try:
                fs, cn = random.randrange(21) * 5, random.randrange(21) * 5
                answer = await phone.act(
                    "place-action", op=op, group=person.group, action="orienter", fs=fs, cn=cn
                )
            except LOST:
                await asyncio.sleep(0.1)
                continue
            told = answer.json()
            if answer.status == 200:
                person.told.append(Told(op, told["seq"], told["head"]))
                break
            await asyncio.sleep(told.get("retry_after_ms", 100) / 1000)


async def _back(phone: Phone, since: float) -> float:
    """Come back; return the seconds it took until it was up to date."""
    tries = 0
    while True:
        try:
            await phone.listen()
            if (await phone.since(1, "elsewhere")).status == 200:
                return time.perf_counter() - since
        except LOST:
            pass
        longest = min(2.5, 0.3 * 2**tries)
        await asyncio.sleep(longest * (0.5 + random.random()))
        tries = min(tries + 1, 4)
