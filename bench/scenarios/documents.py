"""What each document costs the process that makes it: time of the processor, and memory at its most."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from atelier.domain.state import Workshop
from atelier.export.api import ALL, FILES, Source, content_of
from atelier.export.plain import NothingToSay
from atelier.runtime.processes import environment
from bench.results import Found
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import HUGE, ROOMS, TEN_THOUSAND

SHEETS = ("ensemble", "groupe-1", "vierge")
MEASURED = ("a whole workshop", "twelve groups with long names", "four hundred initiatives", TEN_THOUSAND)
AT_OUR_PRIORITY = """
import sys
from atelier.export import worker
worker.lower_priority = lambda: None
sys.exit(worker.main(sys.argv[1:]))
"""
"""The worker itself, which else waits until nobody wants the processor: its time is measured, not its patience."""


class Cost(NamedTuple):
    """What making a document took; `kb`: size of the file, 0 where the process ended by its limits."""

    cpu_s: float
    mb: float
    kb: float

    def __str__(self) -> str:
        made = f"{self.kb:,.0f} kB" if self.kb else "refused"
        return f"{self.cpu_s:.1f} s / {self.mb:.0f} MB / {made}"


def run(found: Found, quick: bool) -> None:
    """Make every document of workshops of several sizes, one after the other."""
    names = MEASURED[:1] if quick else MEASURED
    states = {name: (ROOMS | HUGE)[name]()[0] for name in names}
    table = found.table("CPU time / memory / file, by document", "document", *names)
    for wanted in (*SHEETS, *FILES):
        costs = [cost_of(state, wanted) for state in states.values()]
        table.add(wanted, *(each or "–" for each in costs))
        if wanted == ALL and costs[0]:
            found.values |= {"everything CPU": costs[0].cpu_s, "everything MB": costs[0].mb}


def cost_of(state: Workshop, wanted: str) -> Cost | None:
    """Make a document as the program does; None where the workshop has nothing that it is about."""
    source = Source(code=rooms.CODE, state=state, doctrine=rooms.DOCTRINE, at=rooms.AT)
    try:
        given = json.dumps(content_of(source, wanted).as_json()).encode()
    except NothingToSay:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        command = [sys.executable, "-c", AT_OUR_PRIORITY, str(path)]
        status, usage = _ended(command, given)
        return Cost(usage[0], usage[1], path.stat().st_size / 1000 if status == 0 else 0)


def _ended(command: list[str], given: bytes) -> tuple[int, tuple[float, float]]:
    """Run to the end; return its status, its CPU seconds and the most memory it held, in MB."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as process:
        assert process.stdin is not None
        process.stdin.write(given)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
