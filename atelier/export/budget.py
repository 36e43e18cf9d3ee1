"""What the process that makes documents may take of the machine, where the system can limit it. In the worker only."""

import contextlib
import importlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any

from atelier.limits import PDF_CPU_S, PDF_MEMORY_BYTES

resource: Any = None
with contextlib.suppress(ImportError):  # Windows has none
    resource = importlib.import_module("resource")


class OutOfTime(Exception):  # noqa: N818 - what happened
    """One document of an archive took the processor's time that it had."""


def limit(documents: int) -> None:
    """Limit the address space to `PDF_MEMORY_BYTES`, and the processor's time to `PDF_CPU_S` for each document."""
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY_BYTES, PDF_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (PDF_CPU_S, PDF_CPU_S * documents + 5))


@contextlib.contextmanager
def one_document() -> Iterator[None]:
    """Give what is made inside the time of one document. Raises OutOfTime."""
    if resource is None:
        yield
        return
    limits, usage = resource.getrlimit(resource.RLIMIT_CPU), resource.getrusage(resource.RUSAGE_SELF)
    until, most = int(usage.ru_utime + usage.ru_stime) + PDF_CPU_S, limits[1]
    before = signal.signal(signal.SIGXCPU, _stop)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (until if most < 0 else min(until, most), most))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, limits)
        signal.signal(signal.SIGXCPU, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime
