"""`python -m tests.service.slow_disk`: a service on greenlets whose disk is slow; prints what it saw as JSON."""

import sys

from atelier.runtime import concurrency

if __name__ == "__main__":
    EARLY = sorted(
        {"concurrent.futures", "engineio", "flask", "logging", "queue", "sqlite3"} & set(sys.modules)
    )
    concurrency.take_over()

import json
import sqlite3
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from gevent.monkey import get_original

from atelier.domain.commands import Announce
from atelier.domain.values import Actor, Role
from atelier.journal.folder import JournalFolder
from atelier.service import workshop
from atelier.service.service import Service
from tests.support.setups import a_setup

NOW = 1_782_345_600_000
DESK = Actor(Role.FACILITATOR, "key-1")
SLOW_S = 2.0
ACTS = 5


def main() -> None:
    """Write while something else keeps ticking."""
    ticks: list[float] = []

    def tick() -> None:
        while True:
            ticks.append(time.monotonic())
            time.sleep(0.01)

    threading.Thread(target=tick, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        batches = written(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        beside, again = looked_up(Path(folder))
    end = time.monotonic()
    longest = max(later - earlier for earlier, later in pairwise([*ticks, end]))
    raised = ""
    try:
        concurrency.off_the_loop(sqlite3.connect, "/no/such/folder/file")
    except sqlite3.OperationalError as error:
        raised = str(error)
    seen = {"early": EARLY, "batches": batches, "beside": beside, "again": again}
    print(json.dumps(seen | {"stopped": longest / SLOW_S, "raised": raised}))


def written(folder: Path) -> int:
    """Write a few acts at once on a disk that natively sleeps; return how many times it was written to."""
    service = Service(JournalFolder(folder), clock=lambda: NOW)
    code = service.create(a_setup(), "key-1", lambda _: "hash")
    journal = service._rooms[code].journal
    append = journal.append

    batches = []

    def slowly(*given: object) -> None:
        batches.append(given)
        get_original("time", "sleep")(SLOW_S)
        append(*given)  # type: ignore[arg-type]

    journal.append = slowly  # type: ignore[method-assign, assignment]
    with ThreadPoolExecutor(ACTS) as several:
        acts = [
            several.submit(service.handle, code, Announce(text=f"{n}"), DESK, f"op-{n}") for n in range(ACTS)
        ]
        assert max(act.result().seq for act in acts) == service.read(code).position.seq
    service.close()
    return len(batches)


def looked_up(folder: Path) -> tuple[bool, list[bool]]:
    """Repeat acts that memory let go of, on a disk that hangs when it is asked for them; return whether an act in
    another workshop was done meanwhile, and whether each repeat got the position of the first time."""
    vars(workshop)["LATE_READER_FACTS"] = 2
    service = Service(JournalFolder(folder), clock=lambda: NOW)
    code, other = (service.create(a_setup(), "key-1", lambda _: "hash") for _ in range(2))
    acts = [(Announce(text=f"{n}"), f"op-{n}") for n in range(20)]
    first = [service.handle(code, act, DESK, op) for act, op in acts]
    journal = service._rooms[code].journal
    accepted = journal.accepted

    def slowly(*given: str) -> int | None:
        get_original("time", "sleep")(SLOW_S)
        return accepted(*given)

    journal.accepted = slowly  # type: ignore[method-assign, assignment]
    with ThreadPoolExecutor(3) as several:
        repeats = [several.submit(service.handle, code, act, DESK, op) for act, op in acts[:3]]
        time.sleep(0.05)
        service.handle(other, Announce(text="À côté"), DESK, "op-beside")
        beside = not any(repeat.done() for repeat in repeats)
        again = [repeat.result() == before for repeat, before in zip(repeats, first, strict=False)]
    service.close()
    return beside, again


if __name__ == "__main__":
    main()
