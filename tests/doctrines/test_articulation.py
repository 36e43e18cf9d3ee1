"""The first doctrine: what the workshop's material says, in good typography, and only that."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import pytest

from atelier.doctrines import loading
from atelier.doctrines.loading import DoctrineError, default_setup, load, slugs
from atelier.domain import limits
from atelier.domain.values import Phase, Side

DOCTRINE = load("articulation")


def texts(value: object) -> Iterator[str]:
    """Every text of a doctrine, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


def test_ten_actions_in_the_order_of_the_sheet():
    first = "aller-vers diagnostiquer orienter sensibiliser urgence"
    then = "coup-de-pouce a-la-place faire-avec former relayer"
    assert [action.id for action in DOCTRINE.actions] == f"{first} {then}".split()


def test_examples_stand_under_the_line_they_belong_to():
    assert [len(action.examples) for action in DOCTRINE.actions] == [2, 2, 1, 0, 0, 0, 0, 0, 0, 1]


def test_missions_of_both_schemes_and_none_in_between():
    sides = [mission.side for mission in DOCTRINE.missions]
    assert sides == [Side.FRANCE_SERVICES] * 3 + [Side.CONSEILLER_NUMERIQUE] * 3


def test_agenda_has_every_phase_with_the_original_durations():
    assert {script.phase: script.minutes for script in DOCTRINE.agenda} == {
        Phase.WELCOME: 0,
        Phase.REMITS: 10,
        Phase.ARTICULATIONS: 20,
        Phase.REPORT_BACK: 5,
        Phase.SYNTHESIS: 10,
    }
    assert all(script.say and script.groups_do for script in DOCTRINE.agenda)


def test_every_landmark_has_a_source():
    assert all(landmark.source for landmark in DOCTRINE.landmarks)


def test_typography_is_french():
    bad = re.compile(r"['\"]| [;!?:»]|« |\.\.\.|[^\s\u00a0\u202f“(][;!?»]|[a-zé]:")
    assert [text for text in texts(DOCTRINE) if bad.search(text)] == []


def test_texts_fit_the_limits():
    assert all(len(action.short) <= limits.SHORT_LABEL_CHARACTERS for action in DOCTRINE.actions)
    assert all(len(action.label) <= limits.LABEL_CHARACTERS for action in DOCTRINE.actions)
    assert all(len(mission.text) <= limits.MISSION_CHARACTERS for mission in DOCTRINE.missions)


def test_default_setup_is_three_groups_erased_after_ninety_days():
    setup = default_setup(DOCTRINE, dt.date(2026, 6, 25))
    assert (setup.title, setup.groups) == (DOCTRINE.title, ("Groupe 1", "Groupe 2", "Groupe 3"))
    assert (setup.date, setup.purge_on, setup.free_lines) == ("2026-06-25", "2026-09-23", 4)


@pytest.mark.parametrize("slug", ["inconnue", "../articulation", "", "articulation.toml", "x" * 300])
def test_an_unknown_doctrine_is_told(slug: str):
    with pytest.raises(DoctrineError, match="no doctrine named"):
        load(slug)


@pytest.mark.parametrize("content", ["slug = ", 'slug = "x"', "\udcff"])
def test_a_broken_file_is_named(content: str, tmp_path, monkeypatch):
    (tmp_path / "cassee.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    with pytest.raises(DoctrineError, match=r"cassee\.toml"):
        load("cassee")


def test_slugs_lists_what_is_there():
    assert "articulation" in slugs()
