"""What one act costs the server, nobody listening: the CPU of a POST, and how much of it is the commit."""

import os

from bench.altered import program
from bench.crowd import Crowd, closed, crowd, folder
from bench.pens import Answer, Pen, asking
from bench.results import Found, p50, p95

PEOPLE, SECONDS, IN_FLIGHT = 300, 5.0, (1, 16)


def run(found: Found, quick: bool) -> None:
    """Measure acts one after the other, then several in flight, then requests that do nothing."""
    _measured(found, 1.0 if quick else SECONDS, IN_FLIGHT)


def brief(found: Found) -> None:
    """Measure what goals are about."""
    _measured(found, SECONDS / 2, IN_FLIGHT[:1])


def _measured(found: Found, seconds: float, counts: tuple[int, ...]) -> None:
    table = found.table(
        "",
        "asked", "in flight", "a second", "CPU ms each", "of which journal append", "acts a transaction",
        "p50 / p95 ms", "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    for in_flight in counts:
        with folder() as place:
            marks = os.environ["ATELIER_BENCH_MARKS"] = str(place / "marks")
            with crowd(1, PEOPLE, pens=in_flight, connected=False, program=program("accounts")) as here:
                meter = here.meter()
                closed(here, in_flight, seconds)
                here.finish()
                took, busy, own = meter.read()
            with open(marks) as file:  # noqa: PTH123 - two numbers
                commits, spent = map(float, file.read().split())
        acts, times = len(here.authors.written), here.acknowledged_ms()
        cost = busy * 1000 / acts
        found.values[f"POST {in_flight}"] = cost
        table.add(
            "an act", in_flight, f"{acts / took:,.0f}", f"{cost:.2f}", f"{spent * 1000 / acts:.2f}",
            f"{acts / commits:.1f}", f"{p50(times):.1f} / {p95(times):.1f}", f"{busy / took:.0%}", f"{own / took:.0%}",
            found.checked(here.checked),
        )  # fmt: skip
    with crowd(1, 1, connected=False) as here:
        cells = _bare(here, seconds)
        found.values["act × etat"] = found.values["POST 1"] / float(cells[1])
        table.add("`GET /etat`", 1, *cells, "–")


def _bare(here: Crowd, seconds: float) -> list[str]:
    """Ask again and again for the smallest answer there is: what Flask and HTTP cost by themselves."""
    request, count, pen = asking("GET", here.host, "/etat", ""), 0, Pen(here.loop, here.server.port)

    def again(answer: Answer | None = None) -> None:
        nonlocal count
        count += answer is not None
        pen.ask(request, again)

    meter = here.meter()
    again()
    here.loop.run(seconds)
    took, busy, own = meter.read()
    pen.hang_up()
    return [
        f"{count / took:,.0f}", f"{busy * 1000 / count:.2f}", "–", "–", f"{took * 1000 / count:.1f}",
        f"{busy / took:.0%}", f"{own / took:.0%}",
    ]  # fmt: skip
