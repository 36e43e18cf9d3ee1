"""Render a report to HTML with Jinja and to PDF with WeasyPrint. Imported by the worker only: it loads Pango."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcherResponse  # type: ignore[import-untyped]

from atelier import numbered_css
from atelier.marks import MARKS

ATELIER = Path(__file__).resolve().parent.parent
STATIC = ATELIER / "static"
OWN_FILES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".css": "text/css"}
STYLES = (
    "base/tokens.css",
    "print/page.css",
    "print/sheet.css",
    "print/after.css",
    "print/whole.css",
)
ROOT_SIZES = {"a3": "12.2pt", "a4": "9.2pt"}


class ForbiddenAddress(ValueError):  # noqa: N818 - what was asked, not what went wrong
    """A document asked for something that is not one of our own files."""


def render_html(report: dict[str, Any]) -> str:
    """Return the document as HTML, every text escaped."""
    return _environment().get_template("document.html").render(report=report)


def render_pdf(report: dict[str, Any], output: Path) -> None:
    """Write the tagged PDF (PDF/UA-1) to `output`."""
    fonts = FontConfiguration()
    sheets = [
        *(CSS(filename=STATIC / "css" / name, url_fetcher=own_files, font_config=fonts) for name in STYLES),
        CSS(string=numbered_css.colours() + numbered_css.rules("print"), url_fetcher=own_files),
        CSS(string=f":root {{ font-size: {ROOT_SIZES[report['paper']]}; }}", url_fetcher=own_files),
    ]
    html = HTML(string=render_html(report), url_fetcher=own_files)
    html.write_pdf(output, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)


def mark(number: int, words: str) -> str:
    """Return a group's mark as SVG; `words` are what a screen reader says (escaped by the caller)."""
    # WeasyPrint makes the alternative text of a figure from <title>; without one, PDF/UA is not met.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mark" viewBox="-1 -1 18 18" '
        f'fill="{MARKS[number].colour}" stroke="#1b1b2f" stroke-width="1">'
        f"<title>{words}</title>{MARKS[number].drawing}</svg>"
    )


def own_files(url: str) -> URLFetcherResponse:
    """Fetch our own fonts, styles and drawings for WeasyPrint. Raises ForbiddenAddress for any other URL."""
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path)).resolve() if parts.scheme == "file" and not parts.netloc else None
    if path is None or path.suffix not in OWN_FILES or not path.is_relative_to(STATIC):
        raise ForbiddenAddress(url)
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": OWN_FILES[path.suffix]})


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ATELIER / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.globals["mark"] = lambda number, words: Markup(mark(number, escape(words)))  # noqa: S704 - escaped
    return environment


def _printable(value: Any) -> Any:
    # The font has no narrow no-break space: the plain one keeps the whole text in one font.
    return value.replace("\u202f", "\u00a0") if isinstance(value, str) else value
