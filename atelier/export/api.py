"""Entry point of exports, for web and command line. File names are built here, from no user input."""

from collections.abc import Callable
from pathlib import Path

from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Workshop
from atelier.export.archive import Archive
from atelier.export.dataset import dataset_of
from atelier.export.failures import ExportFailed
from atelier.export.minutes import MINUTES, PREFECTURE, minutes_of
from atelier.export.pdf import Content, make_pdf
from atelier.export.report import LAYOUTS, build
from atelier.limits import PDF_S
from atelier.runtime.concurrency import off_the_loop

FILES = {
    "tableaux": ("xlsx", "tableaux.xlsx"),
    "csv": ("csv", "tableaux-csv.zip"),
    "donnees": ("json", "resultats.json"),
    MINUTES: ("docx", "compte-rendu.docx"),
    PREFECTURE: ("docx", "prefecture.docx"),
    "tout": ("zip", "tout.zip"),
}
"""By document without a paper: the format, and the end of the file's name."""


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
    layout: str = LAYOUTS[0],
) -> Path:
    """Make the document `wanted` (`ensemble`, `groupe-2`, `tableaux`…), on `a3` or `a4` if a PDF; return its path.

    `unwanted`: as for `make_pdf`. Raises ExportFailed, whose `sentence` is for the screen.
    """
    try:
        content = off_the_loop(content_of, code, state, doctrine, at, wanted, paper, layout)
    except LookupError as error:
        raise ExportFailed("unknown-document", str(error)) from error
    return make_pdf(content, folder / file_name(code, wanted, paper, layout), timeout_s, unwanted)


def content_of(
    code: str, state: Workshop, doctrine: Doctrine, at: int, wanted: str, paper: str, layout: str
) -> Content:
    """Return what the document is made of. Raises LookupError for one that does not exist."""
    if wanted in ("tableaux", "csv", "donnees"):
        return dataset_of(code, state, doctrine, at, FILES[wanted][0])
    if wanted in (MINUTES, PREFECTURE):
        return minutes_of(code, state, doctrine, at, wanted)
    if wanted == "tout":
        parts = {
            file_name(code, each, "a4"): content_of(code, state, doctrine, at, each, "a4", layout)
            for each in ("ensemble", *FILES)
            if each != "tout"
        }
        return Archive(parts=parts)
    return build(code, state, doctrine, at, wanted, paper, layout)


def file_name(code: str, wanted: str, paper: str, layout: str = LAYOUTS[0]) -> str:
    """Return `atelier-KTZ4MP-groupe-1-a3.pdf`; erasing a workshop looks for names that begin like this."""
    if wanted in FILES:
        return f"atelier-{code}-{FILES[wanted][1]}"
    return f"atelier-{code}-{wanted}-{paper}{'' if layout == LAYOUTS[0] else '-' + layout}.pdf"
