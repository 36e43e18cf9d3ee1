"""Journals written by earlier versions open unchanged: the same facts, the same state, and every screen can be drawn.

`2026-11/`: what version 0.1.0 (commit 5690d14) wrote, with the state that it made of each: the rehearsal, and
afternoons of tests/support/crowd.py in which every kind of event of that version comes up.
"""

import json
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.doctrines.loading import doctrine_of
from atelier.domain.evolve import fold
from atelier.domain.state import Group
from atelier.domain.synthesis import row_of
from atelier.export.report import build
from atelier.journal.folder import JournalFolder
from atelier.live.hub import Audience
from atelier.live.regions import Kind, Region
from atelier.verdicts import sentence
from atelier.web.render import updates
from atelier.wording import arm_words

OLD = sorted((Path(__file__).parent / "2026-11").glob("*.db"))
AUDIENCES = (Audience("wall"), Audience("desk"), Audience("phone", 1))


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A folder that holds one of the old journals, and what was known of it."""
    known = json.loads(request.param.with_suffix(".json").read_text(encoding="utf-8"))
    sessions = tmp_path / "sessions"
    sessions.mkdir()
    shutil.copy(request.param, sessions / f"{known['code']}.db")
    return sessions, known


def test_its_facts_come_to_the_same_state(old: tuple[Path, dict[str, Any]]) -> None:
    sessions, known = old
    with closing(JournalFolder(sessions).open(known["code"])) as journal:
        recorded = list(journal.read())
    assert (len(recorded), recorded[-1].head) == (known["facts"], known["head"])
    assert_holds(plain(fold(each.fact for each in recorded)), known["state"])


@pytest.mark.slow
def test_its_screens_can_be_drawn(old: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    sessions, known = old
    program = create_program(Config(sessions=sessions, exports=tmp_path / "exports"))
    try:
        snapshot = program.service.read(known["code"])
        context = program.app.extensions["atelier"]
        everything = frozenset({Region(Kind.EVERYTHING)})
        with program.app.test_request_context("/"):
            for audience in AUDIENCES[: 2 + bool(snapshot.state.groups)]:
                assert updates.message(context, snapshot, audience, everything)
    finally:
        program.close()


@pytest.mark.parametrize("old", [path for path in OLD if path.stem == "demo"], ids=["demo"], indirect=True)
def test_a_zero_of_before_is_kept_and_said_to_be_perhaps_no_answer(old: tuple[Path, dict[str, Any]]) -> None:
    """An arm that nobody had answered was written as 0: which ones cannot be told any more."""
    sessions, known = old
    with closing(JournalFolder(sessions).open(known["code"])) as journal:
        state = fold(each.fact for each in journal.read())
    doctrine = doctrine_of(state.prepared)
    placed = state.group(2).lines["a-la-place"].placement
    assert placed is not None
    assert (placed.cn, placed.unsure) == (0, ("cn",))
    assert arm_words(placed, "cn", doctrine) == "jamais ou pas répondu"
    assert "Conseiller numérique jamais ou pas répondu" in sentence(
        state, row_of(state, "a-la-place"), doctrine
    )
    sheet = build(known["code"], state, doctrine, 0, "groupe-2", "a4").sheets[0]
    assert [line.cn_words for line in sheet.lines if line.cn == 0] == ["jamais ou pas répondu"]


def assert_holds(new: Any, old: Any, path: str = "") -> None:
    """Assert that `new` says all that `old` said; fields that were added since may be there."""
    if isinstance(old, dict):
        assert set(old) <= set(new), path
        for name, value in old.items():
            assert_holds(new[name], value, f"{path}/{name}")
    elif isinstance(old, list):
        assert len(new) == len(old), path
        for n, value in enumerate(old):
            assert_holds(new[n], value, f"{path}/{n}")
    else:
        assert new == old, path


def plain(value: Any) -> Any:
    """Return a state as JSON would hold it."""
    if is_dataclass(value):
        moved = {"note": value.note} if isinstance(value, Group) else {}
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)} | moved
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return getattr(value, "value", value)
