"""The machine that measures: its cores and who gets which, what a process takes of them, what to call it."""

import contextlib
import os
import platform
import sys
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

_CPU_OF_A_PROCESS = 2
REST_CPU_S = 0.005
"""What a server that rests takes between two readings, at most: its beats."""
REST_S, READING_S, QUIET_READINGS = 10.0, 0.3, 4
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


def cores() -> list[int]:
    """Return the cores that this process was given when it began."""
    return _CORES


_CORES = sorted(os.sched_getaffinity(0))


@contextlib.contextmanager
def on_core(number: int) -> Iterator[None]:
    """Run on one core inside the block, and start there whatever is started inside it."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {_CORES[number % len(_CORES)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def pin(number: int) -> None:
    """Keep this process on one core from now on."""
    os.sched_setaffinity(0, {_CORES[number % len(_CORES)]})


def unpin() -> None:
    """Let this process have every core again."""
    os.sched_setaffinity(0, _CORES)


def cpu_s(pid: int) -> float:
    """Return the CPU seconds that a process has taken, all its threads together: Linux’s own clock of it."""
    return time.clock_gettime((~pid << 3) | _CPU_OF_A_PROCESS)


def rested(pid: int) -> None:
    """Wait until a server that has started has nothing left to prepare: several readings in a row without work."""
    end, quiet, before = time.monotonic() + REST_S, 0, cpu_s(pid)
    while quiet < QUIET_READINGS and time.monotonic() < end:
        time.sleep(READING_S)
        now = cpu_s(pid)
        quiet, before = (quiet + 1 if now - before < REST_CPU_S else 0), now


def rss_kb(pid: int) -> int:
    """Return what a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_KB


class Meter:
    """What processes and this one took of a core since it was made."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._busy, self._own, self._start = self._cpu(), time.process_time(), time.perf_counter()

    def read(self) -> tuple[float, float, float]:
        """Return seconds since the start, CPU seconds of the processes together, CPU seconds of this one."""
        took = time.perf_counter() - self._start
        return took, self._cpu() - self._busy, time.process_time() - self._own

    def shares(self) -> tuple[str, str]:
        """Return what the processes together, and this one, took of a core, as they are printed."""
        took, busy, own = self.read()
        return f"{busy / took:.0%}", f"{own / took:.0%}"

    def _cpu(self) -> float:
        return sum(cpu_s(pid) for pid in self._pids)


def describe() -> str:
    """Return what to call this machine, in one line."""
    gevent = _version("gevent")
    return (
        f"{len(_CORES)} cores, {_processor()}, {_memory_gb()} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, gevent {gevent}"
    )


def load() -> float:
    """Return the load of the last minute: other work on the machine shows here."""
    return os.getloadavg()[0]


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gb() -> int:
    return round(PAGE_KB * os.sysconf("SC_PHYS_PAGES") / 1024**2)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "–"


if sys.platform != "linux":
    raise SystemExit("bench/ measures on Linux: /proc, epoll, cores of one's own.")
