"""What a document says is decided before any layout."""

import json
from dataclasses import replace

import pytest

from atelier.domain.state import Workshop
from atelier.domain.values import VoteStatus
from atelier.export import glyphs
from atelier.export.printing import mark
from atelier.export.report import Report, build, documents
from atelier.export.results import results_of
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import ROOMS


def report(state: Workshop, wanted: str = "groupe-1", paper: str = "a3") -> Report:
    """The report of a room."""
    return build(rooms.CODE, state, rooms.DOCTRINE, rooms.AT, wanted, paper)


def everything(state: Workshop) -> str:
    """All that the whole document says."""
    return json.dumps(report(state, "ensemble").as_json(), ensure_ascii=False)


def test_documents_are_the_whole_and_the_groups():
    assert documents(rooms.full_room()) == ("ensemble", "groupe-1", "groupe-2", "groupe-3")


@pytest.mark.parametrize(
    ("wanted", "paper"), [("groupe-4", "a3"), ("../x", "a3"), ("ensemble", "a5"), ("", "")]
)
def test_what_does_not_exist_is_not_made(wanted: str, paper: str):
    with pytest.raises(LookupError):
        report(rooms.full_room(), wanted, paper)


def test_a_group_document_is_that_group_only():
    found = report(rooms.full_room(), "groupe-2")
    assert [sheet.name for sheet in found.sheets] == ["Groupe 2"]
    assert (found.overview, found.decisions) == (None, ())


def test_hidden_and_withdrawn_texts_and_names_are_left_out():
    state = rooms.full_room()
    line = state.group(1).lines["orienter"]
    initiatives = [
        rooms.initiative(1, "orienter", "Montrée", 2),
        rooms.initiative(2, "orienter", "Cachée", hidden=True),
        rooms.initiative(3, "orienter", "Retirée", withdrawn=True),
    ]
    lines = {**state.group(1).lines, "orienter": rooms.with_initiatives(line, initiatives)}
    said = everything(rooms.with_group(state, replace(state.group(1), lines=lines)))
    assert "Montrée" in said
    assert not [word for word in ("Cachée", "Retirée", "Prénom", "person-") if word in said]


def test_the_three_looks_of_a_line():
    third = report(rooms.full_room(), "groupe-3").sheets[0].lines
    assert [third[n].state for n in (0, 5, 9)] == ["placed", "unplaced", "aside"]
    assert [third[n].fs_words for n in (0, 5, 9)] == ["rarement", "à placer", "sans objet"]


def test_placed_at_zero_is_not_unplaced():
    state = rooms.full_room()
    line = state.group(3).lines["former"]
    assert line.placement is not None
    assert report(state, "groupe-3").sheets[0].lines[8].fs_words == "jamais"


def test_most_supported_first_and_all_of_them():
    line = report(rooms.crowded_room(900)).sheets[0].lines[0]
    assert len(line.initiatives) == 30
    assert [each.supports for each in line.initiatives] == sorted(
        (each.supports for each in line.initiatives), reverse=True
    )


def test_the_star_and_the_heart_are_explained_where_they_are():
    assert report(rooms.full_room()).sheets[0].signs.startswith("★ mise en avant")
    assert report(rooms.blank_room()).sheets[0].signs == ""


def test_what_no_font_draws_becomes_a_box_and_is_named():
    assert glyphs.printable("Un café ☕ 中文, Привет, שלום, مرحبا") == "Un café ☕ ◻◻, Привет, שלום, مرحبا"
    assert glyphs.missing("a ไ b ไ") == "ไ"


def test_groups_that_say_the_same_stand_over_one_another_the_others_side_by_side():
    found = report(rooms.full_room(), "ensemble").overview
    many = report(ROOMS["twelve groups with long names"]()[0], "ensemble").overview
    assert found is not None
    assert many is not None
    diagnose = found.rows[1]
    assert [[(group, reach) for group, reach, _ in row] for row in diagnose.cn_marks] == [
        [(1, 60), (2, 75), (3, 40)]
    ]
    assert [[group for group, *_ in row] for row in many.rows[0].fs_marks] == [
        [1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]
    ]  # fmt: skip


def test_overview_says_the_verdict_and_who_is_missing():
    found = report(rooms.full_room(), "ensemble").overview
    assert found is not None
    relay = found.rows[9]
    assert [(note.before, note.groups) for note in relay.notes][-2:] == [
        ("à compléter\u00a0:", (2,)),
        ("sans objet pour", (3,)),
    ]
    assert (relay.verdict, relay.kind) == ("Trop peu de réponses", "too-few")
    assert len(found.how) == 3
    assert [(other.group, other.label[:8]) for other in found.others] == [(2, "Partager")]


def test_a_mark_has_words():
    assert "<title>Groupe 1</title>" in mark(1, "Groupe 1")


def test_the_whole_and_the_sheets_say_what_was_voted_once_it_was_revealed():
    state = rooms.voted_room()
    whole = report(state, "ensemble")
    assert whole.vote is not None
    assert whole.vote.people == "6\u00a0personnes ont voté."
    assert [(each.dots, each.trades, bool(each.agreed)) for each in whole.vote.rows] == [
        (6, "FS 3, Conum 3", True),
        (6, "FS 3, Conum 3", True),
        (2, "FS 2", False),
    ]
    sheet = report(state).sheets[0]
    assert [each.dots for line in sheet.lines for each in line.initiatives if each.dots] == [
        *["6\u00a0gommettes"] * 2,
        "2\u00a0gommettes",
    ]
    assert "6\u00a0gommettes (FS 3, Conum 3)" in results_of(state, rooms.DOCTRINE, rooms.AT).text


@pytest.mark.parametrize("status", [VoteStatus.OPEN, VoteStatus.CLOSED])
def test_no_document_says_what_was_voted_before_everybody_sees_it(status: VoteStatus):
    state = rooms.voted_room(status)
    said = [json.dumps(report(state, wanted).as_json()) for wanted in documents(state)]
    said.append(results_of(state, rooms.DOCTRINE, rooms.AT).text)
    assert [text for text in said if "gommette" in text] == []
