"""`atelier import` of every golden workshop's export: the same tables, synthesis included; of other files, nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from atelier.cli import main
from atelier.domain.synthesis import overlay
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from tests.support.golden_rooms import ROOMS
from tests.support.written import exported, results, written

pytestmark = pytest.mark.slow


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    return tmp_path / "sessions"


@pytest.mark.parametrize("name", ROOMS)
def test_what_was_exported_comes_back_with_the_same_synthesis(name: str, sessions: Path, tmp_path: Path):
    state = ROOMS[name]()[0]
    answer = CliRunner().invoke(main, ["import", str(exported(tmp_path, state))])
    assert answer.exit_code == 0, answer.output
    service = Service(JournalFolder(sessions))
    again = service.read(answer.output[:6]).state
    service.close()
    verdicts = [(row.action, row.verdict, row.counting, row.of) for row in overlay(again)]
    assert verdicts == [(row.action, row.verdict, row.counting, row.of) for row in overlay(state)]
    assert results(again) == results(state)


@pytest.mark.parametrize("wanted", ["csv", "tableaux", "compte-rendu", "ouvertes", "page", "schema"])
def test_another_document_than_the_data_creates_nothing(wanted: str, sessions: Path, tmp_path: Path):
    answer = CliRunner().invoke(main, ["import", str(written(tmp_path, wanted))])
    assert (answer.exit_code, "rien n’est créé" in answer.output) == (1, True)
    assert list(sessions.glob("*.db")) == []
