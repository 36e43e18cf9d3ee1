"""The continuum that each group completes."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.selectors import missions
from atelier.domain.values import Phase, Side
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    MINUTE,
    T0,
    done,
    given,
    refused,
    workshop,
)

REMITS = workshop(Phase.REMITS)
ADD = c.AddMission(group=1, side=Side.BOTH, text="Se voir")
ADDED = e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="Se voir")
BY_ALICE = (*REMITS, *done(ALICE, ADDED))
PRINTED = "fs-1"


@pytest.mark.parametrize("phase", [Phase.REMITS, Phase.ARTICULATIONS])
def test_missions_are_added_during_both_phases_of_discussion(phase: Phase) -> None:
    after = given(workshop(phase)).when(ADD, by=ALICE, fresh_id="m1").then(ADDED)
    assert [m.text for m in missions(after.group(1), Side.BOTH)] == ["Se voir"]
    assert after.group(1).missions["m1"].author == "alice"
    assert missions(after.group(2), Side.BOTH) == []


def test_a_mission_that_was_being_written_is_taken_for_a_minute() -> None:
    over = given(REMITS, done(FACILITATOR, e.PhaseOpened(phase=Phase.REPORT_BACK)))
    over.when(ADD, by=ALICE, at=T0 + MINUTE, fresh_id="m1").then(ADDED)
    over.when(ADD, by=ALICE, at=T0 + MINUTE + 1).then(refused(Code.PHASE_OVER))


@pytest.mark.parametrize(
    ("text", "code"),
    [("  ", Code.TEXT_EMPTY), ("x" * 141, Code.TEXT_TOO_LONG), ("\udfff", Code.TEXT_UNREADABLE)],
)
def test_a_mission_needs_readable_words(text: str, code: Code) -> None:
    given(REMITS).when(c.AddMission(group=1, side=Side.BOTH, text=text), by=ALICE).then(refused(code))
    edit = c.EditMission(group=1, mission="m1", text=text)
    given(BY_ALICE).when(edit, by=ALICE).then(refused(code))


def test_a_mission_goes_to_ones_own_group() -> None:
    given(REMITS).when(ADD, by=CLAIRE).then(refused(Code.OTHER_GROUP))
    given(REMITS).when(c.AddMission(group=9, side=Side.BOTH, text="x")).then(refused(Code.UNKNOWN_GROUP))


def test_an_identifier_serves_once() -> None:
    given(BY_ALICE).when(ADD, by=BASILE, fresh_id="m1").then(refused(Code.ALREADY_USED))
    given(REMITS).when(ADD, by=BASILE, fresh_id=PRINTED).then(refused(Code.ALREADY_USED))


def test_a_group_has_at_most_two_hundred_missions() -> None:
    many = tuple(
        e.MissionAdded(group=1, mission=f"n{n}", side=Side.BOTH, text="x")
        for n in range(limits.MISSIONS_PER_GROUP - 2)
    )
    given(REMITS, many).when(ADD, by=ALICE).then(refused(Code.TOO_MANY, "200"))


def test_the_author_may_reword_a_mission_and_a_facilitator_any() -> None:
    edit = c.EditMission(group=1, mission="m1", text="Se parler")
    edited = e.MissionEdited(group=1, mission="m1", text="Se parler")
    assert given(BY_ALICE).when(edit, by=ALICE).then(edited).group(1).missions["m1"].text == "Se parler"
    given(BY_ALICE, edited).when(edit, by=ALICE).then()
    printed = c.EditMission(group=1, mission=PRINTED, text="x")
    given(REMITS).when(printed).then(e.MissionEdited(group=1, mission=PRINTED, text="x"))


def test_nobody_else_at_the_table_rewords_or_withdraws() -> None:
    given(BY_ALICE).when(c.EditMission(group=1, mission="m1", text="x"), by=BASILE).then(
        refused(Code.NOT_YOURS)
    )
    given(BY_ALICE).when(c.WithdrawMission(group=1, mission="m1"), by=BASILE).then(refused(Code.NOT_YOURS))
    given(REMITS).when(c.WithdrawMission(group=1, mission=PRINTED), by=ALICE).then(refused(Code.NOT_YOURS))


def test_any_member_moves_any_mission_along_the_continuum() -> None:
    move = c.MoveMission(group=1, mission=PRINTED, side=Side.BOTH)
    moved = e.MissionMoved(group=1, mission=PRINTED, side=Side.BOTH)
    after = given(REMITS).when(move, by=BASILE).then(moved)
    assert [m.id for m in missions(after.group(1), Side.BOTH)] == [PRINTED]
    given(REMITS, moved).when(move, by=BASILE).then()


def test_the_author_may_withdraw_a_mission() -> None:
    withdraw = c.WithdrawMission(group=1, mission="m1")
    withdrawn = e.MissionWithdrawn(group=1, mission="m1")
    after = given(BY_ALICE).when(withdraw, by=ALICE).then(withdrawn)
    assert missions(after.group(1), Side.BOTH) == []
    given(BY_ALICE, withdrawn).when(withdraw, by=ALICE).then(refused(Code.UNKNOWN_MISSION))


def test_an_unknown_mission_is_neither_reworded_nor_moved() -> None:
    given(REMITS).when(c.EditMission(group=1, mission="m9", text="x")).then(refused(Code.UNKNOWN_MISSION))
    move = c.MoveMission(group=1, mission="m9", side=Side.BOTH)
    given(REMITS).when(move, by=ALICE).then(refused(Code.UNKNOWN_MISSION))
