"""The pages of the whole as pictures (PNG), for a mail or slides: those of all the groups, then each sheet's."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atelier.export.report import Report

PAGES_EACH = 4
"""Of a sheet: its bars, then its initiatives as far as a picture makes sense."""
PIXELS_WIDE = 1920


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The whole, to be drawn as pictures; their names begin with `name`."""

    report: Report
    name: str

    def as_json(self) -> dict[str, Any]:
        """Return it as what `json.dumps` takes."""
        return {"format": "pictures", "report": self.report.as_json(), "name": self.name}


def write_pictures(content: dict[str, Any], output: Path) -> None:
    """Write an archive of a picture a page. In the worker only."""
    import pypdfium2

    from atelier.export.printing import render_pdf

    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(output, "w") as archive:
        path = Path(folder) / "whole.pdf"
        render_pdf(content["report"], path)
        with pypdfium2.PdfDocument(path) as document:
            for name, pages in _parts(document, len(content["report"]["sheets"])):
                for n, page in enumerate(pages[:PAGES_EACH], start=1):
                    archive.writestr(f"{content['name']}_{name}_page-{n}.png", _drawn(document[page]))


def _parts(document: Any, sheets: int) -> Iterator[tuple[str, range]]:
    # The headings of the second level; the last of them are the sheets'.
    found = [mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 1][-sheets:]
    yield "tous-les-groupes", range(found[0])
    for number, (first, end) in enumerate(zip(found, [*found[1:], len(document)], strict=True), start=1):
        yield f"groupe-{number}", range(first, end)


def _drawn(page: Any) -> bytes:
    drawn = io.BytesIO()
    page.render(scale=PIXELS_WIDE / page.get_width()).to_pil().save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
