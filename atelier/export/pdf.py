"""One PDF through one worker process: at most two at once, bounded in time, whole or not at all."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from atelier.export.failures import ExportFailed
from atelier.export.report import Report
from atelier.export.worker import EXITS
from atelier.limits import PDF_S, PDF_TURN_S, PDFS_AT_ONCE

_ROOT = Path(__file__).resolve().parents[2]
_turns = threading.BoundedSemaphore(PDFS_AT_ONCE)


def make_pdf(report: Report, output: Path, timeout_s: float = PDF_S) -> Path:
    """Write the PDF of `report` to `output` and return it. Raises ExportFailed and leaves nothing behind."""
    if not _turns.acquire(timeout=PDF_TURN_S):
        raise ExportFailed("busy")
    try:
        return _written(report, output, timeout_s)
    except OSError as error:
        raise ExportFailed("disk", str(error)) from error
    finally:
        _turns.release()


def _written(report: Report, output: Path, timeout_s: float) -> Path:
    output.parent.mkdir(parents=True, exist_ok=True)
    # The reader of a half-written file would believe it: the name is given at the end.
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".pdf.part", dir=output.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        _run(report.as_json(), temporary, timeout_s)
        temporary.replace(output)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return output


def _run(report: dict[str, Any], temporary: Path, timeout_s: float) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own program, a path made by us
        [sys.executable, "-m", "atelier.export.worker", str(temporary)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=_environment(),
        creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
    )
    try:
        _, errors = process.communicate(json.dumps(report).encode(), timeout=timeout_s)
    except subprocess.TimeoutExpired:
        raise ExportFailed("too-long", f"{timeout_s} s") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode != 0:
        raise ExportFailed(EXITS.get(process.returncode, "failed"), errors.decode(errors="replace")[-2000:])


def _environment() -> dict[str, str]:
    # The worker lays out texts: it has no use for the server's secrets.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER_")}
    return kept | {"PYTHONUTF8": "1", "PYTHONPATH": str(_ROOT)}
