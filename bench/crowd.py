"""Workshops on a real server and everybody in them: what nearly every scenario begins with, and how it is counted."""

import contextlib
import gc
import itertools
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atelier.serving import many_files
from bench.ears import Ear, Wanted, opened
from bench.loop import Loop
from bench.machine import Meter, cpu_s, on_core, pin, rested, rss_kb, unpin
from bench.pens import Authors, Written
from bench.prepared import Person, Workshop, prepare
from bench.profile import spied
from bench.results import Checked, spread
from tests.support.ledger import Acknowledged
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

SETTLE_S = 1.5
"""Presence is told with a delay; nothing is measured until it was."""

LATE_S = 20.0

SHIPPED = ("-m", "atelier")
"""What Python runs: the program as it is."""

Prepare = Callable[[Path, int, int, int], list[Workshop]]
"""Writes so many workshops of so many people, at so many tables, into a folder."""

Seats = tuple[str, int]
"""A workshop and one of its tables."""


@dataclass
class Crowd:
    """A server on its core, workshops with everybody connected, and authors."""

    server: RunningServer
    loop: Loop
    workshops: list[Workshop]
    ears: dict[Seats, list[Ear]]
    """Phones by workshop and table: a change of a sheet goes to the phones of its table."""
    others: list[Ear]
    """Walls and desks."""
    authors: Authors
    checked: Checked
    empty_kb: int
    """What the server held before anybody was there."""
    newcomers: list[Acknowledged] = field(default_factory=list)
    """Who came in during the scenario: they are in the ledger too."""

    @property
    def phones(self) -> list[Ear]:
        """Every phone."""
        return [ear for room in self.ears.values() for ear in room]

    @property
    def host(self) -> str:
        """What browsers have in their address bars."""
        return f"localhost:{self.server.port}"

    def meter(self) -> Meter:
        """Begin to measure server and generator."""
        return Meter(self.server.pid)

    def cpu_ms(self) -> float:
        """Return the CPU that the server has taken, in milliseconds."""
        return cpu_s(self.server.pid) * 1000

    def heard_everything(self) -> bool:
        """Tell whether every phone has heard of the last act of its workshop."""
        last: dict[Seats, int] = {}
        for each in self.authors.written:
            last[each.table] = max(each.seq, last.get(each.table, 0))
        return all(ear.last() >= seq for table, seq in last.items() for ear in self.ears.get(table, ()))

    def finish(self) -> None:
        """Let everything arrive. Raises RuntimeError when something was refused or never came."""
        if not self.loop.run(LATE_S, self.authors.idle):
            raise RuntimeError(f"{self.authors.under_way} acts never acknowledged")
        if self.authors.refused:
            raise RuntimeError(f"{len(self.authors.refused)} acts refused: {self.authors.refused[:3]}")
        if not self.loop.run(LATE_S, self.heard_everything):
            deaf = sum(ear.over for ear in self.phones)
            raise RuntimeError(f"not every change was delivered ({deaf} phones disconnected)")

    def leave(self) -> None:
        """Close every connection."""
        self.authors.leave()
        for ear in (*self.phones, *self.others):
            ear.socket.close()

    def forget(self) -> None:
        """Begin to count; what was acknowledged stays in the ledger."""
        self.authors.written.clear()
        for ear in self.phones:
            ear.forget()
        gc.collect()

    def updates_ms(self, written: Sequence[Written] | None = None) -> list[float]:
        """Return milliseconds from when an act was due to when a phone heard, for every act and phone there then."""
        found: list[float] = []
        for each in self.authors.written if written is None else written:
            for ear in self.ears.get(each.table, ()):
                heard = ear.heard_at(each.seq)
                if heard is not None and ear.since <= each.due:
                    found.append((heard - each.due) * 1000)
        return found

    def acknowledged_ms(self) -> list[float]:
        """Return, for every act, milliseconds from when it was due to its acknowledgement."""
        return [each.acknowledged_ms for each in self.authors.written]

    def frames(self) -> int:
        """Return the frames that told phones of something."""
        return sum(len(ear.positions) for ear in self.phones)


@contextmanager
def crowd(
    rooms: int,
    people: int,
    *,
    groups: int = 1,
    pens: int = 16,
    screens: bool = False,
    connected: bool = True,
    over_sockets: bool = True,
    program: Sequence[str] = SHIPPED,
    prepare: Prepare = prepare,
) -> Iterator[Crowd]:
    """Seat everybody, all at the first table unless `groups` says otherwise: then a change reaches everybody.

    `screens`: a wall and a desk a workshop too. `connected`: without, people only write. `over_sockets`: who has a
    socket sends acts over it, as pages do; else by POST. `program`: the server, if altered (`bench.altered`);
    `prepare`: who writes its workshops, if not this revision. At the end the ledger is compared with the journals:
    LostError when they do not agree.
    """
    many_files()
    with folder() as place:
        workshops = prepare(place / "sessions", rooms, people, groups)
        with on_core(0):
            server = RunningServer(place, program=program).start()
        pin(1)
        loop = Loop()
        try:
            here = _seated_crowd(server, loop, workshops, pens, screens, connected, over_sockets)
            loop.run(SETTLE_S)
            here.forget()
            gc.disable()
            try:
                with spied(server.pid) if program == SHIPPED else contextlib.nullcontext():
                    yield here
                    here.finish()
            finally:
                here.leave()
        finally:
            gc.enable()
            unpin()
            server.stop()
            loop.close()
        if groups == 1 and connected:
            _check_positions(here, place / "sessions")
        here.checked.compare(place / "sessions", [*people_of(workshops), *here.newcomers])


def _seated_crowd(
    server: RunningServer,
    loop: Loop,
    workshops: list[Workshop],
    pens: int,
    screens: bool,
    connected: bool,
    over_sockets: bool,
) -> Crowd:
    host, port = f"localhost:{server.port}", server.port
    Browser(server.base).get(f"/r/{workshops[0].code}")
    rested(server.pid)
    empty = rss_kb(server.pid)
    authors = Authors(loop, port, host, workshops, pens)
    ears = seated(workshops, host, port, loop) if connected else {}
    if connected and over_sockets:
        authors.ears = by_cookie(workshops, ears)
    return Crowd(
        server,
        loop,
        workshops,
        ears,
        opened(port, screens_of(workshops, host), loop) if screens else [],
        authors,
        Checked(),
        empty,
    )


def seated(workshops: list[Workshop], host: str, port: int, loop: Loop) -> dict[Seats, list[Ear]]:
    """Open the socket of every phone."""
    people = people_of(workshops)
    wanted = [Wanted(host, each.code, each.cookie, "phone", each.group) for each in people]
    found: dict[Seats, list[Ear]] = {}
    for person, ear in zip(people, opened(port, wanted, loop), strict=True):
        found.setdefault((person.code, person.group), []).append(ear)
    return found


def by_cookie(workshops: list[Workshop], ears: dict[Seats, list[Ear]]) -> dict[str, Ear]:
    """Return the socket of every phone by its cookie."""
    left = {seat: iter(those) for seat, those in ears.items()}
    return {each.cookie: next(left[each.code, each.group]) for each in people_of(workshops)}


def screens_of(workshops: list[Workshop], host: str) -> list[Wanted]:
    """Return the sockets of a wall and a desk for each."""
    return [
        Wanted(host, each.code, each.desk, audience, 0)
        for each, audience in itertools.product(workshops, ("wall", "desk"))
    ]


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder on a real disk: commits are synchronised, and in memory that would cost nothing."""
    made = Path(tempfile.mkdtemp(prefix="atelier-bench-", dir=os.environ.get("ATELIER_BENCH_DIR")))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def closed(here: Crowd, in_flight: int, seconds: float) -> None:
    """Keep so many acts in flight for a while: each acknowledgement lets the next act go."""
    end = time.perf_counter() + seconds

    def next_one() -> None:
        if time.perf_counter() < end:
            here.authors.write()

    here.authors.then = next_one
    for _ in range(in_flight):
        here.authors.write()
    here.loop.run(seconds)
    here.authors.then = lambda: None


def paced(here: Crowd, rate: float, seconds: float) -> None:
    """Send so many acts a second, whether or not earlier ones were answered; each counts from when it was due."""
    start = time.perf_counter()
    for n in range(round(rate * seconds)):
        due = start + n / rate
        here.loop.at(due, lambda due=due: here.authors.write(due))  # type: ignore[misc]
    here.loop.run(seconds)


def timed(here: Crowd) -> list[str]:
    """Return the cells « update p50 / p95 » and « acknowledgement p50 / p95 »."""
    return [spread(here.updates_ms()), spread(here.acknowledged_ms())]


def people_of(workshops: list[Workshop]) -> list[Person]:
    """Return everybody."""
    return [person for each in workshops for person in each.people]


def last_fact(sessions: Path, code: str) -> int:
    """Return the last position of a journal."""
    with closing(sqlite3.connect(sessions / f"{code}.db")) as journal:
        return int(journal.execute("select max(seq) from events").fetchone()[0])


def _check_positions(here: Crowd, sessions: Path) -> None:
    """Everything went to the first table: each phone must be where its journal is."""
    for (code, _), ears in here.ears.items():
        last = last_fact(sessions, code)
        behind = sum(ear.last() != last for ear in ears)
        if behind and any(each.code == code for each in here.authors.written):
            raise RuntimeError(f"{behind} phones of {code} are not at {last}, where its journal is")
