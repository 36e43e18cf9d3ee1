"""What is taken away from a page « Qui fait quoi ? »: one HTML file, poster, card, common poster of both schemes."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from atelier.directory.page import Page
from atelier.directory.place import Place
from atelier.directory.reader import hours_lines, shown_dates, shown_doors, shown_places, sources
from atelier.export.failures import ExportFailed
from atelier.export.names import plain
from atelier.export.pdf import make_pdf
from atelier.export.results import fonts
from atelier.limits import PDF_S

POSTER, CARD, COMMON, HTML = "affiche", "carte", "commune", "html"
DOCUMENTS = (POSTER, CARD, COMMON, HTML)
_ENDINGS = {POSTER: "affiche", CARD: "carte", COMMON: "affiche-commune"}
_ATELIER = Path(__file__).resolve().parent.parent
_STYLES = ("base/tokens.css", "print/alone.css", "directory/directory.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """A document on paper: what the template draws, and the bytes of its logos by their words."""

    document: str
    paper: str
    grey: bool
    title: str
    territory: str
    organiser: str
    poles: tuple[str, str]
    colours: tuple[str, str]
    offers: tuple[tuple[str, ...], tuple[str, ...]]
    doors: tuple[dict[str, Any], ...]
    phone: str
    url: str
    place: dict[str, Any] | None
    logos: tuple[tuple[str, str], ...]
    made: str
    format: str = "leaflet"

    @property
    def ending(self) -> str:
        """How the name of its file ends."""
        of = f"_{plain(self.place['name'])}" if self.place and self.document == COMMON else ""
        size = "" if self.document == CARD else f"-{self.paper}"
        return f"{_ENDINGS[self.document]}{of}{size}{'-noir-et-blanc' if self.grey else ''}.pdf"

    def as_json(self) -> dict[str, Any]:
        """Return the document as what `json.dumps` takes."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoDrawing:
    """An SVG, to be drawn as pixels where nothing in it can do anything."""

    body: bytes

    def as_json(self) -> dict[str, Any]:
        """Return it as what `json.dumps` takes."""
        return {"format": "logo", "body": base64.b64encode(self.body).decode()}


Logos = Sequence[tuple[str, bytes]]
"""The words and the PNG of each."""


def leaflet_of(
    page: Page, what: str, paper: str, *, logos: Logos, made: str, grey: bool, place: Place | None, url: str
) -> Leaflet:
    """Return a document of the page; `made`: the day it was brought up to date; `url`: where it is published, or ""."""
    return Leaflet(
        document=what, paper=paper, grey=grey, title=page.title, territory=page.territory, organiser=page.organiser,
        poles=page.poles, colours=page.colours, offers=page.offers, phone=page.phone, url=url, made=made,
        doors=tuple(_door(each) for each in shown_doors(page)), place=_place(place) if place else None,
        logos=tuple((words, base64.b64encode(body).decode()) for words, body in logos),
    )  # fmt: skip


def _door(shown: Any) -> dict[str, Any]:
    return {
        "title": shown.door.title, "about": shown.door.about, "whom": shown.whom,
        "tasks": [asdict(task) for task in shown.tasks],
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    where = " ".join(filter(None, (place.postcode, place.commune)))
    return {
        "name": place.name, "where": ", ".join(filter(None, (place.address, where))), "phone": place.phone,
        "hours": hours_lines(place.hours), "booking": place.booking, "networks": place.networks, "site": place.site,
    }  # fmt: skip


def make_leaflet(
    leaflet: Leaflet, ident: str, folder: Path, unwanted: Callable[[], bool]
) -> tuple[str, bytes]:
    """Make a document and return its name and bytes: no file stays behind. Raises ExportFailed."""
    name = _named(leaflet.territory, leaflet.ending)
    return name, _made(leaflet, folder / f"page-{ident}-{name}", unwanted)


def made_logo(drawing: bytes, folder: Path, unwanted: Callable[[], bool]) -> bytes:
    """Return an SVG as a PNG, drawn in a process that reaches nothing. Raises ExportFailed."""
    digest = hashlib.sha256(drawing).hexdigest()[:16]
    return _made(LogoDrawing(body=drawing), folder / f"page-logo-{digest}.png", unwanted)


def _made(content: Leaflet | LogoDrawing, path: Path, unwanted: Callable[[], bool]) -> bytes:
    make_pdf(content, path, PDF_S, unwanted)
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportFailed("disk", str(error)) from error
    finally:
        path.unlink(missing_ok=True)


def _named(territory: str, ending: str) -> str:
    return "_".join(filter(None, (plain(territory), "qui-fait-quoi", ending)))


def page_file(page: Page, logos: Logos, made: str) -> tuple[str, bytes]:
    """Return the name and bytes of the whole page as one HTML file that asks nothing of anybody."""
    template = _environment().get_template("directory.html")
    pictures = [(f"data:image/png;base64,{base64.b64encode(body).decode()}", words) for words, body in logos]
    shown = shown_places(page.places)
    text = template.render(
        page=page, logos=pictures, shown=shown_doors(page), dates_shown=shown_dates(page), places_shown=shown,
        of=len(shown), source=sources(page), made=made,
        style=Markup(f"<style>{_style()}</style>"), script=Markup(f"<script>{_script()}</script>"),  # noqa: S704
    )  # fmt: skip
    return _named(page.territory, "page.html"), text.encode()


@cache
def _style() -> str:
    css = _ATELIER / "static" / "css"
    return "\n".join([*fonts(), *((css / name).read_text(encoding="utf-8") for name in _STYLES)])


@cache
def _script() -> str:
    return (_ATELIER / "static" / "js" / "directory.js").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([_ATELIER / "templates" / "print", _ATELIER / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
