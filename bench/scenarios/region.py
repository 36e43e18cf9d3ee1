"""A day of a region: 500 rooms of 30 phones on two processes, each phone writing every thirty seconds.

The processes share one folder as behind nginx (`ATELIER_BEHIND_NGINX`); here the generator says for which workshop it
chose which of them, so that nginx does not take their cores. There are two cores: each process has one, and the
generator takes its share of both. Room by room until all are there, or until the system grants no more files.
"""

import gc
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atelier.serving import many_files
from bench.crowd import Seats, folder, seated
from bench.ears import Ear
from bench.loop import Loop
from bench.machine import Meter, on_core, rested, rss_kb
from bench.pens import Authors, Written
from bench.prepared import Workshop, prepare
from bench.results import Checked, Found, p50, p95
from tests.support.running import RunningServer

PHONES, EVERY_S, SECONDS, SETTLE_S, LATE_S = 30, 30.0, 15.0, 3.0, 30.0
STEPS = (100, 300, 500)
HOST = "atelier.test"
SPARE_FILES = 500
HEAD = (
    "rooms", "phones", "acts/s", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "GB, both processes",
    "kB a phone", "CPU of each process", "generator CPU", "lost / doubled / out of order",
)  # fmt: skip


@dataclass
class Part:
    """One process and its workshops."""

    server: RunningServer
    workshops: list[Workshop] = field(default_factory=list)
    ears: dict[Seats, list[Ear]] = field(default_factory=dict)
    authors: list[Authors] = field(default_factory=list)

    def fill(self, loop: Loop, more: list[Workshop]) -> None:
        """Seat the phones of more workshops."""
        self.workshops += more
        self.ears |= seated(more, HOST, self.server.port, loop)
        self.authors.append(Authors(loop, self.server.port, HOST, more, 16))

    def written(self) -> list[Written]:
        """Everything that was acknowledged."""
        return [each for authors in self.authors for each in authors.written]

    def heard_everything(self) -> bool:
        """Tell whether all was acknowledged, and reached every phone that it concerns."""
        last: dict[Seats, int] = {}
        for each in self.written():
            last[each.table] = max(each.seq, last.get(each.table, 0))
        return all(authors.idle() for authors in self.authors) and all(
            ear.last() >= seq for table, seq in last.items() for ear in self.ears[table]
        )


def run(found: Found, quick: bool) -> None:
    """Add rooms step by step, and measure at each."""
    many_files()
    gc.disable()
    steps, seconds = ((4, 8), 3.0) if quick else (_possible(found), SECONDS)
    table = found.table("", *HEAD)
    with folder() as place:
        workshops = prepare(place / "sessions", steps[-1], PHONES, 3)
        people = [person for each in workshops for person in each.people]
        rows, loop = [], Loop()
        with _processes(place) as parts:
            for part in parts:
                rested(part.server.pid)
            empty = sum(rss_kb(part.server.pid) for part in parts)
            for before, rooms in zip((0, *steps), steps, strict=False):
                for n, part in enumerate(parts):
                    part.fill(loop, workshops[before + n : rooms : 2])
                rows.append(_row(found, loop, parts, rooms, seconds, empty))
        ledger = Checked()
        ledger.compare(place / "sessions", people)
    checked = found.checked(ledger)
    for row in rows:
        table.add(*row, checked if row is rows[-1] else "")


def _possible(found: Found) -> tuple[int, ...]:
    """Leave out what the system grants no files for."""
    most = (resource.getrlimit(resource.RLIMIT_NOFILE)[1] - SPARE_FILES) // PHONES
    steps = tuple(min(each, most) for each in STEPS)
    if most < STEPS[-1]:
        found.note(
            f"The system grants this generator files for {most * PHONES:,} phones only (`ulimit -Hn`)."
        )
    return tuple(sorted(set(steps)))


PUBLISHER = [f"PUBLISHER_{each}" for each in ("BODY", "ADDRESS", "DIRECTOR", "HOST", "CONTACT", "DPO")]
"""What a public server must be told before workshops can be created."""


@contextmanager
def _processes(place: Path) -> Iterator[list[Part]]:
    os.environ |= {
        **dict.fromkeys((f"ATELIER_{each}" for each in PUBLISHER), "Banc d’essai"),
        "ATELIER_PUBLIC_URL": f"http://{HOST}",
        "ATELIER_CREATE_KEY": "la-cle-du-banc-d-essai",
        "ATELIER_BEHIND_NGINX": "oui",
    }
    parts: list[Part] = []
    try:
        for core in range(2):
            with on_core(core):
                parts.append(Part(RunningServer(place).start()))
        yield parts
    finally:
        for part in parts:
            part.server.stop()


def _row(found: Found, loop: Loop, parts: list[Part], rooms: int, seconds: float, empty: int) -> list[str]:
    loop.run(SETTLE_S)
    for part in parts:
        for ear in (ear for ears in part.ears.values() for ear in ears):
            ear.forget()
        for authors in part.authors:
            authors.written.clear()
    phones, meters = rooms * PHONES, [Meter(part.server.pid) for part in parts]
    _paced(loop, parts, phones / EVERY_S, seconds)
    taken = [meter.read() for meter in meters]
    if not loop.run(LATE_S, lambda: all(part.heard_everything() for part in parts)):
        raise RuntimeError(f"{phones:,} phones: not every act was acknowledged and delivered")
    held = sum(rss_kb(part.server.pid) for part in parts)
    updates, acknowledged = _times(parts)
    found.values |= {
        "phones": phones,
        "update p95": p95(updates),
        "acknowledgement p95": p95(acknowledged),
        "memory": held / 1024**2,
    }
    return [
        f"{rooms}", f"{phones:,}", f"{len(acknowledged) / seconds:,.0f}", f"{p50(updates):.1f} / {p95(updates):.1f}",
        f"{p50(acknowledged):.1f} / {p95(acknowledged):.1f}", f"{held / 1024**2:.2f}",
        f"{(held - empty) / phones:.0f}", " + ".join(f"{busy / took:.0%}" for took, busy, _ in taken),
        f"{taken[0][2] / taken[0][0]:.0%}",
    ]  # fmt: skip


def _paced(loop: Loop, parts: list[Part], rate: float, seconds: float) -> None:
    """Let everybody's acts fall due evenly; an act belongs to a process in proportion to its workshops."""
    writers = [authors for part in parts for authors in part.authors for _ in range(authors.weight)]
    start = time.perf_counter()
    for n in range(round(rate * seconds)):
        due, authors = start + n / rate, writers[n * 7919 % len(writers)]
        loop.at(due, lambda due=due, authors=authors: authors.write(due))  # type: ignore[misc]
    loop.run(seconds)


def _times(parts: list[Part]) -> tuple[list[float], list[float]]:
    updates, acknowledged = [], []
    for part in parts:
        for each in part.written():
            acknowledged.append((each.answered - each.due) * 1000)
            heard = [ear.heard_at(each.seq) for ear in part.ears[each.table]]
            updates += [(at - each.due) * 1000 for at in heard if at is not None]
    return updates, acknowledged
