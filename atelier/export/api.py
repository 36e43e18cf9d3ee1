"""Entry point of exports, for web and command line: which documents there are, what each is made of, their names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Workshop
from atelier.export.archive import Archive
from atelier.export.dataset import dataset_of, open_data_of
from atelier.export.failures import ExportFailed
from atelier.export.ics import calendar_of
from atelier.export.mails import thanks_file
from atelier.export.markdown import markdown_of
from atelier.export.minutes import MINUTES, PREFECTURE, minutes_of
from atelier.export.names import readable, stored
from atelier.export.pdf import Content, make_pdf
from atelier.export.pictures import Pictures
from atelier.export.plain import NothingToSay
from atelier.export.report import LAYOUTS, WHOLE, build, group_document
from atelier.export.results import results_of
from atelier.limits import PDF_S
from atelier.runtime.concurrency import off_the_loop

ALL = "tout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What documents are made from: a workshop as it stood at `at` (Unix ms)."""

    code: str
    state: Workshop
    doctrine: Doctrine
    at: int


@dataclass(frozen=True, slots=True)
class File:
    """A document without a paper: the end of its file's name, and its content."""

    ending: str
    content: Callable[[Source], Content]


def _dataset(made_as: str, source: Source) -> Content:
    return dataset_of(source.code, source.state, source.doctrine, source.at, made_as)


def _open_data(source: Source) -> Content:
    return open_data_of(source.code, source.state, source.doctrine, source.at)


def _minutes(wanted: str, made_as: str, source: Source) -> Content:
    return minutes_of(source.code, source.state, source.doctrine, source.at, wanted, made_as)


def _markdown(source: Source) -> Content:
    return markdown_of(minutes_of(source.code, source.state, source.doctrine, source.at, MINUTES))


def _pictures(source: Source) -> Content:
    report = build(source.code, source.state, source.doctrine, source.at, WHOLE, "a4")
    return Pictures(report=report, name=readable(source.state.prepared, ""))


def _archive(source: Source) -> Content:
    """Every other document; one that has nothing to say is left out."""
    setup, parts = source.state.prepared, {file_name(source.state, WHOLE, "a4"): _sheets(source, WHOLE, "a4")}
    for file in (each for name, each in FILES.items() if name != ALL):
        try:
            parts[readable(setup, file.ending)] = file.content(source)
        except NothingToSay:
            continue
    return Archive(parts=parts)


FILES = {
    MINUTES: File("compte-rendu.docx", partial(_minutes, MINUTES, "docx")),
    "compte-rendu-odt": File("compte-rendu.odt", partial(_minutes, MINUTES, "odt")),
    "markdown": File("compte-rendu.md", _markdown),
    PREFECTURE: File("prefecture.docx", partial(_minutes, PREFECTURE, "docx")),
    "prefecture-pdf": File("prefecture.pdf", partial(_minutes, PREFECTURE, "minutes-pdf")),
    "page": File("resultats.html", lambda source: results_of(source.state, source.doctrine, source.at)),
    "images": File("images.zip", _pictures),
    "agenda": File("echeances.ics", lambda source: calendar_of(source.code, source.state, source.at)),
    "remerciements": File("courriel-de-remerciement.txt", lambda source: thanks_file(source.state)),
    "tableaux": File("tableaux.xlsx", partial(_dataset, "xlsx")),
    "csv": File("tableaux-csv.zip", partial(_dataset, "csv")),
    "donnees": File("resultats.json", partial(_dataset, "json")),
    "schema": File("resultats.schema.json", partial(_dataset, "json-schema")),
    "ouvertes": File("donnees-ouvertes.zip", _open_data),
    ALL: File("tout.zip", _archive),
}
"""By the document's name."""


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
    ticket: str = "",
) -> Path:
    """Make the document `wanted` (`ensemble`, `groupe-2`, `tableaux`…), on `a3` or `a4` if a sheet; return its path.

    `unwanted`, `ticket`: as for `make_pdf`. Raises ExportFailed, whose `sentence` is for the screen.
    """
    source = Source(code=code, state=state, doctrine=doctrine, at=at)
    try:
        content = off_the_loop(content_of, source, wanted, paper, layout)
    except LookupError as error:
        raise ExportFailed("unknown-document", str(error)) from error
    except NothingToSay as nothing:
        raise ExportFailed(str(nothing)) from None
    name = stored(code, state.prepared, _ending(wanted, paper, layout))
    return make_pdf(content, folder / name, timeout_s, unwanted, ticket)


def sheet_pdf(
    source: Source, group: int, folder: Path, unwanted: Callable[[], bool] = lambda: False
) -> bytes:
    """Make a group’s sheet on A4 and return it: no file is left for the facilitator to find. Raises ExportFailed."""
    content = off_the_loop(content_of, source, group_document(group))
    path = make_pdf(content, folder / f"atelier-{source.code}-pour-groupe-{group}.pdf", PDF_S, unwanted)
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportFailed("disk", str(error)) from error
    finally:
        path.unlink(missing_ok=True)


def content_of(source: Source, wanted: str, paper: str = "a4", layout: str = LAYOUTS[0]) -> Content:
    """Return what the document is made of. Raises LookupError for one that does not exist, or NothingToSay."""
    return FILES[wanted].content(source) if wanted in FILES else _sheets(source, wanted, paper, layout)


def file_name(state: Workshop, wanted: str, paper: str, layout: str = LAYOUTS[0]) -> str:
    """Return the name by which a document is handed over: `2026-06-25_Val-de-Briey_articulation_groupe-1.pdf`."""
    return readable(state.prepared, _ending(wanted, paper, layout))


def _sheets(source: Source, wanted: str, paper: str, layout: str = LAYOUTS[0]) -> Content:
    return build(source.code, source.state, source.doctrine, source.at, wanted, paper, layout)


def _ending(wanted: str, paper: str, layout: str) -> str:
    if wanted in FILES:
        return FILES[wanted].ending
    # A4 and the usual layout go without saying.
    unusual = (paper if paper != "a4" else "", layout if layout != LAYOUTS[0] else "")
    return "-".join(filter(None, (wanted, *unusual))) + ".pdf"
