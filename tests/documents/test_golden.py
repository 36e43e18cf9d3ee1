"""Every document of every golden workshop, read back by readers of others: each text once, no secret, no warning."""

import csv
import io
import json
import logging
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl  # type: ignore[import-untyped]
import page
import pikepdf
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from markdown_it import MarkdownIt

from atelier.domain.state import Workshop
from atelier.export.api import FILES, Source, content_of
from atelier.export.worker import writer
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import ROOMS, SECRET
from tests.support.printed import narrowest_margins, smallest_print, squeezed, text_of

pytestmark = pytest.mark.slow


def of_docx(path: Path) -> str:
    """Paragraphs and cells."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def of_odt(path: Path) -> str:
    """All the text of the body."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(etree.fromstring(archive.read("content.xml")).itertext())


def of_xlsx(path: Path) -> str:
    """The cells of every sheet."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )


def of_csv(path: Path) -> str:
    """The cells of every file."""
    with zipfile.ZipFile(path) as archive:
        texts = [
            archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")
        ]
    return "\n".join(
        cell for text in texts for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row
    )


def of_json(path: Path) -> str:
    """The data, letters as they are."""
    return json.dumps(json.loads(path.read_text()), ensure_ascii=False)


def of_markdown(path: Path) -> str:
    """What a reader of Markdown shows."""
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(path.read_text())
    return BeautifulSoup(shown, "html.parser").get_text()


def of_page(path: Path) -> str:
    """What a browser shows."""
    return BeautifulSoup(path.read_text(), "lxml").get_text()


def of_text(path: Path) -> str:
    """The text; a calendar's lines unfolded."""
    return path.read_bytes().decode().replace("\r\n ", "")


READERS: dict[str, Callable[[Path], str]] = {
    "compte-rendu": of_docx, "compte-rendu-odt": of_odt, "markdown": of_markdown, "prefecture": of_docx,
    "prefecture-pdf": text_of, "page": of_page, "agenda": of_text, "remerciements": of_text, "tableaux": of_xlsx,
    "csv": of_csv, "donnees": of_json, "schema": of_json, "ouvertes": of_csv, "ensemble": text_of,
}  # fmt: skip
WHOLE = ("compte-rendu", "compte-rendu-odt", "markdown", "page", "ensemble")
"""Documents that hold every text of everybody, each once."""
TABLES = ("tableaux", "csv", "donnees")
"""And those that hold it at least once: a decision is in two tables."""


@cache
def room(name: str) -> tuple[Workshop, list[str]]:
    """The workshop of that name, and the marks of its texts."""
    return ROOMS[name]()


def written(folder: Path, name: str, wanted: str) -> Path:
    """Write a document as the worker does."""
    source = Source(code=rooms.CODE, state=room(name)[0], doctrine=rooms.DOCTRINE, at=rooms.AT)
    content = json.loads(json.dumps(content_of(source, wanted).as_json()))
    path = folder / "document"
    writer(content)(content, path)
    return path


@pytest.mark.parametrize("wanted", READERS)
@pytest.mark.parametrize("name", ROOMS)
def test_each_text_once_and_no_secret(
    name: str, wanted: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    _, marks = room(name)
    if wanted == "agenda" and not marks:
        pytest.skip("nothing dated")
    caplog.set_level(logging.WARNING)
    said = READERS[wanted](written(tmp_path, name, wanted))
    assert [each.getMessage() for each in caplog.records] == []
    assert SECRET not in said
    assert "person-" not in said
    if wanted in WHOLE:
        bare = squeezed(said)
        assert {mark: bare.count(mark) for mark in marks if bare.count(mark) != 1} == {}
    if wanted in TABLES:
        assert [mark for mark in marks if mark not in said] == []
    if wanted == "ouvertes":
        assert [mark for mark in marks if mark in said] == []


@pytest.mark.parametrize("wanted", ["ensemble", "prefecture-pdf"])
@pytest.mark.parametrize("name", ROOMS)
def test_what_is_printed_is_accessible_legible_and_within_the_page(name: str, wanted: str, tmp_path: Path):
    pdf = written(tmp_path, name, wanted)
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    assert smallest_print(pdf) >= 8
    assert min(narrowest_margins(pdf)) >= 9.9
    if wanted == "prefecture-pdf":
        with pikepdf.open(pdf) as document:
            assert len(document.pages) <= 2


def test_every_document_has_a_reader():
    assert set(FILES) - {"tout", "kit", "images"} == set(READERS) - {"ensemble"}
