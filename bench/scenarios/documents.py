"""What each document costs the process that makes it: time of the processor, and memory at its most."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from atelier.domain.state import Workshop
from atelier.export.api import ALL, FILES, Source, content_of
from atelier.export.plain import NothingToSay
from atelier.runtime.processes import environment
from bench.results import Found
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import HUGE, ROOMS

SHEETS = ("ensemble", "groupe-1", "vierge")
MEASURED = ("a whole workshop", "twelve groups with long names", "four hundred initiatives")
CEILING_S = 900.0
"""Of the clock, for all: on a busy machine the table is written with what was measured until then."""
NOT_MEASURED = "not measured"
AT_OUR_PRIORITY = """
import sys
from atelier.export import worker
worker.lower_priority = lambda: None
sys.exit(worker.main(sys.argv[1:]))
"""
"""The worker itself, which else waits until nobody wants the processor: its time is measured, not its patience."""


class Cost(NamedTuple):
    """What making a document took; `kb`: size of the file, 0 where the process ended by its limits or the ceiling."""

    cpu_s: float
    mb: float
    kb: float

    def __str__(self) -> str:
        made = f"{self.kb:,.0f} kB" if self.kb else "refused"
        return f"{self.cpu_s:.1f} s / {self.mb:.0f} MB / {made}"


def run(found: Found, quick: bool) -> None:
    """Make every document of workshops of several sizes, one after the other."""
    costs = measure(found, MEASURED[:1] if quick else MEASURED)
    if isinstance(everything := costs[MEASURED[0], ALL], Cost):
        found.values |= {"everything CPU": everything.cpu_s, "everything MB": everything.mb}


def measure(
    found: Found, names: Sequence[str], ceiling_s: float = CEILING_S
) -> dict[tuple[str, str], Cost | str]:
    """Measure workshop after workshop, until the ceiling; add the table and return what is in it."""
    end, costs, documents = time.monotonic() + ceiling_s, {}, (*SHEETS, *FILES)
    for name in names:
        state = (ROOMS | HUGE)[name]()[0]
        for wanted in documents:
            left = end - time.monotonic()
            costs[name, wanted] = cost_of(state, wanted, left) if left > 0 else NOT_MEASURED
            print(f"{name}, {wanted}: {costs[name, wanted]}", flush=True)
    table = found.table("CPU time / memory / file, by document", "document", *names)
    for wanted in documents:
        table.add(wanted, *(costs[name, wanted] for name in names))
    return costs


def cost_of(state: Workshop, wanted: str, ceiling_s: float = CEILING_S) -> Cost | str:
    """Make a document as the program does; « – » where the workshop has nothing that it is about."""
    source = Source(code=rooms.CODE, state=state, doctrine=rooms.DOCTRINE, at=rooms.AT)
    try:
        given = json.dumps(content_of(source, wanted).as_json()).encode()
    except NothingToSay:
        return "–"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        command = [sys.executable, "-c", AT_OUR_PRIORITY, str(path)]
        status, usage = _ended(command, given, ceiling_s)
        return Cost(usage[0], usage[1], path.stat().st_size / 1000 if status == 0 else 0)


def _ended(command: list[str], given: bytes, ceiling_s: float) -> tuple[int, tuple[float, float]]:
    """Run to the end, or the ceiling; return its status, its CPU seconds and the most memory it held, in MB."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as process:
        assert process.stdin is not None
        enough = threading.Timer(ceiling_s, os.kill, (process.pid, signal.SIGKILL))
        enough.start()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(given)
            process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        enough.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
