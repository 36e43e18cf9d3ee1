"""Rooms that write without pause: real POSTs through the real program; then with each mechanism taken out.

A delivery is one change reaching one phone. Coalescing lets one frame bring several changes, so frames are counted too.
"""

from typing import NamedTuple

from bench.altered import program
from bench.crowd import SHIPPED, closed, crowd
from bench.results import Found, p50, p95

SECONDS, ROUNDS = 2.0, 2


class Shape(NamedTuple):
    """So many rooms of so many phones, so many acts in flight together."""

    title: str
    rooms: int
    phones: int
    in_flight: int


SHAPES = {
    "300": Shape("300 phones in one room, 4 acts in flight", 1, 300, 4),
    "10x30": Shape("Ten rooms of 30, one act in flight in each", 10, 30, 10),
}
VARIANTS = {
    "as it ships": (),
    "without coalescing": ("coalescing",),
    "framed for every reader": ("framing-once",),
    "a transaction an act": ("group-commit",),
    "stock Socket.IO transport": ("transport",),
}


def run(found: Found, quick: bool) -> None:
    """Measure every variant of every shape, in turn; of two rounds, the one that cost less: other work only adds."""
    seconds, rounds = (1.0, 1) if quick else (SECONDS, ROUNDS)
    for name, shape in SHAPES.items():
        taken: dict[str, list[tuple[float, list[str]]]] = {variant: [] for variant in VARIANTS}
        for _ in range(rounds):
            for variant, altered in VARIANTS.items():
                taken[variant].append(_measured(found, shape, altered, seconds))
        table = found.table(
            shape.title,
            "server", "acts/s", "deliveries/s", "CPU ms / 1,000 deliveries", "× as it ships", "CPU ms an act",
            "frames a delivery", "update p50 / p95 ms", "server CPU", "generator CPU", "lost / doubled / out of order",
        )  # fmt: skip
        first, _ = min(taken["as it ships"])
        for variant, tried in taken.items():
            cost, cells = min(tried)
            found.values[f"{name} {variant}"] = cost
            table.add(variant, *cells[:2], f"{cost:.1f}", f"{cost / first:.1f}", *cells[2:])


def _measured(
    found: Found, shape: Shape, altered: tuple[str, ...], seconds: float
) -> tuple[float, list[str]]:
    chosen = program(altered[0]) if altered else SHIPPED
    # By POST on all of them: the stock transport takes no acts.
    with crowd(shape.rooms, shape.phones, pens=shape.in_flight, over_sockets=False, program=chosen) as here:
        closed(here, shape.in_flight, 0.7)
        here.finish()
        here.forget()
        meter = here.meter()
        closed(here, shape.in_flight, seconds)
        here.finish()
        took, busy, own = meter.read()
        acts = len(here.authors.written)
        deliveries = acts * shape.phones
        updates = here.updates_ms()
        frames = here.frames()
    cells = [f"{acts / took:,.0f}", f"{deliveries / took:,.0f}", f"{busy * 1000 / acts:.2f}"]
    cells += [f"{frames / deliveries:.2f}", f"{p50(updates):.1f} / {p95(updates):.1f}"]
    cells += [f"{busy / took:.0%}", f"{own / took:.0%}", found.checked(here.checked)]
    return busy * 1e6 / deliveries, cells
