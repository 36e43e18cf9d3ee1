"""A live room while five PDFs are made, against the same room left alone.

The processes that make them may only run on the server's core, at the lowest priority: on a machine with a core to
spare it is easier.
"""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from bench.acts import initiative, placement
from bench.crowd import Crowd, crowd, paced, timed
from bench.pens import Answer, Pen, asking
from bench.results import Found, p95

PHONES, RATE, SECONDS, PDFS, PATIENCE_S = 100, 20.0, 15.0, 5, 120.0


def run(found: Found, quick: bool) -> None:
    """Measure both halves in one room."""
    table = found.table(
        f"{PHONES} phones, {RATE:.0f} changes a second",
        "meanwhile", "seconds", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "server CPU", "generator CPU",
        "lost / doubled / out of order",
    )  # fmt: skip
    seconds, pdfs = (3.0, 1) if quick else (SECONDS, PDFS)
    with crowd(1, PHONES, screens=True) as here:
        _filled(here, 0.3 if quick else 2.0)
        alone = _measured(here, lambda: paced(here, RATE, seconds))
        before = p95(here.updates_ms())
        here.forget()
        among = _measured(here, lambda: _while_made(here, pdfs))
        found.values |= {"ratio": p95(here.updates_ms()) / before}
    ledger = found.checked(here.checked)
    table.add("nothing else", *alone, ledger)
    table.add(f"{pdfs} PDFs are made", *among, ledger)


def _filled(here: Crowd, seconds: float) -> None:
    """Let there be initiatives to print."""
    here.authors.writing = initiative
    paced(here, 60.0, seconds)
    here.finish()
    here.authors.writing = placement
    here.forget()


def _measured(here: Crowd, write: Callable[[], None]) -> list[str]:
    meter, start = here.meter(), time.perf_counter()
    write()
    took, shares = time.perf_counter() - start, meter.shares()
    here.finish()
    return [f"{took:.1f}", *timed(here), *shares]


def _while_made(here: Crowd, pdfs: int) -> None:
    """Write on until all of them have come."""
    made: list[int] = []
    end = time.perf_counter() + PATIENCE_S
    _ask_for(here, made, pdfs)
    while len(made) < pdfs and time.perf_counter() < end:
        paced(here, RATE, 0.5)
    assert made == [200] * pdfs, made


def _ask_for(here: Crowd, made: list[int], pdfs: int) -> None:
    workshop = here.workshops[0]
    for n in range(pdfs):
        form = urlencode({"what": "group", "group": n % 3 + 1, "paper": ("a3", "a4")[n % 2]}).encode()
        request = asking("POST", here.host, f"/exports/{workshop.code}", workshop.desk, form, workshop.code)

        def answered(answer: Answer) -> None:
            made.append(answer.status)

        Pen(here.loop, here.server.port).ask(request, answered)
