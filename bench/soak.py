"""`python -m bench soak`: a full workshop at real speed, for as long as one lasts; does anything grow that should not?

Three hundred people at three tables place, write, support, close their phone and come back, with a wall and a desk; its
memory and CPU are taken every ten seconds, and at the end the ledger is compared with the journal.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from bench.acts import Workday
from bench.crowd import Crowd, Seats, crowd, paced, people_of, timed
from bench.ears import Wanted, opened
from bench.machine import rss_kb
from bench.page import write
from bench.results import Found, Table, save

PHONES, EVERY_S, SAMPLE_S, GOING, AWAY = 300, 10.0, 10.0, 3, 40
HEAD = (
    "minute", "acts", "update p50 / p95 ms", "acknowledgement p50 / p95 ms", "server MB", "server CPU", "generator CPU",
    "came back so far",
)  # fmt: skip
LASTING, CYCLES = "tests/live/test_leaks.py", 10_000
WARM_SHARE = 0.25
"""What is not counted as growth: the first quarter, in which caches fill."""


def main(minutes: float, phones: int = PHONES) -> int:
    """Run it, print a line a minute, keep the result for the page."""
    found, start = Found(), time.perf_counter()
    table = found.table(
        f"{phones} phones, {phones / EVERY_S:.0f} acts a second, some always on their way", *HEAD
    )
    samples: list[tuple[float, int]] = []
    with crowd(1, phones, groups=3, screens=True) as here:
        here.authors.writing = Workday()
        restless = Restless(here)
        for minute in range(1, max(1, round(minutes)) + 1):
            _minute(here, restless, samples, table, minute, min(60.0, minutes * 60))
        restless.settle()
    ledger = found.checked(here.checked)
    growth = per_minute(samples)
    found.values |= {"kB a minute": growth}
    found.note(
        f"Memory after the first quarter: {growth:+.0f} kB a minute, while the workshop itself grew by "
        f"{here.checked.acts:,} acts. {restless.count:,} connections were opened again. "
        f"Lost / doubled / out of order: {ledger}."
    )
    found.note(_come_and_go())
    save("soak", found, time.perf_counter() - start)
    write()
    return 0


def _come_and_go() -> str:
    """Run the test that opens and closes connections by the thousand; return what came of it. Raises RuntimeError."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-m", "", "-k", "leave_nothing_behind", LASTING]
    told = os.environ | {"ATELIER_TEST_CYCLES": str(CYCLES)}
    if subprocess.run(command, env=told, check=False).returncode:
        raise RuntimeError("connections leave something behind")
    return (
        f"{CYCLES:,} connections opened and closed left nothing behind: no file, no "
        f"task, less than a kilobyte each ({time.perf_counter() - start:.0f} s)."
    )


class Restless:
    """Some phones of a room are always closed for a while, and opened again."""

    def __init__(self, here: Crowd) -> None:
        self._here, self._chance, self.count = here, random.Random(2), 0
        self._away: list[tuple[Seats, Wanted]] = []
        left = {table: list(ears) for table, ears in here.ears.items()}
        self._wanted = {
            left[each.code, each.group].pop(0): Wanted(here.host, each.code, each.cookie, "phone", each.group)
            for each in people_of(here.workshops)
        }

    def step(self) -> None:
        """Some leave; whoever has been away longest comes back."""
        for _ in range(GOING):
            self._leave()
        while len(self._away) > AWAY:
            self._return()

    def settle(self) -> None:
        """Let everybody come back."""
        while self._away:
            self._return()

    def _leave(self) -> None:
        table = self._chance.choice(list(self._here.ears))
        ears = self._here.ears[table]
        ear = ears.pop(self._chance.randrange(len(ears)))
        self._here.loop.drop(ear)
        ear.socket.close()
        self._away.append((table, self._wanted.pop(ear)))

    def _return(self) -> None:
        table, wanted = self._away.pop(0)
        (ear,) = opened(self._here.server.port, [wanted], self._here.loop)
        self._here.ears[table].append(ear)
        self._wanted[ear] = wanted
        self.count += 1


def per_minute(samples: Sequence[tuple[float, int]]) -> float:
    """Return the slope of memory over time, in kB a minute, by least squares; the first quarter is left out."""
    kept = samples[int(len(samples) * WARM_SHARE) :]
    if len(kept) < 3:
        return 0.0
    slope, _ = statistics.linear_regression([at / 60 for at, _ in kept], [held for _, held in kept])
    return slope


def _minute(
    here: Crowd,
    restless: Restless,
    samples: list[tuple[float, int]],
    table: Table,
    minute: int,
    seconds: float,
) -> None:
    here.forget()
    meter, start = here.meter(), time.perf_counter()
    while time.perf_counter() - start < seconds:
        for _ in range(int(min(SAMPLE_S, seconds))):
            restless.step()
            paced(here, len(people_of(here.workshops)) / EVERY_S, 1.0)
        samples.append((time.perf_counter(), rss_kb(here.server.pid)))
    shares = meter.shares()
    here.finish()
    table.add(
        minute,
        f"{len(here.authors.written):,}",
        *timed(here),
        f"{samples[-1][1] / 1024:.1f}",
        *shares,
        f"{restless.count:,}",
    )
