"""Every document of every golden workshop, read back by readers of others: each text once, no secret, no warning."""

import csv
import io
import itertools
import json
import logging
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl  # type: ignore[import-untyped]
import page
import pikepdf
import pytest
from bs4 import BeautifulSoup
from frictionless import Dialect, Resource
from frictionless.formats import CsvControl
from lxml import etree
from markdown_it import MarkdownIt

from atelier.domain.state import Workshop
from atelier.export.api import FILES, Source, boxed, content_of, file_name
from atelier.export.worker import writer
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import HUGE, ROOMS, SECRET, TEN_THOUSAND
from tests.support.printed import (
    emptiest_page,
    narrowest_margins,
    overlaps,
    smallest_print,
    squeezed,
    text_of,
)

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
OFFICE = ("compte-rendu", "compte-rendu-odt", "prefecture", "tableaux")
PRINTED = {"ensemble": 18, "prefecture-pdf": 19}
"""PDFs, with the millimetres of their foot."""
MARK = re.compile(r"i\d{5}z")
Written = Callable[[str, str], Path]


@cache
def room(name: str) -> tuple[Workshop, list[str]]:
    """The workshop of that name, and the marks of its texts."""
    return (ROOMS | HUGE)[name]()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return `written(name, wanted)`: the document as the worker writes it, once, and where it stands."""

    @cache
    def written(name: str, wanted: str) -> Path:
        source = Source(code=rooms.CODE, state=room(name)[0], doctrine=rooms.DOCTRINE, at=rooms.AT)
        content = json.loads(json.dumps(content_of(source, wanted).as_json()))
        path = tmp_path_factory.mktemp(wanted) / file_name(source.state, wanted, "a4")
        writer(content)(content, path)
        return path

    return written


def check_texts(said: str, wanted: str, marks: list[str]) -> None:
    """Each text as often as this document holds it, nothing hidden, nobody named."""
    assert SECRET not in said
    assert "person-" not in said
    found = Counter(MARK.findall(squeezed(said)))
    if wanted in WHOLE:
        assert {mark: found[mark] for mark in marks if found[mark] != 1} == {}
    if wanted in TABLES:
        assert [mark for mark in marks if not found[mark]] == []
    if wanted == "ouvertes":
        assert not found


@pytest.mark.parametrize("wanted", READERS)
@pytest.mark.parametrize("name", ROOMS)
def test_each_text_once_and_no_secret(
    name: str, wanted: str, written: Written, caplog: pytest.LogCaptureFixture
):
    _, marks = room(name)
    if wanted == "agenda" and not marks:
        pytest.skip("nothing dated")
    caplog.set_level(logging.WARNING)
    said = READERS[wanted](written(name, wanted))
    assert [each.getMessage() for each in caplog.records] == []
    check_texts(said, wanted, marks)


@pytest.mark.parametrize("wanted", [each for each in READERS if each not in PRINTED])
def test_ten_thousand_initiatives_are_written_whole(wanted: str, written: Written):
    # Their sheets on paper: tests/documents/test_pdf.py, once.
    check_texts(READERS[wanted](written(TEN_THOUSAND, wanted)), wanted, room(TEN_THOUSAND)[1])


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
        assert ("◻" in text_of(pdf)) == bool(boxed(room(name)[0], wanted))
    if wanted == "prefecture-pdf":
        with pikepdf.open(pdf) as document:
            assert len(document.pages) <= 2


def test_libreoffice_opens_every_one_without_a_word(written: Written, tmp_path: Path):
    """All at once: starting it is what takes time."""
    papers: dict[tuple[str, str], Path] = {}
    for name, wanted in itertools.product(ROOMS, OFFICE):
        source = written(name, wanted)
        papers[name, wanted] = tmp_path / f"{len(papers)}{source.suffix}"
        shutil.copy(source, papers[name, wanted])
    told = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
         "--outdir", str(tmp_path / "out"), *map(str, papers.values())],
        capture_output=True, check=True, timeout=900,
    )  # fmt: skip
    # Of itself, not of our files: it looks for Java, which none of them needs.
    said = [line for line in told.stderr.decode().splitlines() if "javaldx" not in line]
    assert said == []
    for (name, wanted), paper in papers.items():
        pdf = tmp_path / "out" / f"{paper.stem}.pdf"
        check_texts(text_of(pdf), wanted if wanted in WHOLE else "", room(name)[1])
        assert overlaps(pdf) == [], (name, wanted)
        if wanted == "prefecture":
            with pikepdf.open(pdf) as document:
                assert len(document.pages) <= 3, name  # in a font wider than Word's


@pytest.mark.parametrize("wanted", ["csv", "ouvertes"])
@pytest.mark.parametrize("name", ROOMS)
def test_the_csv_files_keep_to_their_schemas(name: str, wanted: str, written: Written, tmp_path: Path):
    with zipfile.ZipFile(written(name, wanted)) as archive:
        archive.extractall(tmp_path)
    files = sorted(tmp_path.glob("*.csv"))
    assert len(files) >= 8
    for path in files:
        resource = Resource(
            path=path.name,
            basepath=str(tmp_path),
            schema=f"{path.stem}.schema.json",
            encoding="utf-8-sig",
            dialect=Dialect(controls=[CsvControl(delimiter=";")]),
        )
        report = resource.validate()
        assert report.flatten(["rowNumber", "fieldName", "type"]) == [], path.name


def test_every_document_has_a_reader():
    assert set(FILES) - {"tout", "kit", "images"} == set(READERS) - {"ensemble"}
