"""Spreadsheet, CSV, JSON, texts to rework and the archive, written by the worker's functions and read back."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl  # type: ignore[import-untyped]
import pytest

from atelier.cli.records import EXPLAINED, FORMATS
from atelier.domain.selectors import visible_initiatives
from atelier.export import archive, budget, worker
from atelier.export.api import BEFORE, FILES, Source, boxed, content_of
from atelier.export.budget import OutOfTime
from tests.support import printed_rooms as rooms
from tests.support.written import FORMULA, room, written


def test_the_spreadsheet_is_typed_and_a_formula_is_a_text(tmp_path: Path):
    book = openpyxl.load_workbook(written(tmp_path, "tableaux"))
    assert book.sheetnames[:4] == ["Atelier", "Groupes", "Placements", "Initiatives"]
    cells = [cell for row in book["Initiatives"].iter_rows() for cell in row]
    (formula,) = [cell for cell in cells if cell.value == FORMULA]
    assert formula.data_type == "s"
    sheet = book["Placements"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    half = next(row for row in rows if row["Groupe"] == 1 and row["Action"] == "orienter")
    assert (half["France services"], half["Conseiller numérique"]) == (75, None)
    assert (sheet.freeze_panes, bool(sheet.tables)) == ("A2", True)


def test_each_csv_has_its_schema_and_starts_no_formula(tmp_path: Path):
    with zipfile.ZipFile(written(tmp_path, "csv")) as archive:
        raw = archive.read("initiatives.csv")
        schema = json.loads(archive.read("initiatives.schema.json"))
        placements = archive.read("placements.csv").decode("utf-8-sig")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [field["name"] for field in schema["fields"]] == list(rows[0])
    assert "'" + FORMULA in [row["texte"] for row in rows]
    assert len({(row["groupe"], row["action"], row["initiative"]) for row in rows}) == len(rows)
    half = next(
        row for row in csv.DictReader(io.StringIO(placements), delimiter=";") if row["action"] == "orienter"
    )
    assert (half["fs"], half["cn"]) == ("75", "")


@pytest.mark.slow
@pytest.mark.parametrize("wanted", ["donnees", "csv", "tableaux", "compte-rendu", "prefecture"])
def test_no_file_says_what_is_hidden_withdrawn_or_a_name(wanted: str, tmp_path: Path):
    path = written(tmp_path, wanted)
    said = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            said = b"".join(archive.read(name) for name in archive.namelist())
    assert [word for word in ("Cachée", "Retirée", "Prénom", "person-") if word.encode() in said] == []


def test_the_data_say_the_sheet_its_version_and_nothing_where_nobody_answered(tmp_path: Path):
    data = json.loads(written(tmp_path, "donnees").read_text())
    assert (data["format"], data["atelier"][0]["doctrine"]) == ("atelier/1", "articulation")
    assert len(data["atelier"][0]["doctrine_version"]) == 8
    half = next(row for row in data["placements"] if (row["groupe"], row["action"]) == (1, "orienter"))
    assert (half["fs"], half["cn"]) == (75, None)
    assert [row["action"] for row in data["synthese"]] == [each.id for each in rooms.DOCTRINE.actions]


SPREAD = (
    "France services\u00a0: 1 rarement, 2 régulièrement\u202f; "
    "Conseiller numérique\u00a0: trop peu de réponses pour être montrées"
)


def test_the_data_count_what_was_answered_before_talking_so_that_nobody_is_read(tmp_path: Path):
    data = json.loads(written(tmp_path, "donnees", rooms.answered_room()).read_text())
    assert [list(row.values())[1:] for row in data["reponses"]] == [
        [1, "orienter", "J’oriente", "fs", 0, 1, 0, 2, 0, 0, 0],
        [1, "orienter", "J’oriente", "cn", 0, 0, 0, 0, 0, 0, 1],
    ]
    book = openpyxl.load_workbook(written(tmp_path, "tableaux", rooms.answered_room()))
    rows = [[cell.value for cell in row] for row in book["Avant d’en parler"].iter_rows()]
    assert [rows[0][5:7], rows[1][6], rows[2][-1]] == [["Jamais", "Rarement"], 1, 1]
    assert "reponses" not in json.loads(written(tmp_path, "donnees").read_text())


@pytest.mark.slow
def test_the_minutes_say_what_was_answered_before_talking_and_nothing_unseen(tmp_path: Path):
    document = docx.Document(str(written(tmp_path, "compte-rendu", rooms.answered_room())))
    told = [each.text for each in document.paragraphs if each.text.startswith("Avant d’en parler")]
    assert told == [f"Avant d’en parler, Groupe 1 — {SPREAD}."]


@pytest.mark.slow
def test_the_minutes_have_every_text_real_styles_and_their_language(tmp_path: Path):
    document = docx.Document(str(written(tmp_path, "compte-rendu")))
    heads = [
        each.text for each in document.paragraphs if str(each.style and each.style.name).startswith("Heading")
    ]
    assert heads[:2] == ["Décisions", "En chiffres"]
    said = "\n".join(each.text for each in document.paragraphs)
    said += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    state = room()
    wanted = [
        each.text
        for group in state.groups
        for line in group.lines.values()
        for each in visible_initiatives(line)
    ]
    wanted += [each.what for each in state.decisions.values()]
    assert [text for text in wanted if text not in said] == []
    assert f"★ {FORMULA} (Groupe 1, ♥\u00a02)" in said
    assert "pas encore répondu" in said
    assert document.core_properties.language == "fr-FR"
    assert all("tblHeader" in table._tbl.xml for table in document.tables if len(table.rows) > 1)


@pytest.mark.slow
def test_a_star_is_drawn_under_actions_of_groups_too(tmp_path: Path):
    state = rooms.full_room()
    group, own = next((group, line) for group in state.groups for line in group.lines.values() if line.free)
    starred = rooms.with_initiatives(
        own, [rooms.initiative(7, own.action.id, "Un agenda", 1, highlighted=True)]
    )
    state = rooms.with_group(state, replace(group, lines={**group.lines, own.action.id: starred}))
    document = docx.Document(str(written(tmp_path, "compte-rendu", state)))
    assert f"★ Un agenda ({group.name}, ♥\u00a01)" in [each.text for each in document.paragraphs]


def test_the_command_line_has_a_format_for_every_file():
    assert set(FORMATS.values()) == {*FILES, *BEFORE}
    said = ", ".join(EXPLAINED).split(", ")
    assert sorted(said) == sorted(("pdf", *FORMATS))


def test_what_several_formats_are_made_of_is_handed_over_once():
    source = Source(code=rooms.CODE, state=rooms.full_room(), doctrine=rooms.DOCTRINE, at=rooms.AT)
    given = json.loads(json.dumps(content_of(source, "tout").as_json()))
    # DOCX and ODT; both of the préfecture; spreadsheet, CSV, JSON and its schema.
    assert len(given["contents"]) == len(given["parts"]) - 5
    parts = {name.partition("articulation_")[2]: part for name, part in archive.parts_of(given).items()}
    for wanted in ("compte-rendu-odt", "prefecture-pdf", "tableaux", "donnees"):
        alone = json.loads(json.dumps(content_of(source, wanted).as_json()))
        part = parts[FILES[wanted].ending]
        assert {key: part[key] for key in alone} == alone


@pytest.mark.slow
def test_without_pango_the_archive_has_all_the_rest_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(archive, "_paints", lambda: False)
    with zipfile.ZipFile(written(tmp_path, "tout")) as found:
        names, told = found.namelist(), found.read("LISEZ-MOI.txt").decode()
    assert [name for name in names if name.endswith((".pdf", "images.zip"))] == []
    assert any(name.endswith("compte-rendu.docx") for name in names)
    assert "Pango" in told


def test_a_document_that_takes_too_long_is_left_out_of_the_archive_which_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def long_work(_: Any, __: Path) -> None:
        raise OutOfTime

    given = {"text": "x", "format": "text"}
    monkeypatch.setitem(worker.WRITERS, "pdf", ("tests.export.test_files", "long_work"))
    monkeypatch.setattr("tests.export.test_files.long_work", long_work, raising=False)
    path = tmp_path / "tout.zip"
    parts = {"a.txt": {"content": 0}, "b.pdf": {"content": 1}, "c.txt": {"content": 0}}
    archive.write_zip({"contents": [given, {"format": "pdf"}], "parts": parts}, path)
    with zipfile.ZipFile(path) as found:
        assert found.namelist() == ["a.txt", "c.txt", "LISEZ-MOI.txt"]
        assert "b.pdf n’est pas ici" in found.read("LISEZ-MOI.txt").decode()


@pytest.mark.slow
def test_a_document_of_an_archive_has_the_processor_for_its_time_and_no_longer(
    monkeypatch: pytest.MonkeyPatch,
):
    pytest.importorskip("resource")
    monkeypatch.setattr(budget, "PDF_CPU_S", 1)
    with pytest.raises(OutOfTime):
        work_without_end()


def work_without_end() -> None:
    """Keep the processor busy, as a document does that is too large."""
    with budget.one_document():
        while True:
            sum(range(1000))


def test_what_no_font_draws_is_named_with_every_document_that_draws_it():
    state = rooms.full_room()
    first, second = state.group(1), state.group(2)
    texts = [rooms.initiative(1, "orienter", "ไ, แ, ไ"), rooms.initiative(2, "orienter", "中", hidden=True)]
    line = rooms.with_initiatives(first.lines["orienter"], texts)
    state = rooms.with_group(state, replace(first, lines={**first.lines, "orienter": line}))
    state = rooms.with_group(state, replace(second, name="永"))
    assert {name for name in FILES if boxed(state, name)} == {"prefecture-pdf", "images", "tout", "kit"}
    for wanted in ("ensemble", "prefecture-pdf", "images", "tout"):
        assert boxed(state, wanted) == "แไ永", wanted
    assert [boxed(state, wanted) for wanted in ("groupe-1", "groupe-2", "groupe-3")] == ["แไ", "永", ""]
    # Of before: what is written on the sheets afterwards is on none of them.
    assert [boxed(state, wanted) for wanted in ("kit", "vierge", "vierge-1", "vierge-2")] == [
        "永",
        "永",
        "",
        "永",
    ]
