"""Small rooms, whole: three tables, desk, wall, drawing, commit; and what a phone is sent at 1, 3, 12 tables.

A delivery is one change reaching one phone of its table. `--against REV` measures another revision in the same rounds.
"""

from bench.crowd import SHIPPED, Crowd, closed, crowd, paced
from bench.raw_loop import compiled
from bench.results import Found, p50, p95
from bench.revision import Way, against, ways
from bench.scenarios.transport import BYTES, RAW_C, Shape, measured_kind

BY_POST = "every act by POST"
ROOMS, PEOPLE, TABLES = 10, 30, 3
SECONDS, ROUNDS = 3.0, 4
SHARED, RATE, TABLES_OF = 120, 50, (1, 3, 12)


def run(found: Found, quick: bool) -> None:
    """Measure rooms that write without pause, in turn; of the rounds, the one that cost less: other work only adds."""
    with ways() as both:
        by_post = both[0]._replace(title=BY_POST, over_sockets=False)
        _rooms(found, [*both, by_post], *((1.0, 1) if quick else (SECONDS, ROUNDS)))
    _tables(found, 2.0 if quick else 2 * SECONDS, TABLES_OF)


def brief(found: Found) -> None:
    """Measure what goals are about."""
    with ways() as both:
        _rooms(found, both, SECONDS / 1.5, ROUNDS // 2)
    _tables(found, SECONDS, TABLES_OF[-1:])


def _rooms(found: Found, those: list[Way], seconds: float, rounds: int) -> None:
    taken: dict[str, list[tuple[float, list[str]]]] = {way.title: [] for way in those}
    floor = []
    for _ in range(rounds):
        if compiled():
            floor.append(measured_kind(RAW_C, Shape(ROOMS, PEOPLE, 1), seconds / 3, BYTES).cost)
        for way in those:
            taken[way.title].append(_measured(found, way, seconds))
    table = found.table(
        f"Ten rooms of 30 at {TABLES} tables, with wall and desk, one act in flight in each",
        "server", "CPU ms / 1,000 deliveries", "× as it ships", "× raw loop in C", "CPU ms an act", "acts/s",
        "frames an act", "bytes an act to phones", "update p50 / p95 ms", "generator CPU",
        "lost / doubled / out of order",
    )  # fmt: skip
    costs = [min(tried)[0] for tried in taken.values()]
    for title, tried in taken.items():
        cost, cells = min(tried)
        found.values[f"small {title}"] = cost
        raw = f"{cost / min(floor):.1f}" if floor else "–"
        table.add(title, f"{cost:.1f}", f"{cost / costs[0]:.2f}", raw, *cells)
    if floor:
        found.values["small × C"] = costs[0] / min(floor)
    against(
        found.values, "small", [cost for cost, way in zip(costs, those, strict=True) if way.title != BY_POST]
    )


def _measured(found: Found, way: Way, seconds: float) -> tuple[float, list[str]]:
    here: Crowd
    with crowd(ROOMS, PEOPLE, groups=TABLES, pens=ROOMS, screens=True, **way.options) as here:
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


def _tables(found: Found, seconds: float, counts: tuple[int, ...]) -> None:
    table = found.table(
        f"{SHARED} phones, {RATE} changes/s, at so many tables",
        "tables", "kB/s to each phone", "CPU ms an act", "frames/s to each", "lost / doubled / out of order",
    )  # fmt: skip
    for tables in counts:
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
