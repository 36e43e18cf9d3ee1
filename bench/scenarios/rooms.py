"""A hundred rooms of 30 on one process, each workshop a file of its own, 200 acts a second together."""

from bench.crowd import crowd
from bench.results import Found, p95
from bench.scenarios.plenary import HEAD, paced_row

ROOMS, PHONES, RATE, SECONDS = 100, 30, 200, 10.0


def run(found: Found, quick: bool) -> None:
    """Measure it."""
    rooms, seconds = (10, 2.0) if quick else (ROOMS, SECONDS)
    table = found.table(f"{rooms} rooms of {PHONES}, one process", *HEAD)
    with crowd(rooms, PHONES, pens=32) as here:
        _, cells = paced_row(here, RATE, seconds)
        found.values["update p95"] = p95(here.updates_ms())
    table.add(f"{RATE:,}", *cells, found.checked(here.checked))
