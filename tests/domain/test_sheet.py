"""Placing actions, setting them aside, and the free lines of a group's sheet."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.refusals import Code
from atelier.domain.selectors import free_lines
from atelier.domain.state import WallView
from atelier.domain.values import Phase, Placement, Scene, Side
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    T0,
    done,
    given,
    refused,
    state_of,
    workshop,
)

WRITING = workshop(Phase.ARTICULATIONS)
PLACED = e.ActionPlaced(group=1, action="orienter", fs=75, cn=0)
ASIDE = e.ActionSetAside(group=1, action="orienter")
ADDED = e.ActionAdded(group=1, action="libre-1", label="Se réunir", mission="")
ADD = c.AddAction(group=1, label="Se réunir")


def test_placing_an_action_says_how_far_each_arm_reaches_and_who_moved_it() -> None:
    after = given(WRITING).when(c.PlaceAction(group=1, action="orienter", fs=75, cn=0), by=ALICE, at=T0 + 9)
    line = after.then(PLACED).group(1).lines["orienter"]
    assert (line.placement, line.set_aside) == (Placement(75, 0), False)
    assert (line.moved_by, line.moved_at) == ("alice", T0 + 9)


def test_an_action_placed_at_nothing_is_not_an_action_to_place() -> None:
    placed = e.ActionPlaced(group=1, action="orienter", fs=0, cn=0)
    after = given(WRITING).when(c.PlaceAction(group=1, action="orienter", fs=0, cn=0), by=ALICE).then(placed)
    assert after.group(1).lines["orienter"].placement == Placement(0, 0)


def test_the_last_word_wins() -> None:
    again = c.PlaceAction(group=1, action="orienter", fs=20, cn=100)
    given(WRITING, done(ALICE, PLACED)).when(again, by=BASILE).then(
        e.ActionPlaced(group=1, action="orienter", fs=20, cn=100)
    )


def test_an_arm_left_out_stays_where_it_is_by_then() -> None:
    own = c.PlaceAction(group=1, action="orienter", cn=50)
    half = (
        given(WRITING).when(own, by=BASILE).then(e.ActionPlaced(group=1, action="orienter", fs=None, cn=50))
    )
    assert half.group(1).lines["orienter"].placement == Placement(None, 50)
    given(WRITING, done(ALICE, PLACED)).when(own, by=BASILE).then(
        e.ActionPlaced(group=1, action="orienter", fs=75, cn=50)
    )
    nothing = c.PlaceAction(group=1, action="orienter")
    given(WRITING, done(ALICE, PLACED)).when(nothing, by=BASILE).then(refused(Code.NOT_A_REACH))
    again = c.PlaceAction(group=1, action="orienter", fs=75)
    given(WRITING, done(ALICE, PLACED)).when(again, by=BASILE).then()


def test_placing_where_it_already_is_changes_nothing() -> None:
    again = c.PlaceAction(group=1, action="orienter", fs=75, cn=0)
    after = given(WRITING, done(ALICE, PLACED)).when(again, by=BASILE).then()
    assert after.group(1).lines["orienter"].moved_by == "alice"


@pytest.mark.parametrize(("fs", "cn"), [(3, 0), (0, 101), (-5, 0), (105, 0), (0, 10**30)])
def test_a_reach_goes_from_0_to_100_by_steps_of_5(fs: int, cn: int) -> None:
    place = c.PlaceAction(group=1, action="orienter", fs=fs, cn=cn)
    given(WRITING).when(place, by=ALICE).then(refused(Code.NOT_A_REACH))


def test_another_groups_sheet_is_out_of_reach() -> None:
    place = c.PlaceAction(group=1, action="orienter", fs=5, cn=5)
    given(WRITING).when(place, by=CLAIRE).then(refused(Code.OTHER_GROUP))


def test_a_line_that_is_not_on_the_sheet_cannot_be_placed() -> None:
    place = c.PlaceAction(group=1, action="jardiner", fs=5, cn=5)
    given(WRITING).when(place, by=ALICE).then(refused(Code.UNKNOWN_ACTION))
    elsewhere = c.PlaceAction(group=7, action="orienter", fs=5, cn=5)
    given(WRITING).when(elsewhere).then(refused(Code.UNKNOWN_GROUP))


def test_a_placement_may_be_taken_back() -> None:
    unplace = c.UnplaceAction(group=1, action="orienter")
    unplaced = e.ActionUnplaced(group=1, action="orienter")
    after = given(WRITING, PLACED).when(unplace, by=ALICE).then(unplaced)
    assert after.group(1).lines["orienter"].placement is None
    given(WRITING).when(unplace, by=ALICE).then()
    assert (
        not given(WRITING, ASIDE).when(unplace, by=ALICE).then(unplaced).group(1).lines["orienter"].set_aside
    )


def test_an_action_may_be_without_object_here() -> None:
    aside = c.SetActionAside(group=1, action="orienter")
    line = given(WRITING, PLACED).when(aside, by=ALICE).then(ASIDE).group(1).lines["orienter"]
    assert (line.set_aside, line.placement) == (True, None)
    given(WRITING, ASIDE).when(aside, by=ALICE).then()
    place = c.PlaceAction(group=1, action="orienter", fs=75, cn=0)
    assert not given(WRITING, ASIDE).when(place, by=ALICE).then(PLACED).group(1).lines["orienter"].set_aside


def test_a_free_line_takes_the_next_place_at_the_end_of_the_sheet() -> None:
    after = given(WRITING).when(ADD, by=ALICE).then(ADDED)
    assert list(after.group(1).lines) == ["aller-vers", "orienter", "relayer", "libre-1"]
    second = e.ActionAdded(group=1, action="libre-2", label="Se réunir", mission="")
    given(WRITING, ADDED).when(ADD, by=BASILE).then(second)
    assert "libre-1" not in after.group(2).lines


def test_there_are_as_many_free_lines_as_the_setup_says() -> None:
    second = e.ActionAdded(group=1, action="libre-2", label="B", mission="")
    given(WRITING, ADDED, second).when(ADD, by=ALICE).then(refused(Code.NO_FREE_LINE, "2"))


def test_a_free_line_may_come_from_a_mission() -> None:
    mission = e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="Se voir")
    add = c.AddAction(group=1, label="Se voir", mission="m1")
    added = e.ActionAdded(group=1, action="libre-1", label="Se voir", mission="m1")
    assert given(WRITING, mission).when(add, by=ALICE).then(added).group(1).lines["libre-1"].mission == "m1"
    given(WRITING).when(add, by=ALICE).then(refused(Code.UNKNOWN_MISSION))
    withdrawn = e.MissionWithdrawn(group=1, mission="m1")
    given(WRITING, mission, withdrawn).when(add, by=ALICE).then(refused(Code.UNKNOWN_MISSION))


@pytest.mark.parametrize(
    ("label", "code"),
    [("", Code.TEXT_EMPTY), ("x" * 141, Code.TEXT_TOO_LONG), ("\x07", Code.TEXT_UNREADABLE)],
)
def test_a_free_line_needs_readable_words(label: str, code: Code) -> None:
    given(WRITING).when(c.AddAction(group=1, label=label), by=ALICE).then(refused(code))
    rename = c.RenameAction(group=1, action="libre-1", label=label)
    given(WRITING, ADDED).when(rename, by=ALICE).then(refused(code))


def test_a_free_line_may_be_renamed_by_anybody_at_the_table() -> None:
    rename = c.RenameAction(group=1, action="libre-1", label="Se voir")
    renamed = e.ActionRenamed(group=1, action="libre-1", label="Se voir")
    after = given(WRITING, PLACED, ADDED).when(rename, by=BASILE).then(renamed)
    assert after.group(1).lines["libre-1"].action.label == "Se voir"
    given(WRITING, ADDED, renamed).when(rename, by=BASILE).then()


def test_the_common_lines_are_the_sheets_own() -> None:
    rename = c.RenameAction(group=1, action="orienter", label="x")
    given(WRITING).when(rename).then(refused(Code.COMMON_ACTION))
    given(WRITING).when(c.RemoveAction(group=1, action="orienter")).then(refused(Code.COMMON_ACTION))


def test_an_emptied_line_is_free_again_and_carries_nothing_over() -> None:
    removed = e.ActionRemoved(group=1, action="libre-1")
    remove = c.RemoveAction(group=1, action="libre-1")
    after = given(WRITING, ADDED).when(remove, by=BASILE).then(removed)
    assert free_lines(after.group(1)) == []
    placed = e.ActionPlaced(group=1, action="libre-1", fs=50, cn=50)
    posted = e.InitiativePosted(group=1, action="libre-1", initiative="i1", text="Vieux")
    withdrawn = e.InitiativeWithdrawn(group=1, action="libre-1", initiative="i1")
    again = given(WRITING, ADDED, placed, posted, withdrawn, removed).when(ADD, by=ALICE).then(ADDED)
    line = again.group(1).lines["libre-1"]
    assert (line.placement, dict(line.initiatives), line.removed) == (None, {}, False)


def test_a_removed_line_is_no_line() -> None:
    gone = given(WRITING, ADDED, e.ActionRemoved(group=1, action="libre-1"))
    post = c.PostInitiative(group=1, action="libre-1", text="x")
    gone.when(post, by=ALICE).then(refused(Code.UNKNOWN_ACTION))
    gone.when(c.RemoveAction(group=1, action="libre-1"), by=ALICE).then(refused(Code.UNKNOWN_ACTION))
    place = c.PlaceAction(group=1, action="libre-1", fs=0, cn=0)
    gone.when(place, by=ALICE).then(refused(Code.UNKNOWN_ACTION))


def test_a_line_with_initiatives_stays_hidden_ones_included() -> None:
    remove = c.RemoveAction(group=1, action="libre-1")
    posted = e.InitiativePosted(group=1, action="libre-1", initiative="i1", text="x")
    hidden = e.InitiativeHidden(group=1, action="libre-1", initiative="i1")
    withdrawn = e.InitiativeWithdrawn(group=1, action="libre-1", initiative="i1")
    given(WRITING, ADDED, posted).when(remove, by=ALICE).then(refused(Code.LINE_HAS_INITIATIVES))
    given(WRITING, ADDED, posted, hidden).when(remove).then(refused(Code.LINE_HAS_INITIATIVES))
    given(WRITING, ADDED, posted, withdrawn).when(remove).then(e.ActionRemoved(group=1, action="libre-1"))


def test_a_wall_on_a_removed_line_shows_its_group() -> None:
    showing = e.WallViewChosen(scene=Scene.ACTION, group=1, action="libre-1", page=0)
    history = done(FACILITATOR, ADDED, showing, e.ActionRemoved(group=1, action="libre-1"))
    assert state_of(WRITING, history).wall == WallView(scene=Scene.GROUP, group=1)
