"""Every document of every golden workshop, read back by readers of others: each text once, no secret, no warning."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl  # type: ignore[import-untyped]
import page
import pikepdf
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from frictionless import Package
from lxml import etree
from markdown_it import MarkdownIt

from atelier.export.api import FILES, boxed
from tests.documents.conftest import Written, golden
from tests.support.golden_rooms import ROOMS, TEN_THOUSAND, check_texts
from tests.support.printed import (
    emptiest_page,
    narrowest_margins,
    overlaps,
    smallest_print,
    text_of,
)

pytestmark = pytest.mark.slow


def of_docx(path: Path) -> str:
    """The text of the body, cells included."""
    body = docx.Document(str(path)).element.body
    return "\n".join(each.text or "" for each in body.iter(qn("w:t")))


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
    "charte": of_docx, "prefecture-pdf": text_of, "page": of_page, "agenda": of_text, "remerciements": of_text,
    "tableaux": of_xlsx, "csv": of_csv, "donnees": of_json, "schema": of_json, "ouvertes": of_csv, "ensemble": text_of,
}  # fmt: skip
PRINTED = {"ensemble": 18, "prefecture-pdf": 19}
"""PDFs, with the millimetres of their foot."""


@pytest.mark.parametrize("wanted", READERS)
@pytest.mark.parametrize("name", ROOMS)
def test_each_text_once_and_no_secret(name: str, wanted: str, written: Written):
    _, marks = golden(name)
    if wanted == "agenda" and not marks:
        pytest.skip("nothing dated")
    check_texts(READERS[wanted](written(name, wanted)), wanted, marks)


@pytest.mark.parametrize("wanted", [each for each in READERS if each not in PRINTED])
def test_ten_thousand_initiatives_are_written_whole(wanted: str, written: Written):
    # Their sheets on paper: tests/documents/test_pdf.py, once.
    check_texts(READERS[wanted](written(TEN_THOUSAND, wanted)), wanted, golden(TEN_THOUSAND)[1])


@pytest.mark.parametrize("wanted", PRINTED)
@pytest.mark.parametrize("name", ROOMS)
def test_what_is_printed_is_accessible_legible_and_fills_its_pages(name: str, wanted: str, written: Written):
    pdf = written(name, wanted)
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    assert smallest_print(pdf) >= 8
    assert min(narrowest_margins(pdf)) >= 9.9
    assert overlaps(pdf) == []
    assert emptiest_page(pdf, PRINTED[wanted]) >= 0.25
    if wanted == "ensemble":  # what no font draws is a box of ours, and said
        assert ("◻" in text_of(pdf)) == bool(boxed(golden(name)[0], wanted))
    if wanted == "prefecture-pdf":
        with pikepdf.open(pdf) as document:
            assert len(document.pages) <= 2


@pytest.mark.parametrize("wanted", ["csv", "ouvertes"])
@pytest.mark.parametrize("name", ROOMS)
def test_the_csv_files_keep_to_their_schemas(name: str, wanted: str, written: Written, tmp_path: Path):
    with zipfile.ZipFile(written(name, wanted)) as archive:
        archive.extractall(tmp_path)
    package = Package(str(tmp_path / "datapackage.json"))
    assert {each.path for each in package.resources} == {path.name for path in tmp_path.glob("*.csv")}
    assert len(package.resources) >= 8
    assert package.validate().flatten(["rowNumber", "fieldName", "type"]) == []


def test_every_document_has_a_reader():
    assert set(FILES) - {"tout", "kit", "images"} == set(READERS) - {"ensemble"}
