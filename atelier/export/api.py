"""Entry point of exports, for web and command line: which documents there are, what each is made of, their names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from atelier.domain.doctrine import Doctrine
from atelier.domain.selectors import photo_ids
from atelier.domain.state import Workshop
from atelier.export import kit
from atelier.export.archive import Archive
from atelier.export.charter import charter_of
from atelier.export.dataset import Dataset, dataset_of, open_data_of
from atelier.export.failures import ExportFailed
from atelier.export.glyphs import missing, texts_before, texts_of
from atelier.export.ics import calendar_of
from atelier.export.kit import Entry, kit_of
from atelier.export.mails import thanks_file
from atelier.export.markdown import markdown_of
from atelier.export.minutes import MINUTES, PREFECTURE, Minutes, minutes_of
from atelier.export.names import group_ending, readable, stored
from atelier.export.pdf import Content, make_pdf
from atelier.export.photos import Photo
from atelier.export.pictures import Pictures
from atelier.export.plain import NothingToSay
from atelier.export.report import LAYOUTS, SHEET, WHOLE, Report, build, frame_of, group_document
from atelier.export.results import results_of
from atelier.export.script import SCRIPT, script_of
from atelier.limits import PDF_S
from atelier.local_time import STARTS
from atelier.publisher import Publisher
from atelier.runtime.concurrency import off_the_loop
from atelier.service.service import Service

Reading = TypeVar("Reading")
ALL, KIT = "tout", "kit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What documents are made from: a workshop as it stood at `at` (Unix ms), and its photos by id, where they go with.

    For those of before: how people come in, who answers for the service, the hour at which it starts.
    `readings`: what several documents are made of, see `once`.
    """

    code: str
    state: Workshop
    doctrine: Doctrine
    at: int
    photos: Mapping[str, bytes] = field(default_factory=dict)
    entry: Entry = field(default_factory=Entry)
    publisher: Publisher = field(default_factory=Publisher)
    starts: str = STARTS
    readings: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, name: str, read: Callable[[], Reading]) -> Reading:
        """Return the reading of that name, made the first time that a document asks for it."""
        if name not in self.readings:
            self.readings[name] = read()
        return cast("Reading", self.readings[name])


@dataclass(frozen=True, slots=True)
class File:
    """A document without a paper: the end of its file's name, and its content."""

    ending: str
    content: Callable[[Source], Content]


def _dataset_of(source: Source) -> Dataset:
    return source.once(
        "tables", lambda: dataset_of(source.code, source.state, source.doctrine, source.at, "csv")
    )


def _dataset(made_as: str, source: Source) -> Content:
    return replace(_dataset_of(source), format=made_as)


def _open_data(source: Source) -> Content:
    return open_data_of(_dataset_of(source))


def _text_of(wanted: str, source: Source) -> Minutes:
    return source.once(
        wanted, lambda: minutes_of(source.code, source.state, source.doctrine, source.at, wanted)
    )


def _minutes(wanted: str, made_as: str, source: Source) -> Content:
    return replace(_text_of(wanted, source), format=made_as)


def _markdown(source: Source) -> Content:
    return markdown_of(_text_of(MINUTES, source))


def _whole_of(source: Source) -> Report:
    return source.once(WHOLE, lambda: _sheets(source, WHOLE, "a4"))


def _pictures(source: Source) -> Content:
    report = _whole_of(source)
    return Pictures(report=report, name=readable(source.state.prepared, ""))


def _archive(source: Source) -> Content:
    """Every other document; one that has nothing to say is left out."""
    setup = source.state.prepared
    parts: dict[str, Content] = {file_name(source.state, WHOLE, "a4"): _whole_of(source)}
    for file in (each for name, each in FILES.items() if name not in (ALL, KIT)):
        try:
            parts[readable(setup, file.ending)] = file.content(source)
        except NothingToSay:
            continue
    return Archive(parts=parts | dict(_photos(source)))


def _photos(source: Source) -> Iterator[tuple[str, Content]]:
    """Yield the photos of the groups' sheets of paper."""
    for group in source.state.groups:
        for n, photo in enumerate(group.photos, start=1):
            if photo in source.photos:
                name = f"groupe-{group.number}-photo-{n}.jpg"
                yield readable(source.state.prepared, name), Photo(body=source.photos[photo])


def _kit(source: Source) -> Content:
    """All that is printed before: a file a table for its sheet on A3, one for all tables of everything else."""
    groups = [each.number for each in source.state.groups]
    papers = [(f"{kit.SHEETS}-{number}", "a3") for number in groups] or [(kit.SHEETS, "a3")]
    papers += [
        (kit.SHEETS, "a4"),
        (kit.MISSIONS, "a3"),
        (kit.SIGNS, "a4"),
        (kit.POSTER, "a4"),
        (kit.POSTER, "a3"),
    ]
    papers += [(SCRIPT, "a4"), (kit.NOTICE, "a4")]
    return Archive(parts={file_name(source.state, *each): _before(source, *each) for each in papers})


def _before(source: Source, wanted: str, paper: str) -> Content:
    """Return a document of the kit. Raises LookupError for a table that is not there."""
    state, name, group = source.state, *_of_group(wanted)
    if group and not 1 <= group <= len(state.groups):
        raise LookupError(wanted)
    frame = frame_of(source.code, state, source.doctrine, source.at, "")
    if name == SCRIPT:
        return script_of(state.prepared, source.doctrine, frame, source.starts)
    paper = paper if name in ON_BOTH else "a4"
    return kit_of(name, paper, state, source.doctrine, frame, source.entry, source.publisher, group)


def _of_group(wanted: str) -> tuple[str, int]:
    """Return a document and the number of its table, 0 for all of them: `vierge-2`, `vierge`, `groupe-2`."""
    name, _, number = wanted.partition("-")
    return name, int(number) if number.isdecimal() and name in (*A_GROUP, SHEET) else 0


FILES = {
    MINUTES: File("compte-rendu.docx", partial(_minutes, MINUTES, "docx")),
    "compte-rendu-odt": File("compte-rendu.odt", partial(_minutes, MINUTES, "odt")),
    "markdown": File("compte-rendu.md", _markdown),
    PREFECTURE: File("prefecture.docx", partial(_minutes, PREFECTURE, "docx")),
    "charte": File(
        "projet-de-charte.docx",
        lambda source: charter_of(source.code, source.state, source.doctrine, source.at),
    ),
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
    KIT: File("kit-papier.zip", _kit),
}
"""By the document's name."""
DRAWN = (f"{PREFECTURE}-pdf", "images", ALL)
"""Those of pages or pictures, or that hold some."""
BEFORE = {
    kit.SHEETS: "feuille-vierge", kit.MISSIONS: "feuille-des-missions", kit.SIGNS: "panneaux-de-table",
    kit.POSTER: "affiche", SCRIPT: "deroule", kit.NOTICE: "donnees-personnelles",
}  # fmt: skip
"""What is printed before a workshop, by its name: how the names of its files begin."""
ON_BOTH = (kit.SHEETS, kit.MISSIONS, kit.POSTER)
"""Those that exist on A3 too."""
A_GROUP = (kit.SHEETS, kit.MISSIONS, kit.SIGNS)
"""Those of which each table has its own: `vierge` is all of them, `vierge-2` that of the second."""


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
    **more: Any,
) -> Path:
    """Make the document `wanted` (`ensemble`, `groupe-2`, `tableaux`…), on `a3` or `a4` if a sheet; return its path.

    `unwanted`, `ticket`: as for `make_pdf`. `more`: what else a `Source` has.
    Raises ExportFailed, whose `sentence` is for the screen.
    """
    source = Source(code=code, state=state, doctrine=doctrine, at=at, **more)
    try:
        content = off_the_loop(content_of, source, wanted, paper, layout)
    except LookupError as error:
        raise ExportFailed("unknown-document", str(error)) from error
    except NothingToSay as nothing:
        raise ExportFailed(str(nothing)) from None
    name = stored(code, file_name(state, wanted, paper, layout))
    return make_pdf(content, folder / name, timeout_s, unwanted, ticket)


def photos_for(service: Service, code: str, state: Workshop, wanted: str) -> dict[str, bytes]:
    """Return the photos that the document `wanted` holds, by their ids. Raises as the service's `read`."""
    found = {photo: service.attachment(code, photo) for photo in (photo_ids(state) if wanted == ALL else ())}
    return {photo: body for photo, body in found.items() if body is not None}


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
    if wanted in FILES:
        return FILES[wanted].content(source)
    if _of_group(wanted)[0] in BEFORE:
        return _before(source, wanted, paper)
    return _sheets(source, wanted, paper, layout)


def boxed(state: Workshop, wanted: str) -> str:
    """Return the characters that no font draws where a document has pages or pictures, each once, sorted."""
    name, group = _of_group(wanted)
    before = wanted == KIT or name in BEFORE
    if wanted in FILES and not before and wanted not in DRAWN:
        return ""
    texts = (texts_before if before else texts_of)(state, group)
    return "".join(sorted(set(missing("".join(texts)))))


def file_name(state: Workshop, wanted: str, paper: str, layout: str = LAYOUTS[0]) -> str:
    """Return the name by which a document is handed over: `2026-06-25_Val-de-Briey_articulation_groupe-1.pdf`."""
    before = wanted == KIT or _of_group(wanted)[0] in BEFORE
    return readable(state.prepared, _ending(state, wanted, paper, layout), before=before)


def _sheets(source: Source, wanted: str, paper: str, layout: str = LAYOUTS[0]) -> Report:
    return build(source.code, source.state, source.doctrine, source.at, wanted, paper, layout)


def _ending(state: Workshop, wanted: str, paper: str, layout: str) -> str:
    if wanted in FILES:
        return FILES[wanted].ending
    name, group = _of_group(wanted)
    what = [
        BEFORE.get(name, "" if group else wanted),
        group_ending(state, group) if group else "",
    ]
    # A4 and the usual layout go without saying.
    has_papers = name in ON_BOTH or name not in BEFORE
    unusual = (paper if paper != "a4" and has_papers else "", layout if layout != LAYOUTS[0] else "")
    return "-".join(filter(None, ("_".join(filter(None, what)), *unusual))) + ".pdf"
