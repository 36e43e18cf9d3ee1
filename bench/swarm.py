"""A swarm from one address: a room that scans at once, a server that restarts under it, a network that blinks.

`python -m bench.swarm [PHONES]` (1,000 when left out). A real server in its own process; the phones are those of
`bench/phones.py`, in this one.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from atelier.rehearsal.browser import Browser
from bench.phones import Phone, many_files, percentile
from tests.running import RunningServer

PHONES, GROUPS, STORM_S, BLINKS = 1_000, 3, 5.0, 200
FAILURES = (OSError, TimeoutError, RuntimeError)


async def storm(phones: list[Phone]) -> None:
    """Everybody scans within five seconds: door, trade, table, page, socket; nothing is tried twice."""
    times: list[float] = []
    refused: list[str] = []

    async def come(n: int, phone: Phone) -> None:
        await asyncio.sleep(n * STORM_S / len(phones))
        try:
            times.append(await phone.join(("fs", "cn")[n % 2]))
            await phone.page()
            await phone.listen()
        except FAILURES as problem:
            refused.append(f"{type(problem).__name__}: {problem}")

    start = time.perf_counter()
    await asyncio.gather(*(come(n, phone) for n, phone in enumerate(phones)))
    took = time.perf_counter() - start
    print(
        f"arrivées : {len(times)} sur {len(phones)} en {took:.1f} s, médiane {statistics.median(times) * 1000:.0f} ms, "
        f"p95 {percentile(times) * 1000:.0f} ms ; refus : {len(refused)} {refused[:2]}"
    )


async def back(phone: Phone, since: float) -> float:
    """Come back as a page does: socket with a growing, spread wait, then what changed; return the seconds it took."""
    tries = 0
    while True:
        try:
            await phone.listen()
            if (await phone.since(1, "elsewhere")).status == 200:
                return time.perf_counter() - since
        except FAILURES:
            pass
        longest = min(2.5, 0.3 * 2**tries)
        await asyncio.sleep(longest * (0.5 + random.random()))
        tries = min(tries + 1, 4)


async def restart(server: RunningServer, phones: list[Phone]) -> None:
    """The server is killed under all of them, and started again."""
    await asyncio.to_thread(server.kill)
    for phone in phones:
        phone.hang_up()
    start = time.perf_counter()
    coming = [asyncio.create_task(back(phone, start)) for phone in phones]
    await asyncio.to_thread(server.start)
    up = time.perf_counter() - start
    times = await asyncio.gather(*coming)
    print(
        f"serveur tué puis relancé (répond après {up:.1f} s) : tous revenus et à jour en {max(times):.1f} s, "
        f"p95 {percentile(list(times)):.1f} s"
    )


async def blink(phones: list[Phone]) -> None:
    """Some phones lose the network while the others write, then find it again."""
    away = random.sample(phones, min(BLINKS, len(phones) // 2))
    for phone in away:
        phone.hang_up()
    here = [phone for phone in phones if phone not in away][:20]
    for phone in here:
        await phone.place(random.randrange(21) * 5, 50)
    start = time.perf_counter()
    times = await asyncio.gather(*(back(phone, start) for phone in away))
    print(
        f"réseau retrouvé par {len(away)} téléphones ensemble : à jour, p95 {percentile(list(times)):.2f} s"
    )


async def measure(server: RunningServer, code: str, number: int) -> None:
    """All three, one after the other."""
    many_files()
    phones = [Phone(server.base, code, n % GROUPS + 1) for n in range(number)]
    await storm(phones)
    await asyncio.sleep(3)
    await blink(phones)
    await restart(server, phones)
    for phone in phones:
        phone.hang_up()


def main(arguments: list[str]) -> None:
    """Run once; the first argument is how many phones."""
    number = int(arguments[0]) if arguments else PHONES
    with tempfile.TemporaryDirectory() as folder:
        server = RunningServer(Path(folder)).start()
        try:
            desk = Browser(server.base)
            code = desk.post("/preparer", {})[1].split("/")[2]
            desk.act(code, "open-phase", phase="articulations")
            asyncio.run(measure(server, code, number))
        finally:
            server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
