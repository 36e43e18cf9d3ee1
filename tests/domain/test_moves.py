"""What moved since the workshop that this one follows, and how far its decisions have come."""

from dataclasses import replace

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.moves import Basis, Move, arm_word, change_of, ghosts, standing, taken_from
from atelier.domain.previous import checked_previous
from atelier.domain.refusals import Code, Refused
from atelier.domain.setup import checked
from atelier.domain.state import Workshop
from atelier.domain.synthesis import row_of
from atelier.domain.values import DecisionStatus, Phase, Scene
from atelier.movement import moved_briefly, moved_sentence
from tests.support.histories import FACILITATOR, SETUP, T0, done, given, refused, state_of, workshop
from tests.support.sequels import DOCTRINE, PREVIOUS, said

FOLLOWING = e.SetupRevised(setup=replace(SETUP, previous=PREVIOUS))


def placed(action: str, *reaches: tuple[int | None, int | None]) -> tuple[e.Event, ...]:
    return tuple(
        e.ActionPlaced(group=n, action=action, fs=fs, cn=cn) for n, (fs, cn) in enumerate(reaches, start=1)
    )


def today(*events: e.Event) -> Workshop:
    opened = e.PhaseOpened(phase=Phase.ARTICULATIONS)
    return state_of(workshop(), FOLLOWING, done(FACILITATOR, opened, *events))


@pytest.mark.parametrize(
    ("action", "reaches", "basis", "moves"),
    [
        ("aller-vers", [(75, 50)] * 3, Basis.COMPARED, ((1, 3), (2, 2))),
        ("aller-vers", [(25, 50)] * 3, Basis.COMPARED, ((1, 1), (2, 2))),
        ("aller-vers", [(0, 50), (100, 50), (50, 50)], Basis.COMPARED, ((1, None), (2, 2))),
        ("aller-vers", [(75, 50)], Basis.TOO_FEW_NOW, ()),
        ("aller-vers", [(75, None)] * 3, Basis.TOO_FEW_NOW, ()),
        ("orienter", [(75, 100)] * 3, Basis.COMPARED, ((None, 3), (4, 4))),
        ("relayer", [(75, 50)] * 3, Basis.TOO_FEW_THEN, ()),
    ],
)
def test_an_arm_moves_from_word_to_word_and_too_few_answers_move_nothing(action, reaches, basis, moves):
    state = today(*placed(action, *reaches))
    change = change_of(state, row_of(state, action), DOCTRINE)
    assert change is not None
    assert change.basis is basis
    assert change.moves == tuple(
        Move(arm=arm, then=then, present=now) for arm, (then, now) in zip(("fs", "cn"), moves, strict=False)
    )


def test_it_is_said_in_words_on_both_arms_and_briefly_on_a_wall():
    state = today(*placed("aller-vers", *[(75, 50)] * 3))
    row = row_of(state, "aller-vers")
    told = moved_sentence(state, row, DOCTRINE)
    assert (
        "France services\u00a0: vous disiez «\u00a0rarement\u00a0», vous dites «\u00a0régulièrement\u00a0»."
        in told
    )
    assert "Conseiller numérique\u00a0: comme la dernière fois." in told
    assert moved_briefly(state, row, DOCTRINE) == ("FS\u00a0: rarement → régulièrement",)


def test_ghosts_stand_where_one_word_was_true():
    state = today()
    assert ghosts(state, DOCTRINE, "aller-vers") == (1, 2)
    assert ghosts(state, DOCTRINE, "orienter") == (None, 4)
    assert ghosts(state, DOCTRINE, "relayer") is None
    assert arm_word((0, 0, 0, 0, 0)) is None


def test_other_trades_or_no_workshop_before_compare_nothing():
    other = replace(PREVIOUS, poles=("Mission locale", "France Travail"))
    state = state_of(workshop(), e.SetupRevised(setup=replace(SETUP, previous=other)))
    assert change_of(state, row_of(state, "orienter"), DOCTRINE) is None
    assert ghosts(state, DOCTRINE, "orienter") is None
    assert moved_sentence(state_of(workshop()), row_of(state, "orienter"), DOCTRINE) == ""


def test_a_group_alone_of_several_says_nothing_of_the_room():
    alone = replace(PREVIOUS, actions=(said("aller-vers", (1, 2), of=1),))
    state = state_of(workshop(), e.SetupRevised(setup=replace(SETUP, previous=alone)))
    assert ghosts(state, DOCTRINE, "aller-vers") is None


def test_the_room_says_how_far_a_decision_has_come_and_can_take_it_back():
    tell = c.FollowUpDecision(decision="d1", status=DecisionStatus.DONE)
    room = (workshop(), FOLLOWING)
    after = given(room).when(tell).then(e.DecisionFollowedUp(decision="d1", status=DecisionStatus.DONE))
    assert standing(after, PREVIOUS.decisions[0]) is DecisionStatus.DONE
    assert standing(after, PREVIOUS.decisions[1]) is DecisionStatus.IN_PROGRESS
    told = (*room, done(FACILITATOR, e.DecisionFollowedUp(decision="d1", status=DecisionStatus.DONE)))
    given(told).when(tell).then()
    back = given(told).when(c.UndoLast())
    back.then(e.DecisionFollowedUp(decision="d1", status=DecisionStatus.TO_DO), e.LastActUndone())
    given(room).when(replace(tell, decision="d9")).then(refused(Code.UNKNOWN_DECISION))
    given(workshop()).when(tell).then(refused(Code.UNKNOWN_DECISION))


def test_the_wall_shows_them_where_there_are_any():
    show = c.ShowOnWall(scene=Scene.FOLLOW_UP)
    given(workshop(), FOLLOWING).when(show).then(
        e.WallViewChosen(scene=Scene.FOLLOW_UP, group=0, action="", page=0)
    )
    given(workshop()).when(show).then(refused(Code.NOT_A_VIEW))


def test_what_the_next_one_takes_holds_words_and_decisions_but_no_text_besides():
    decided = e.DecisionRecorded(decision="n1", what="Un agenda", who="", due="")
    dropped = e.DecisionRecorded(decision="n2", what="Oubliée", who="", due="")
    undone = e.DecisionEdited(decision="n2", what="Oubliée", who="", due="", status=DecisionStatus.DROPPED)
    state = today(*placed("orienter", (75, 100), (70, 90), (100, 65)), decided, dropped, undone)
    taken = taken_from(state, DOCTRINE)
    assert checked_previous(taken) == taken
    orienter = taken.action("orienter")
    assert orienter is not None
    assert (orienter.fs, orienter.cn, orienter.of) == ((0, 0, 0, 2, 1), (0, 0, 0, 1, 2), 3)
    # What is under way goes on, what nobody spoke of does not.
    assert [each.id for each in taken.decisions] == ["n1", "d2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"poles": ("FS",)}, {"scale": ("jamais",)}, {"groups": 0}, {"date": "hier"},
        {"actions": (said("orienter", (1, 1), of=4),)}, {"actions": (replace(said("orienter"), id="<b>"),)},
        {"actions": (replace(said("orienter"), fs=(0, 0)),)}, {"decisions": PREVIOUS.decisions * 30},
        {"decisions": (replace(PREVIOUS.decisions[0], id=""),)},
    ],
)  # fmt: skip
def test_what_comes_from_a_file_is_checked(wrong):
    with pytest.raises(Refused):
        checked(replace(SETUP, previous=replace(PREVIOUS, **wrong)), T0)
