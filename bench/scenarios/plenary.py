"""A plenary: a thousand phones at one table (each change reaches all of them), acts arriving at a given rate.

Open loop: acts leave when they are due, whether or not earlier ones were answered, and their time counts from then.
"""

from collections.abc import Sequence

from bench.altered import program
from bench.crowd import SHIPPED, Crowd, crowd, paced, timed
from bench.results import Found, Table, p95
from bench.revision import Way, against, ways

PHONES, SECONDS, GOAL = 1_000, 10.0, 100
RATES = (5, 20, 100, 200)
HEAD = (
    "changes/s", "acts", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "frames/s", "server CPU",
    "generator CPU", "lost / doubled / out of order",
)  # fmt: skip


def run(found: Found, quick: bool) -> None:
    """Measure each rate on one server, then the mechanisms taken out, then a usual room."""
    phones, seconds = (100, 2.0) if quick else (PHONES, SECONDS)
    rates = (20, 100) if quick else RATES
    table = found.table(f"{phones:,} phones in one room", *HEAD)
    _measure(found, table, "as it ships", phones, rates, seconds, SHIPPED)
    with ways() as both:
        if len(both) > 1:
            _beside(found, both, phones, seconds)
    without = found.table(f"{phones:,} phones, 100 changes/s, a mechanism taken out", "server", *HEAD)
    for name, altered in (
        ("framed for every reader", "framing-once"),
        ("a transaction an act", "group-commit"),
        ("without coalescing", "coalescing"),
    ):
        rate = 20 if altered == "coalescing" else 100
        _measure(found, without, name, phones, (rate,), seconds / 2, program(altered))
    usual = found.table("100 phones at three tables and their wall, an act each every two seconds", *HEAD)
    with crowd(1, 30 if quick else 100, groups=3, screens=True) as here:
        _, cells = paced_row(here, 50, seconds)
    usual.add(50, *cells, found.checked(here.checked))


def brief(found: Found) -> None:
    """Measure what goals are about."""
    with ways() as both:
        _beside(found, both, PHONES, SECONDS * 2 / 3)
    found.values[f"plenary {GOAL} p95"] = found.values["plenary p95"]
    found.values[f"plenary {GOAL} CPU"] = found.values["plenary CPU"]


def _beside(found: Found, both: list[Way], phones: int, seconds: float) -> None:
    """Measure revisions one after the other, at the rate of the goal."""
    table = found.table(f"{phones:,} phones, {GOAL} changes/s, by revision", "server", *HEAD)
    slow, busy = [], []
    for way in both:
        with crowd(1, phones, pens=32, **way.options) as here:
            cpu, cells = paced_row(here, GOAL, seconds)
            slow.append(p95(here.updates_ms()))
        busy.append(cpu * 100)
        table.add(way.title, GOAL, *cells, found.checked(here.checked))
    against(found.values, "plenary p95", slow)
    against(found.values, "plenary CPU", busy)


def _measure(
    found: Found,
    table: Table,
    name: str,
    phones: int,
    rates: Sequence[int],
    seconds: float,
    chosen: Sequence[str],
) -> None:
    rows = []
    with crowd(1, phones, pens=32, program=chosen) as here:
        for rate in rates:
            here.forget()
            cpu, cells = paced_row(here, rate, seconds)
            rows.append([f"{rate:,}", *cells])
            if name == "as it ships":
                found.values[f"plenary {rate} p95"] = p95(here.updates_ms())
                found.values[f"plenary {rate} CPU"] = cpu * 100
    ledger = found.checked(here.checked)
    for row in rows:
        table.add(*([name] if table.head[0] == "server" else []), *row, ledger)


def paced_row(here: Crowd, rate: float, seconds: float) -> tuple[float, list[str]]:
    """Write at a rate for a while; return the server's share of a core, and the cells from « acts » on."""
    meter = here.meter()
    paced(here, rate, seconds)
    took, busy, own = meter.read()
    here.finish()
    cells = [f"{len(here.authors.written):,}", *timed(here), f"{here.frames() / took:,.0f}"]
    return busy / took, [*cells, f"{busy / took:.0%}", f"{own / took:.0%}"]
