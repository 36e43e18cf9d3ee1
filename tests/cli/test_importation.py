"""`atelier import` gives the same results back; `atelier export --all` a folder of them; their schema holds."""

import json
from dataclasses import replace

import jsonschema
import pytest
from click.testing import CliRunner

from atelier.cli import main
from atelier.domain.state import Decision, NextMeeting, Workshop
from atelier.domain.values import DecisionStatus
from atelier.export.dataset import dataset_of, open_data_of
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from tests.support import printed_rooms as rooms
from tests.support.written import exported, results


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def room() -> Workshop:
    """A room with everything that the results hold: states of decisions, the next meeting, a group's own action."""
    state = rooms.full_room()
    decisions = {
        "d1": Decision(id="d1", what="Une affiche", who="Eve", due_on="2026-09-30", stake="Enjeu", action="orienter"),
        "d2": Decision(id="d2", what="Plus tard", due="un jour", group=2, status=DecisionStatus.DROPPED),
    }  # fmt: skip
    return replace(state, decisions=decisions, next_meeting=NextMeeting(on="2026-10-12", about="14 h"))


@pytest.mark.slow
def test_what_was_exported_comes_back_with_the_same_results(told, tmp_path):
    answer = told("import", exported(tmp_path, room()))
    assert answer.exit_code == 0, answer.output
    code = answer.output[:6]
    service = Service(JournalFolder(tmp_path / "sessions"))
    state = service.read(code).state
    service.close()
    assert results(state) == results(room())
    assert state.status.value == "closed"
    assert not any(person.name for person in state.people.values())


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "atelier/99"}', '{"format": "atelier/1", "reglages": {}}']
)
def test_what_is_no_export_creates_nothing(text, told, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(text)
    answer = told("import", path)
    assert (answer.exit_code, "rien n’est créé" in answer.output) == (1, True)
    assert not list((tmp_path / "sessions").glob("*.db"))


def test_half_an_export_leaves_no_half_workshop(told, tmp_path):
    path = exported(tmp_path, room())
    data = json.loads(path.read_text())
    data["placements"][3]["action"] = "inconnue"
    path.write_text(json.dumps(data))
    assert told("import", path).exit_code == 1
    assert not list((tmp_path / "sessions").glob("*.db"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "state", [room(), rooms.blank_room(), rooms.hostile_room(), rooms.crowded_room(60, 12)]
)
def test_the_data_keep_to_their_schema(state, tmp_path):
    data, schema = (json.loads(exported(tmp_path, state, each).read_text()) for each in ("donnees", "schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    data["placements"][0]["fs"] = "beaucoup"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


@pytest.mark.parametrize("state", [room(), rooms.hostile_room(), rooms.typed_room()])
def test_open_data_hold_no_text_that_somebody_typed(state):
    said = json.dumps(
        [
            table["rows"]
            for table in open_data_of(
                dataset_of(rooms.CODE, state, rooms.DOCTRINE, rooms.AT, "csv")
            ).as_json()["tables"]
        ],
        ensure_ascii=False,
    )
    setup = state.prepared
    typed = [
        setup.title,
        setup.place,
        setup.territory,
        setup.organiser,
        *(group.name for group in state.groups),
    ]
    typed += [
        part for each in state.decisions.values() for part in (each.what, each.who, each.due, each.stake)
    ]
    typed += [note.text for group in state.groups for note in group.notes.values()]
    typed += [each.text for group in state.groups for each in group.missions.values()]
    for group in state.groups:
        for line in group.lines.values():
            typed += [line.action.label, *(each.text for each in line.initiatives.values())]
    assert [text for text in typed if text and json.dumps(text, ensure_ascii=False)[1:-1] in said] == []
    assert "orienter" in said


@pytest.mark.slow
def test_a_year_of_workshops_goes_into_one_folder(told, tmp_path):
    codes = [told("import", exported(tmp_path, state)).output[:6] for state in (room(), rooms.blank_room())]
    answer = told("export", "--all", tmp_path / "an", "--format", "json")
    assert answer.exit_code == 0, answer.output
    names = sorted(path.name for path in (tmp_path / "an").iterdir())
    assert [name[:6] for name in names] == sorted(codes)
    assert all(name.endswith("_articulation_resultats.json") for name in names)
    assert list((tmp_path / "exports").iterdir()) == []
    nothing = told("export", "--all", tmp_path / "dates", "--format", "ics")
    assert (nothing.exit_code, "pas écrit" in nothing.output) == (1, True)
    assert told("export").exit_code == 1
    of_one = told("export", "--all", tmp_path / "an", "--group", "1")
    assert (of_one.exit_code, "--group et --output ne vont pas avec --all" in of_one.output) == (1, True)
