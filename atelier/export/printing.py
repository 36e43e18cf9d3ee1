"""Render a report to HTML with Jinja and to PDF with WeasyPrint. Imported by the worker only: it loads Pango."""

import contextlib
import math
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcherResponse  # type: ignore[import-untyped]

from atelier import numbered_css
from atelier.domain.colours import OURS
from atelier.export.filling import loose_parts
from atelier.export.glyphs import printable
from atelier.marks import MARKS

ATELIER = Path(__file__).resolve().parent.parent
STATIC = ATELIER / "static"
OWN_FILES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".css": "text/css"}
STYLES = (
    "base/tokens.css",
    "print/fonts.css",
    "print/page.css",
    "print/sheet.css",
    "print/after.css",
    "print/whole.css",
    "print/minutes.css",
    "print/kit.css",
    "print/leaflet.css",
    "print/day.css",
)
ROOT_PT = {"a3": 13.0, "a4": 9.45, "portrait": 9.5}
"""Points of a `rem`. Nothing is smaller than 0.85 of it: 8 points on A4; 11 on A3, which may get printed on A4."""
BARS_REM = {"a3": 45.0, "a4": 41.2}
"""Room for the lines of a sheet on its first page."""
LABEL_REM = {False: (2.9, 3.9, 4.9, 5.9), True: (1.7, 2.5, 3.5, 4.5)}
"""Height of a card by the lines of its small print; on a dense sheet the label has no line of its own."""
TIERS = {"a3": ("roomy", "close"), "a4": ("roomy",)}
"""The prints in which a sheet is tried on one page, the larger first."""
LETTERS_A_PAGE = 7_000
"""More than ever fit below the bars of one page: not tried."""
BOTTOM_PX = {"a3": 275.0 / 25.4 * 96, "a4": 190.5 / 25.4 * 96}
"""Where the page of a sheet ends, a hair above its margin."""
TALLER_REM = 2.0
"""What bars may become taller by where a page has room left."""
FITTED_REM = {"roomy": (1.56, 2.5, 3.5, 4.5), "close": (1.42, 2.4, 3.4, 4.4)}
"""The same on a sheet that stands on one page, at least, by its tier."""
BETWEEN_REM = {False: 0.62, True: 0.3}
PAGES_SETTLED = 60
"""Pages beyond which nobody looks at how full each is, and a second layout costs too much."""
LONGEST_CLUSTER = 130
"""Hexadecimal digits of the longest family of emoji, and some."""
TALLEST_REM = 5.4
_HATCH = re.compile(r"hatch-([0-9a-f]{6})\.svg")
"""A file that is none: `hatch.svg` in that colour."""
_TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


class ForbiddenAddress(ValueError):  # noqa: N818 - what was asked, not what went wrong
    """A document asked for something that is not one of our own files."""


class Fit(NamedTuple):
    """How a sheet stands on one page: the `tier` of its print, and what its bars are taller than least, in rem."""

    tier: str
    taller: float


def render_html(
    report: dict[str, Any], together: Collection[str] = (), fits: Mapping[int, Fit] = MappingProxyType({})
) -> str:
    """Return the document as HTML, every text escaped.

    `together`: parts whose end stays on one page; `fits`: the groups whose whole sheet stands on one.
    """
    template = environment().get_template("document.html")
    return template.render(report=report, together=together, fits=fits)


def render_pdf(report: dict[str, Any], output: Path) -> None:
    """Write sheets as a tagged PDF (PDF/UA-1) to `output`."""
    fits = on_one_page(report) if report["layout"] == "suite" else {}
    _write_settled(partial(render_html, report, fits=fits), _sizes(report, fits), output)


def render_minutes(minutes: dict[str, Any], output: Path) -> None:
    """Write running text as a tagged PDF (PDF/UA-1) to `output`."""
    template, blocks = environment().get_template("minutes.html"), minutes["blocks"]
    last = max(n for n, block in enumerate(blocks) if block["kind"] == "heading" and block["level"] == 1)
    widths = {width for block in blocks for width in block["widths"]}
    rules = [f":root {{ font-size: {ROOT_PT['portrait']}pt; }}"]
    _write_settled(
        lambda together: template.render(minutes=minutes, last=last, together=together),
        "\n".join([*rules, *(f".wide-{width} {{ width: {width}%; }}" for width in sorted(widths))]),
        output,
    )


def write(html: str, own_rules: str, output: Path) -> None:
    """Write a page as a tagged PDF (PDF/UA-1) to `output`; `own_rules`: style beside the sheets of all documents."""
    save(laid_out(html, own_rules), output)


def _write_settled(html: Callable[[Collection[str]], str], own_rules: str, output: Path) -> None:
    """Write pages none of which is three quarters empty, where keeping the ends of parts together saves one."""

    def drawn(together: Collection[str]) -> Any:
        return laid_out(html(together), own_rules)

    document = drawn(())
    loose = loose_parts(document)
    if loose and len(document.pages) <= PAGES_SETTLED:
        kept = drawn(loose)
        better = loose - loose_parts(kept)
        document = kept if better == loose else drawn(better) if better else document
    save(document, output)


def save(document: Any, output: Path) -> None:
    """Write a document that is laid out as a tagged PDF (PDF/UA-1)."""
    document.write_pdf(output, finisher=_map_glyphs, **_TAGGED)


def laid_out(html: str, own_rules: str, pictures: Mapping[str, bytes] = MappingProxyType({})) -> Any:
    """Return the document of WeasyPrint: its pages, before they are written; `pictures`: by the addresses it names."""
    fonts, sheets = _styles()
    page = HTML(string=html, url_fetcher=partial(_given, pictures))
    own = CSS(string=own_rules, base_url=f"{STATIC.as_uri()}/", url_fetcher=own_files)
    return page.render(font_config=fonts, stylesheets=[*sheets, own], **_TAGGED)


@cache
def _styles() -> tuple[FontConfiguration, list[CSS]]:
    # Unpacking the fonts takes longer than laying out a page: once for all documents of an archive.
    with _own_fonts():
        fonts = FontConfiguration()
    sheets = [
        *(CSS(filename=STATIC / "css" / name, url_fetcher=own_files, font_config=fonts) for name in STYLES),
        CSS(string=numbered_css.colours() + numbered_css.rules("print"), url_fetcher=own_files),
    ]
    return fonts, sheets


@contextlib.contextmanager
def _own_fonts() -> Iterator[None]:
    # None of the machine's fonts: a document is the same everywhere.
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(ATELIER / "export" / "fonts.conf")
    try:
        yield
    finally:
        os.environ.pop("FONTCONFIG_FILE")
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def _map_glyphs(_: Any, pdf: Any) -> None:
    # WeasyPrint 70 leaves all but one glyph of a letter that is drawn as several (Arabic, Hebrew vowels, emoji) without
    # a character, which PDF/UA does not take, and gives the ellipsis of a line that was cut all that was cut off.
    for each in pdf.objects:
        lines = getattr(each, "stream", [])
        if b"begincmap" in lines:
            each.stream = [_mapped(line) for line in lines]


def _mapped(line: bytes) -> bytes:
    glyph, _, text = line.partition(b"> <")
    if text == b">":
        return glyph + b"> <200b>"
    return glyph + b"> <2026>" if len(text) > LONGEST_CLUSTER else line


def on_one_page(report: dict[str, Any]) -> dict[int, Fit]:
    """Return how the sheets that have room for all their texts on one page stand there, by the group's number."""
    fits: dict[int, Fit] = {}
    for tier in TIERS[report["paper"]]:
        tried = [
            each
            for each in report["sheets"]
            if each["number"] not in fits and _letters(each) < LETTERS_A_PAGE
        ]
        if tried:
            fits |= _fitting(report | {"sheets": tried}, tier)
    return fits


def _letters(sheet: dict[str, Any]) -> int:
    return sum(len(each["text"]) for line in sheet["lines"] for each in line["initiatives"])


def _fitting(report: dict[str, Any], tier: str) -> dict[int, Fit]:
    tried = {each["number"]: Fit(tier, 0.0) for each in report["sheets"]}
    report |= {"overview": None}  # only the sheets: what comes before them needs no second layout
    pages = laid_out(render_html(report, fits=tried), _sizes(report, tried)).pages
    at = {name: (n, box[1]) for n, page in enumerate(pages) for name, box in page.anchors.items()}
    bottom, rem = BOTTOM_PX[report["paper"]], ROOT_PT[report["paper"]] / 0.75
    fits = {}
    for sheet in report["sheets"]:
        number, lines = sheet["number"], max(1, len(sheet["lines"]))
        (first, _), (last, end) = at[f"begin-{number}"], at[f"end-{number}"]
        if first == last:
            fits[number] = Fit(tier, min(TALLER_REM, math.floor(100 * (bottom - end) / rem / lines) / 100))
    return fits


def _sizes(report: dict[str, Any], fits: Mapping[int, Fit]) -> str:
    rules = [report["frame"]["css"], f":root {{ font-size: {ROOT_PT[report['paper']]}pt; }}"]
    for dense, sheet in ((False, ".sheet"), (True, ".sheet--dense")):
        heights = [
            [line["height"] for line in each["lines"]]
            for each in report["sheets"]
            if each["dense"] is dense and each["number"] not in fits
        ]
        row = min((bar_height(each, dense, report) for each in heights), default=0.0)
        rules += _tall(sheet, [max(row, label) for label in LABEL_REM[dense]])
    for number, fit in fits.items():
        sheet = f".sheet--fit-{number}"
        rules += _tall(sheet, [label + fit.taller for label in FITTED_REM[fit.tier]])
        rules.append(f"{sheet} .card {{ padding-top: {0.08 + fit.taller / 2:.2f}rem; }}")
    return "\n".join(rules)


def _tall(sheet: str, heights: Iterable[float]) -> Iterator[str]:
    """Yield the rules for the lines of a sheet, by the lines of small print on their cards, in rem."""
    for n, height in enumerate(heights, start=1):
        tall, of = f"{height:.2f}rem", f"{sheet} .line--tall-{n}"
        yield f"{of} .half, {of} .arm {{ height: {tall}; line-height: {tall}; }}"
        yield f"{of} .card {{ min-height: {tall}; }}"


def bar_height(heights: Sequence[int], dense: bool, report: dict[str, Any]) -> float:
    """Return in rem how tall the bars may be for all of them to fill one page; `heights`: lines of small print."""
    labels = LABEL_REM[dense]
    room = BARS_REM[report["paper"]]
    row = TALLEST_REM if report["layout"] == "suite" else labels[0]

    def filled() -> float:
        return sum(max(row, labels[height - 1]) + BETWEEN_REM[dense] for height in heights)

    while row > labels[0] and filled() > room:
        row = round(row - 0.05, 2)
    return row


def mark(number: int, words: str) -> str:
    """Return a group's mark as SVG; `words` are what a screen reader says (escaped by the caller)."""
    # WeasyPrint makes the alternative text of a figure from <title>; without one, PDF/UA is not met.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mark" viewBox="-1 -1 18 18" '
        f'fill="{MARKS[number].colour}" stroke="#1b1b2f" stroke-width="1">'
        f"<title>{words}</title>{MARKS[number].drawing}</svg>"
    )


def _given(pictures: Mapping[str, bytes], url: str) -> URLFetcherResponse:
    """Fetch one of the pictures that came with the document, or one of our own files. Raises ForbiddenAddress."""
    if url not in pictures:
        return own_files(url)
    kind = "image/png" if pictures[url].startswith(b"\x89PNG") else "image/svg+xml"
    return URLFetcherResponse(url, pictures[url], {"Content-Type": kind})


def own_files(url: str) -> URLFetcherResponse:
    """Fetch our own fonts, styles and drawings for WeasyPrint. Raises ForbiddenAddress for any other URL."""
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path)).resolve() if parts.scheme == "file" and not parts.netloc else None
    if path is None or path.suffix not in OWN_FILES or not path.is_relative_to(STATIC):
        raise ForbiddenAddress(url)
    content = _hatch(striped[1]) if (striped := _HATCH.fullmatch(path.name)) else path.read_bytes()
    return URLFetcherResponse(url, content, {"Content-Type": OWN_FILES[path.suffix]})


def _hatch(colour: str) -> bytes:
    """Return the hatch of an arm in another colour."""
    drawing = (STATIC / "print" / "hatch.svg").read_text(encoding="utf-8")
    return drawing.replace(OURS["cn"], f"#{colour}").encode()


@cache
def environment() -> Environment:
    """Return what fills the templates of paper, every text escaped and drawable."""
    environment = Environment(
        loader=FileSystemLoader([ATELIER / "templates" / "print", ATELIER / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.globals["mark"] = lambda number, words: Markup(mark(number, escape(words)))  # noqa: S704 - escaped
    return environment


def _printable(value: Any) -> Any:
    if isinstance(value, Markup):
        return Markup(printable(value))  # noqa: S704 - escaped before
    return printable(value) if isinstance(value, str) else value
