"""The documents of a day: its poster and calendar, the synthesis of all rooms, everything of all rooms in one archive.

Without a name: what the rooms hand over has neither those of participants nor who does what was decided.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from atelier.doctrines.loading import doctrine_of
from atelier.domain.day import Day
from atelier.domain.doctrine import Doctrine
from atelier.domain.plenary import Room, nameless
from atelier.domain.state import Workshop
from atelier.export.api import FILES, Source
from atelier.export.api import content_of as room_content
from atelier.export.archive import Archive
from atelier.export.dataset import dataset_of
from atelier.export.failures import ExportFailed
from atelier.export.ics import programme_of
from atelier.export.kit import Entry
from atelier.export.markdown import markdown_of
from atelier.export.minutes import MINUTES, Minutes, minutes_of
from atelier.export.names import plain, stored
from atelier.export.pdf import Content, make_pdf
from atelier.export.report import WHOLE
from atelier.limits import PDF_S
from atelier.wording import code_text, date_text

POSTER, SYNTHESIS, MARKDOWN, WORKBOOK, ALL = "affiche", "synthese", "markdown", "tableaux", "tout"
OF_A_ROOM = (MINUTES, "page", "tableaux", "ouvertes")
"""What the archive has of each room, beside its sheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySource:
    """What the documents of a day are made from, as its rooms stood at `at` (Unix ms).

    `plenary`: all groups as one workshop, None while no room can be read; `rooms`: those that can.
    """

    day: Day
    rooms: Sequence[Room]
    plenary: Workshop | None
    doctrine: Doctrine | None
    entry: Entry
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterRow:
    """A part of the programme on paper."""

    hours: str
    room: str
    title: str
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """The programme on a poster; `paper`: a3 or a4."""

    paper: str
    title: str
    occasion: str
    organiser: str
    code: str
    entry: Entry
    rows: tuple[PosterRow, ...]
    format: str = "day-poster"

    def as_json(self) -> dict[str, Any]:
        """Return the poster as what `json.dumps` takes."""
        return asdict(self)


def day_document(
    source: DaySource, wanted: str, paper: str, folder: Path, unwanted: Callable[[], bool] = lambda: False
) -> tuple[str, bytes]:
    """Make a document and return its name and bytes: no file is left, for what an erasure would have to find.

    Raises ExportFailed.
    """
    try:
        ending, content = content_of(source, wanted, paper)
    except LookupError as error:
        raise ExportFailed("unknown-document", str(error)) from error
    name = f"{source.day.date}_{plain(source.day.place or source.day.title)}_journee_{ending}"
    path = make_pdf(content, folder / stored(source.day.code, name), PDF_S, unwanted)
    try:
        return name, path.read_bytes()
    except OSError as error:
        raise ExportFailed("disk", str(error)) from error
    finally:
        path.unlink(missing_ok=True)


def content_of(source: DaySource, wanted: str, paper: str = "a4") -> tuple[str, Content]:
    """Return how the name of a document ends, and its content. Raises LookupError for one that cannot be made."""
    if wanted == POSTER:
        return f"affiche-{paper}.pdf", _poster(source, paper)
    if wanted == ALL:
        return "tout.zip", Archive(parts=dict(_parts(source)))
    return _of_all_rooms(source)[wanted]


def _of_all_rooms(source: DaySource) -> Mapping[str, tuple[str, Content]]:
    """Return the synthesis of all rooms in its formats; none while no room can be read."""
    state, doctrine = source.plenary, source.doctrine
    if state is None or doctrine is None:
        return {}
    minutes = _minutes(source, state, doctrine)
    workbook = dataset_of(source.day.code, state, doctrine, source.at, "xlsx")
    return {
        SYNTHESIS: ("synthese.docx", minutes),
        MARKDOWN: ("synthese.md", markdown_of(minutes)),
        WORKBOOK: ("tableaux.xlsx", workbook),
    }


def _minutes(source: DaySource, state: Workshop, doctrine: Doctrine) -> Minutes:
    made = minutes_of(source.day.code, state, doctrine, source.at, MINUTES)
    code = code_text(source.day.code)
    return replace(made, foot=made.foot.replace(f"Atelier {code}", f"Journée {code}"))


def _parts(source: DaySource) -> Iterator[tuple[str, Content]]:
    for paper in ("a4", "a3"):
        yield content_of(source, POSTER, paper)
    if source.day.slots:
        yield "programme.ics", programme_of(source.day, source.entry.url, source.at)
    yield from _of_all_rooms(source).values()
    for n, room in enumerate(source.rooms, start=1):
        folder = f"{n:02}-{plain(room.name) or room.code}"
        for name, content in _of_room(room, source.at):
            yield f"{folder}/{name}", content


def _of_room(room: Room, at: int) -> Iterator[tuple[str, Content]]:
    state = nameless(room.state)
    doctrine = doctrine_of(state.prepared)
    made_from = Source(code=room.code, state=state, doctrine=doctrine, at=at)
    yield "fiches.pdf", room_content(made_from, WHOLE)
    for each in OF_A_ROOM:
        yield FILES[each].ending, room_content(made_from, each)


def _poster(source: DaySource, paper: str) -> Poster:
    day = source.day
    return Poster(
        paper=paper,
        title=day.title,
        occasion=" · ".join(filter(None, (day.place, date_text(day.date)))),
        organiser=day.organiser,
        code=code_text(day.code),
        entry=source.entry,
        rows=tuple(
            PosterRow(
                hours=f"{_hour(slot.starts)} – {_hour(slot.ends)}",
                room=slot.room,
                title=slot.title,
                optional=slot.optional,
            )
            for slot in day.slots
        ),
    )  # fmt: skip


def _hour(text: str) -> str:
    return text.replace(":", "\u00a0h\u00a0")
