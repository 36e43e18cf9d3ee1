"""`python -m bench profile SCENARIO`: where the server spends its time while a scenario runs, by py-spy.

Prints the functions that took most by themselves, and those that took most with what they called. Only servers as they
ship are looked at, and only once everybody is there; the stacks stay under build/bench/ for a flame graph.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.results import FOLDER, Table

TOP, RATE, ASKED = 15, 200, "ATELIER_BENCH_STACKS"
WAITING = re.compile(
    r"^(Hub\.run|_Condition\.wait|Condition\.wait|acquire_with_timeout|Queue\.get|.*\.poll|select) "
)
"""py-spy leaves idle threads out, but not all of gevent's."""


def main(names: list[str], quick: bool) -> int:
    """Run each scenario with the profiler on its servers."""
    if _spy() is None:
        print("py-spy is missing: sh tools/install.sh check")
        return 1
    for name in names:
        stacks = FOLDER / "stacks" / name
        shutil.rmtree(stacks, ignore_errors=True)
        stacks.mkdir(parents=True)
        command = [sys.executable, "-m", "bench", *(["--quick"] if quick else []), "--profiled", name]
        if subprocess.run(command, check=False, env=os.environ | {ASKED: str(stacks)}).returncode:
            return 1
        _told(name, stacks.glob("*.txt"))
    return 0


@contextmanager
def spied(pid: int) -> Iterator[None]:
    """Look at a process inside the block, when that was asked for."""
    folder, spy = os.environ.get(ASKED), _spy()
    if not folder or spy is None:
        yield
        return
    asked = [
        spy,
        "record",
        "--pid",
        str(pid),
        "--format",
        "raw",
        "--nolineno",
        "--rate",
        str(RATE),
        "--nonblocking",
    ]
    with subprocess.Popen([*asked, "--output", f"{folder}/{pid}.txt"], stdout=subprocess.DEVNULL) as process:
        time.sleep(0.5)
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)


def read(paths: Iterable[Path]) -> tuple[Counter[str], Counter[str], int]:
    """Return samples by function itself, by function with what it called, and altogether."""
    alone: Counter[str] = Counter()
    within: Counter[str] = Counter()
    total = 0
    for path in paths:
        for line in path.read_text().splitlines():
            stack, _, count = line.rpartition(" ")
            frames = [frame for frame in stack.split(";") if frame]
            if not frames or WAITING.search(frames[-1]):
                continue
            total += int(count)
            alone[frames[-1]] += int(count)
            within.update(dict.fromkeys(set(frames), int(count)))
    return alone, within, total


def _told(name: str, paths: Iterable[Path]) -> None:
    alone, within, total = read(paths)
    if not total:
        print(f"{name}: no server of this scenario can be looked at.")
        return
    for title, counts in (("by itself", alone), ("with what it calls", within)):
        table = Table(f"{name}: {title}, {total:,} samples at work", ["function", "share"])
        for function, count in counts.most_common(TOP):
            table.add(f"`{function}`", f"{count / total:.1%}")


def _spy() -> str | None:
    return shutil.which("py-spy", path=str(Path(sys.executable).parent))
