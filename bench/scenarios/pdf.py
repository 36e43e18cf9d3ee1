"""A live room while five PDFs are made, against the same room left alone.

The processes that make them may only run on the server's core, at the lowest priority: on a machine with a core to
spare it is easier.
"""

import time
from urllib.parse import urlencode

from bench.crowd import Crowd, crowd, paced
from bench.pens import Answer, Pen, asking
from bench.results import Found, p50, p95

PHONES, RATE, SECONDS, PDFS, PATIENCE_S = 100, 20.0, 15.0, 5, 120.0


def run(found: Found, quick: bool) -> None:
    """Measure both halves in one room."""
    table = found.table(
        f"{PHONES} phones, {RATE:.0f} changes a second",
        "meanwhile", "seconds", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "server CPU", "generator CPU",
        "lost / doubled / out of order",
    )  # fmt: skip
    rows, updates = [], []
    with crowd(1, PHONES, screens=True) as here:
        for name in ("nothing else", "five PDFs"):
            here.forget()
            rows.append([name, *_measured(here, name, 3.0 if quick else SECONDS, 1 if quick else PDFS)])
            updates.append(p95(here.updates_ms()))
    for row in rows:
        table.add(*row, found.checked(here.checked) if row is rows[-1] else "")
    found.values |= {"ratio": updates[1] / updates[0]}


def _measured(here: Crowd, name: str, seconds: float, pdfs: int) -> list[str]:
    made: list[int] = []
    start = time.perf_counter()
    meter = here.meter()
    if name == "nothing else":
        paced(here, RATE, seconds)
    else:
        _ask_for(here, made, pdfs)
        while len(made) < pdfs and time.perf_counter() - start < PATIENCE_S:
            paced(here, RATE, 0.5)
        assert made == [200] * pdfs, made
    took, shares = time.perf_counter() - start, meter.shares()
    here.finish()
    times = [f"{p50(each):.1f} / {p95(each):.1f}" for each in (here.updates_ms(), here.acknowledged_ms())]
    return [f"{took:.1f}", *times, *shares]


def _ask_for(here: Crowd, made: list[int], pdfs: int) -> None:
    workshop = here.workshops[0]
    for n in range(pdfs):
        form = urlencode({"what": "group", "group": n % 3 + 1, "paper": ("a3", "a4")[n % 2]}).encode()
        request = asking("POST", here.host, f"/exports/{workshop.code}", workshop.desk, form, workshop.code)

        def answered(answer: Answer) -> None:
            made.append(answer.status)

        Pen(here.loop, here.server.port).ask(request, answered)
