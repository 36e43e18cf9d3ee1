"""« Une plume par table »: one phone of each table places; whoever takes the pen, holds it."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.refusals import Code
from atelier.domain.selectors import pen_holder
from atelier.domain.values import Phase
from tests.support.histories import ALICE, BASILE, FACILITATOR, T0, done, given, refused, workshop

WRITING = workshop(Phase.ARTICULATIONS)
LIMITED = done(FACILITATOR, e.PensLimited(), at=T0)
TAKEN = e.PenTaken(group=1)
PLACE = c.PlaceAction(group=1, action="orienter", fs=75, cn=25)
PLACED = e.ActionPlaced(group=1, action="orienter", fs=75, cn=25)
UNPLACED = e.ActionUnplaced(group=1, action="orienter")
GESTURES = [
    (PLACE, PLACED),
    (c.UnplaceAction(group=1, action="relayer"), e.ActionUnplaced(group=1, action="relayer")),
    (c.SetActionAside(group=1, action="orienter"), e.ActionSetAside(group=1, action="orienter")),
]
ROOM = (WRITING, done(BASILE, e.ActionPlaced(group=1, action="relayer", fs=0, cn=0), at=T0), LIMITED)


def held_by(who):
    return (*ROOM, done(who, TAKEN, at=T0 + 1))


def test_the_desk_limits_and_frees_the_pens():
    assert given(WRITING).when(c.SetOnePen(on=True), by=FACILITATOR).then(e.PensLimited()).one_pen
    freed = given(*held_by(ALICE)).when(c.SetOnePen(on=False), by=FACILITATOR).then(e.PensFreed())
    assert not freed.one_pen
    assert freed.group(1).pen == ""
    given(WRITING).when(c.SetOnePen(on=False), by=FACILITATOR).then()


@pytest.mark.parametrize(("command", "event"), GESTURES)
def test_who_places_first_takes_the_pen(command, event):
    after = given(*ROOM).when(command, by=ALICE).then(TAKEN, event)
    holder = pen_holder(after, after.group(1))
    assert holder is not None
    assert holder.id == ALICE.id


@pytest.mark.parametrize(("command", "event"), GESTURES)
def test_whoever_holds_it_places_and_nobody_else_at_the_table(command, event):
    given(*held_by(ALICE)).when(command, by=ALICE).then(event)
    given(*held_by(BASILE)).when(command, by=ALICE).then(refused(Code.PEN_ELSEWHERE))
    given(*held_by(BASILE)).when(command, by=FACILITATOR).then(event)


def test_what_changes_nothing_takes_no_pen():
    given(*ROOM).when(c.PlaceAction(group=1, action="relayer", fs=0, cn=0), by=ALICE).then()
    given(WRITING).when(PLACE, by=ALICE).then(PLACED)


def test_the_pen_goes_round():
    given(*held_by(BASILE)).when(c.TakePen(group=1), by=ALICE).then(TAKEN)
    given(*held_by(ALICE)).when(c.TakePen(group=1), by=ALICE).then()
    given(WRITING).when(c.TakePen(group=1), by=ALICE).then()


@pytest.mark.parametrize(
    "gone",
    [
        e.ParticipantLeft(participant="basile", group=1),
        e.ParticipantMoved(participant="basile", from_group=1, to_group=2),
        e.ParticipantErased(participant="basile"),
    ],
)
def test_a_pen_that_left_with_its_holder_is_there_to_be_taken(gone):
    room = (*held_by(BASILE), done(FACILITATOR, gone, at=T0 + 2))
    given(*room).when(PLACE, by=ALICE).then(TAKEN, PLACED)


def test_texts_and_hearts_need_no_pen():
    post = c.PostInitiative(group=1, action="orienter", text="Une idée")
    posted = e.InitiativePosted(group=1, action="orienter", initiative="new", text="Une idée")
    given(*held_by(BASILE)).when(post, by=ALICE).then(posted)


def test_a_placement_is_undone_by_who_holds_the_pen_only():
    room = (*ROOM, done(ALICE, TAKEN, PLACED, at=T0 + 3))
    given(*room).when(c.UndoLast(), by=ALICE).then(UNPLACED, e.LastActUndone())
    passed_on = done(BASILE, TAKEN, at=T0 + 4)
    given(*room, passed_on).when(c.UndoLast(), by=ALICE).then(refused(Code.PEN_ELSEWHERE))


def test_after_a_rehearsal_the_option_stays_and_the_pens_do_not():
    after = given(*held_by(ALICE)).when(c.ResetWorkshop()).then(e.WorkshopCleared())
    assert after.one_pen
    assert after.group(1).pen == ""
