"""The knee: up to how many changes a second 300 phones at three tables are served in time.

Open loop: acts leave when they are due. A rate is served when 95 of 100 phones hear of a change within `MOST_MS`.
"""

from bench.crowd import Crowd, crowd, paced
from bench.results import Found, Table, p95, spread
from bench.revision import Way, against, ways

PHONES, GROUPS, MOST_MS = 300, 3, 100.0
RATES, SECONDS = (200, 400, 600, 800, 900, 1_000, 1_200), 3.0


def run(found: Found, quick: bool) -> None:
    """Raise the rate until it is not served in time any more."""
    _measured(found, *((30, (20, 100), 1.0) if quick else (PHONES, RATES, SECONDS)))


def brief(found: Found) -> None:
    """The same, each rate for a shorter while."""
    _measured(found, PHONES, RATES, SECONDS * 2 / 3)


def _measured(found: Found, phones: int, rates: tuple[int, ...], seconds: float) -> None:
    table = found.table(
        f"{phones} phones at {GROUPS} tables, until the slowest twentieth waits for more than {MOST_MS:.0f} ms",
        "server", "changes/s", "done a second", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "server CPU",
        "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    with ways() as both:
        against(found.values, "knee", [_raised(found, table, way, phones, rates, seconds) for way in both])


def _raised(
    found: Found, table: Table, way: Way, phones: int, rates: tuple[int, ...], seconds: float
) -> float:
    knee, rows = 0.0, []
    with crowd(1, phones, groups=GROUPS, pens=32, **way.options) as here:
        for rate in rates:
            slow, cells = _at_rate(here, rate, seconds)
            rows.append(cells)
            if slow >= MOST_MS:
                break
            knee = rate
    for cells in rows:
        table.add(way.title, *cells, found.checked(here.checked) if cells is rows[-1] else "")
    return knee


def _at_rate(here: Crowd, rate: int, seconds: float) -> tuple[float, list[str]]:
    here.forget()
    meter = here.meter()
    paced(here, rate, seconds)
    here.finish()
    took, busy, own = meter.read()
    done, updates = len(here.authors.written) / took, here.updates_ms()
    told = [spread(updates), spread(here.acknowledged_ms()), f"{busy / took:.0%}", f"{own / took:.0%}"]
    return p95(updates), [f"{rate:,}", f"{done:,.0f}", *told]
