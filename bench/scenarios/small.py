"""Small rooms, whole: three tables, desk, wall, drawing, commit; and what a phone is sent at 1, 3, 12 tables.

A delivery is one change reaching one phone of its table. `--against REV` measures another revision in the same rounds.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

from bench.crowd import SHIPPED, Crowd, closed, crowd, paced
from bench.results import Found, p50, p95
from bench.revision import AGAINST, HERE, Revision, checked_out

ROOMS, PEOPLE, TABLES = 10, 30, 3
SECONDS, ROUNDS = 3.0, 4
SHARED, RATE, TABLES_OF = 120, 50, (1, 3, 12)


class Way(NamedTuple):
    """A revision, and whether its phones write over their sockets."""

    title: str
    revision: Revision
    over_sockets: bool


def run(found: Found, quick: bool) -> None:
    """Measure rooms that write without pause, in turn; of the rounds, the one that cost less: other work only adds."""
    with ExitStack() as stack:
        _rooms(found, list(_ways(stack)), *((1.0, 1) if quick else (SECONDS, ROUNDS)))
    _tables(found, 2.0 if quick else 2 * SECONDS)


def _ways(stack: ExitStack) -> Iterator[Way]:
    here = Revision(HERE)
    yield Way("as it ships", here, True)
    yield Way("every act by POST", here, False)
    name = os.environ.get(AGAINST, "")
    if name:
        other = stack.enter_context(checked_out(name))
        yield Way(f"revision {name}", other, other.over_sockets)


def _rooms(found: Found, ways: list[Way], seconds: float, rounds: int) -> None:
    taken: dict[str, list[tuple[float, list[str]]]] = {way.title: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            taken[way.title].append(_measured(found, way, seconds))
    table = found.table(
        f"Ten rooms of 30 at {TABLES} tables, with wall and desk, one act in flight in each",
        "server", "CPU ms / 1,000 deliveries", "× as it ships", "CPU ms an act", "acts/s", "frames an act",
        "bytes an act to phones", "update p50 / p95 ms", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    first, _ = min(taken["as it ships"])
    for title, tried in taken.items():
        cost, cells = min(tried)
        found.values[f"small {title}"] = cost
        table.add(title, f"{cost:.1f}", f"{cost / first:.2f}", *cells)


def _measured(found: Found, way: Way, seconds: float) -> tuple[float, list[str]]:
    here: Crowd
    with crowd(
        ROOMS, PEOPLE, groups=TABLES, pens=ROOMS, screens=True, over_sockets=way.over_sockets,
        program=way.revision.program, prepare=way.revision.prepare,
    ) as here:  # fmt: skip
        closed(here, ROOMS, 0.7)
        here.finish()
        here.forget()
        meter = here.meter()
        closed(here, ROOMS, seconds)
        took, busy, own = meter.read()
        here.finish()
        acts, times = len(here.authors.written), here.updates_ms()
        bytes_sent = sum(ear.bytes for ear in here.phones)
        cells = [
            f"{busy * 1000 / acts:.2f}", f"{acts / took:,.0f}", f"{here.frames() / acts:.1f}",
            f"{bytes_sent / acts:,.0f}", f"{p50(times):.1f} / {p95(times):.1f}", f"{own / took:.0%}",
        ]  # fmt: skip
    return busy * 1e6 / (acts * PEOPLE / TABLES), [*cells, found.checked(here.checked)]


def _tables(found: Found, seconds: float) -> None:
    table = found.table(
        f"{SHARED} phones, {RATE} changes/s, at so many tables",
        "tables", "kB/s to each phone", "CPU ms an act", "frames/s to each", "lost / doubled / out of order",
    )  # fmt: skip
    for tables in TABLES_OF:
        with crowd(1, SHARED, groups=tables, program=SHIPPED) as here:
            meter = here.meter()
            paced(here, RATE, seconds)
            took, busy, _ = meter.read()
            here.finish()
            acts, phones = len(here.authors.written), len(here.phones)
            sent = sum(ear.bytes for ear in here.phones) / phones / took / 1000
            frames = here.frames() / phones / took
        found.values[f"small {tables} tables kB"] = sent
        table.add(
            tables, f"{sent:.2f}", f"{busy * 1000 / acts:.2f}", f"{frames:.1f}", found.checked(here.checked)
        )
