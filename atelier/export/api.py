"""Entry point of exports, for web and command line. File names are built here, from no user input."""

from collections.abc import Callable
from pathlib import Path

from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Workshop
from atelier.export.failures import ExportFailed
from atelier.export.pdf import make_pdf
from atelier.export.report import build
from atelier.limits import PDF_S
from atelier.runtime.concurrency import off_the_loop


def export_pdf(
    code: str,
    state: Workshop,
    doctrine: Doctrine,
    at: int,
    wanted: str,
    paper: str,
    folder: Path,
    timeout_s: float = PDF_S,
    unwanted: Callable[[], bool] = lambda: False,
) -> Path:
    """Make the document `wanted` (`ensemble`, `vierge`, `groupe-2`) on `a3` or `a4` and return its path.

    `unwanted`: as for `make_pdf`. Raises ExportFailed, whose `sentence` is for the screen.
    """
    try:
        report = off_the_loop(build, code, state, doctrine, at, wanted, paper)
    except LookupError as error:
        raise ExportFailed("unknown-document", str(error)) from error
    return make_pdf(report, folder / file_name(code, wanted, paper), timeout_s, unwanted)


def file_name(code: str, wanted: str, paper: str) -> str:
    """Return `atelier-KTZ4MP-groupe-1-a3.pdf`."""
    return f"atelier-{code}-{wanted}-{paper}.pdf"
