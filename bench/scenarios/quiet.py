"""A quiet room of 30: one act now and then, and how long until the last phone has it, commit included.

At the client: from just before the POST's bytes are written to the last phone's frame. In the server (a stopwatch put
into it): from the request line read to the last frame written.
"""

import os
from pathlib import Path

from bench.altered import program, read_stopwatch
from bench.crowd import Crowd, crowd, folder, paced
from bench.results import Found, Table, p50, p95
from bench.revision import SHIPS, Way, against, ways

PHONES, RATE, SECONDS = 30, 5.0, 20.0


def run(found: Found, quick: bool) -> None:
    """Measure the room as it ships, then with the stopwatch."""
    _measured(found, _table(found), 3.0 if quick else SECONDS)


def brief(found: Found) -> None:
    """The same for a shorter while."""
    _measured(found, _table(found), SECONDS / 2)


def _table(found: Found) -> Table:
    return found.table(
        "Thirty phones, a wall and a desk; five acts a second, one at a time",
        "measured", "acts", "p50 ms", "p95 ms", "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip


def _measured(found: Found, table: Table, seconds: float) -> None:
    with ways() as both:
        against(found.values, "quiet client p95", [_outside(found, table, way, seconds) for way in both])
    with folder() as place:
        marks = place / "marks"
        os.environ["ATELIER_BENCH_MARKS"] = str(marks)
        inside, shares, ledger = _inside(found, marks, seconds)
    table.add("act received → last frame written", len(inside), *_cells(inside), *shares, ledger)
    found.values["quiet p95"] = p95(inside)


def _outside(found: Found, table: Table, way: Way, seconds: float) -> float:
    with crowd(1, PHONES, pens=1, screens=True, **way.options) as here:
        shares = _written(here, seconds)
        last, acknowledged = _last_frames_ms(here), here.acknowledged_ms()
    ledger, of = found.checked(here.checked), "" if way.title == SHIPS else f" ({way.title})"
    table.add(f"act sent → acknowledged{of}", len(acknowledged), *_cells(acknowledged), *shares, ledger)
    table.add(f"act sent → last phone has its frame{of}", len(last), *_cells(last), *shares, ledger)
    return p95(last)


def _written(here: Crowd, seconds: float) -> tuple[str, str]:
    meter = here.meter()
    paced(here, RATE, seconds)
    here.finish()
    return meter.shares()


def _last_frames_ms(here: Crowd) -> list[float]:
    return [
        (max(ear.heard_at(each.seq) or 0.0 for ear in here.ears[each.table]) - each.due) * 1000
        for each in here.authors.written
    ]


def _inside(found: Found, marks: Path, seconds: float) -> tuple[list[float], tuple[str, str], str]:
    with crowd(1, PHONES, pens=1, screens=True, program=program("stopwatch")) as here:
        shares = _written(here, seconds)
        acts = len(here.authors.written)
    taken = read_stopwatch(marks)
    assert len(taken) >= acts - 1, "the stopwatch missed acts"
    return taken, shares, found.checked(here.checked)


def _cells(values: list[float]) -> tuple[str, str]:
    return f"{p50(values):.2f}", f"{p95(values):.2f}"
