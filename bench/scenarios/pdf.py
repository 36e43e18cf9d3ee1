"""A live room while five PDFs are made, or every document in one archive, against the same room left alone.

The processes that make them may only run on the server's core, at the lowest priority: on a machine with a core to
spare it is easier.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from atelier.export.api import ALL
from bench.acts import initiative, placement
from bench.crowd import Crowd, crowd, paced, timed
from bench.pens import Answer, Pen, asking
from bench.results import Found, p95

PHONES, RATE, SECONDS, PATIENCE_S = 100, 20.0, 15.0, 600.0
SHEETS = [{"what": "group", "group": str(n % 3 + 1), "paper": ("a3", "a4")[n % 2]} for n in range(5)]


def run(found: Found, quick: bool) -> None:
    """Measure both halves in one room."""
    table = found.table(
        f"{PHONES} phones, {RATE:.0f} changes a second",
        "meanwhile", "seconds", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "server CPU", "generator CPU",
        "lost / doubled / out of order",
    )  # fmt: skip
    seconds, pdfs = (3.0, SHEETS[:1]) if quick else (SECONDS, SHEETS)
    with crowd(1, PHONES, screens=True) as here:
        _filled(here, 0.3 if quick else 2.0)
        alone = _measured(here, lambda: paced(here, RATE, seconds))
        updated, acknowledged = p95(here.updates_ms()), p95(here.acknowledged_ms())
        here.forget()
        among = _measured(here, lambda: _while_made(here, pdfs))
        found.values |= {"ratio": p95(here.updates_ms()) / updated}
        here.forget()
        everything = _measured(here, lambda: _while_made(here, [{"what": ALL}]))
        found.values |= {"everything ratio": p95(here.acknowledged_ms()) / acknowledged}
    ledger = found.checked(here.checked)
    table.add("nothing else", *alone, ledger)
    table.add(f"{len(pdfs)} PDFs are made", *among, ledger)
    table.add("« Tout » is made", *everything, ledger)


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


def _while_made(here: Crowd, wanted: Sequence[Mapping[str, str]]) -> None:
    """Write on until all of these documents have come."""
    made: list[int] = []
    end = time.perf_counter() + PATIENCE_S
    for form in wanted:
        _ask_for(here, made, form)
    while len(made) < len(wanted) and time.perf_counter() < end:
        paced(here, RATE, 0.5)
    assert made == [200] * len(wanted), made


def _ask_for(here: Crowd, made: list[int], form: Mapping[str, str]) -> None:
    workshop = here.workshops[0]
    posted = urlencode(form).encode()
    request = asking("POST", here.host, f"/exports/{workshop.code}", workshop.desk, posted, workshop.code)

    def answered(answer: Answer) -> None:
        made.append(answer.status)

    Pen(here.loop, here.server.port).ask(request, answered)
