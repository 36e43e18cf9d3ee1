"""One phone stops reading while 299 others go on: do they notice, and what does the server hold for it?

Initiatives as long as they may be, so that what the kernel takes for it is full within seconds.
"""

from atelier.limits import QUEUE_BYTES, QUEUE_SECONDS
from bench.acts import initiative
from bench.crowd import Crowd, crowd, paced
from bench.ears import Ear, Wanted, opened
from bench.machine import rss_kb
from bench.results import Found, p50, p95

PHONES, RATE, SECONDS = 300, 20.0, 20.0
BUFFER = 4096


def run(found: Found, quick: bool) -> None:
    """Measure the same room without and with it."""
    phones, seconds = (30, 3.0) if quick else (PHONES, SECONDS)
    table = found.table(
        f"{phones} phones, {RATE:.0f} initiatives a second",
        "room", "update p50 / p95 ms of the others", "kB a message", "server MB before → most", "the sleeper",
        "server CPU", "generator CPU", "lost / doubled / out of order",
    )  # fmt: skip
    for name in ("everybody reads", "one has stopped reading"):
        with crowd(1, phones) as here:
            here.authors.writing = initiative
            asleep = _sleeper(here) if name.startswith("one") else None
            before, most, shares = _written(here, seconds)
            updates = here.updates_ms()
            said = "–" if asleep is None else _state(here, asleep)
        found.values[name] = p95(updates)
        frames = sum(len(ear.positions) for ear in here.phones)
        size = f"{sum(ear.bytes for ear in here.phones) / 1000 / frames:.1f}"
        memory = f"{before / 1024:.0f} → {most / 1024:.0f}"
        times = f"{p50(updates):.1f} / {p95(updates):.1f}"
        table.add(name, times, size, memory, said, *shares, found.checked(here.checked))
    found.note(
        f"What waits for one reader: {QUEUE_BYTES // 1024} kB or {QUEUE_SECONDS:.0f} s at most, then it is "
        "disconnected and catches up by its position when it is back (`tests/live/test_slow_phone.py`)."
    )


def _sleeper(here: Crowd) -> Ear:
    person = here.workshops[0].people[0]
    wanted = [Wanted(here.host, person.code, person.cookie)]
    ear = opened(here.server.port, wanted, here.loop, BUFFER)[0]
    here.loop.drop(ear)
    return ear


def _written(here: Crowd, seconds: float) -> tuple[int, int, tuple[str, str]]:
    before = most = rss_kb(here.server.pid)
    meter = here.meter()
    for _ in range(round(seconds)):
        paced(here, RATE, 1.0)
        most = max(most, rss_kb(here.server.pid))
    shares = meter.shares()
    here.finish()
    return before, most, shares


def _state(here: Crowd, asleep: Ear) -> str:
    """Let it read what had arrived; tell whether its connection is over."""
    here.loop.add(asleep)
    over = here.loop.run(2.0, lambda: asleep.over)
    return f"dropped after {asleep.bytes / 1024:.0f} kB" if over else "still connected"
