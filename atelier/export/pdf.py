"""Make a document in a worker process: `PDFS_AT_ONCE` at once, `PDF_CPU_S` of work each, whole or not at all."""

import contextlib
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from atelier.export import progress
from atelier.export.failures import ExportFailed
from atelier.export.worker import EXITS, OUT_OF_TIME
from atelier.limits import PDF_S, PDF_TURN_S, PDFS_AT_ONCE
from atelier.runtime.concurrency import off_the_loop
from atelier.runtime.processes import LOOK_S, Ended, NotWanted, TookTooLong, run_low_priority


class Content(Protocol):
    """What a document is made of: plain data with its `format`, a key of `worker.WRITERS`."""

    def as_json(self) -> dict[str, Any]:
        """Return what `json.dumps` takes."""


_turns = threading.BoundedSemaphore(PDFS_AT_ONCE)


def make_pdf(
    report: Content,
    output: Path,
    timeout_s: float = PDF_S,
    unwanted: Callable[[], bool] = lambda: False,
    ticket: str = "",
) -> Path:
    """Write the document of `report` to `output` and return it. Raises ExportFailed and leaves nothing behind.

    `unwanted()` is polled while waiting: True cancels, when the client is gone. `ticket`: by which `progress` knows it.
    """
    with progress.waiting(ticket) as place:
        _take_turn(unwanted)
        return _made(report, output, timeout_s, unwanted, place)


def _made(
    report: Content, output: Path, timeout_s: float, unwanted: Callable[[], bool], place: progress.Ticket
) -> Path:
    try:
        return _written(report, output, timeout_s, unwanted, place)
    except OSError as error:
        raise ExportFailed("disk", str(error)) from error
    except TookTooLong as error:
        raise ExportFailed("too-long", str(error)) from None
    except NotWanted:
        raise ExportFailed("unwanted") from None
    finally:
        _turns.release()


def _take_turn(unwanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PDF_TURN_S
    while not _turns.acquire(timeout=max(0.0, min(LOOK_S, deadline - time.monotonic()))):
        if time.monotonic() >= deadline:
            raise ExportFailed("busy")
        if unwanted():
            raise ExportFailed("unwanted")


def _written(
    report: Content, output: Path, timeout_s: float, unwanted: Callable[[], bool], place: progress.Ticket
) -> Path:
    output.parent.mkdir(parents=True, exist_ok=True)
    # The reader of a half-written file would believe it: the name is given at the end.
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=output.parent)
    os.close(descriptor)
    place.file = temporary = Path(name)
    try:
        given = off_the_loop(_encoded, report)
        ended = run_low_priority("atelier.export.worker", [str(temporary)], given, timeout_s, unwanted)
        if ended.status:
            raise _explained(ended)
        temporary.replace(output)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
            progress.beside(temporary).unlink(missing_ok=True)
    return output


def _explained(ended: Ended) -> ExportFailed:
    if ended.status == OUT_OF_TIME:
        return ExportFailed("too-long", "processor")
    failed = ExportFailed(EXITS.get(ended.status, "failed"), ended.errors[-2000:])
    number = re.search(r"^errno (\d+)$", ended.errors, re.M)
    failed.__cause__ = OSError(int(number[1]), "") if number else None
    return failed


def _encoded(report: Content) -> bytes:
    return json.dumps(report.as_json()).encode()
