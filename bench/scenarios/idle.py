"""A thousand phones on which nothing happens: what each costs in memory, and all of them in CPU."""

from bench.crowd import crowd
from bench.machine import rss_kb
from bench.results import Found

PHONES, SECONDS = 1_000, 25.0


def run(found: Found, quick: bool) -> None:
    """Measure it, beats and engine.io's pings included."""
    _measured(found, *((50, 3.0) if quick else (PHONES, SECONDS)))


def brief(found: Found) -> None:
    """The same for a shorter while."""
    _measured(found, PHONES, SECONDS / 3)


def _measured(found: Found, phones: int, seconds: float) -> None:
    table = found.table(
        "", "phones", "kB a phone", "server MB", "server CPU", "generator CPU", "kB/s to each"
    )
    with crowd(1, phones) as here:
        held = rss_kb(here.server.pid)
        meter = here.meter()
        here.loop.run(seconds)
        took, busy, own = meter.read()
        sent = sum(ear.bytes for ear in here.phones) / 1000 / took / phones
        each = (held - here.empty_kb) / phones
        found.values |= {"kB": each, "CPU": busy / took * 100}
        table.add(
            f"{phones:,}",
            f"{each:.0f}",
            f"{held / 1024:.0f}",
            f"{busy / took:.1%}",
            f"{own / took:.1%}",
            f"{sent:.3f}",
        )
        assert not any(ear.over for ear in here.phones)
