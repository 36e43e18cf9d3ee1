"""Notes of the report-back and the room's decisions, also after the close."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.state import Decision
from atelier.domain.values import Phase, Status
from tests.support.histories import ALICE, given, refused, workshop

ROOM = workshop(Phase.SYNTHESIS)
CLOSED = workshop(Phase.SYNTHESIS, Status.CLOSED)
RECORD = c.RecordDecision(what="Une affiche commune", who="Alice", due="septembre")
RECORDED = e.DecisionRecorded(decision="d1", what="Une affiche commune", who="Alice", due="septembre")


@pytest.mark.parametrize("room", [ROOM, CLOSED])
def test_a_decision_says_what_and_if_known_who_and_when(room: tuple[e.Event, ...]) -> None:
    after = given(room).when(RECORD, fresh_id="d1").then(RECORDED)
    decision = Decision(id="d1", what="Une affiche commune", who="Alice", due="septembre")
    assert after.decisions == {"d1": decision}
    only = e.DecisionRecorded(decision="d1", what="Se revoir", who="", due="")
    given(room).when(c.RecordDecision(what="Se revoir"), fresh_id="d1").then(only)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": ""}, Code.TEXT_EMPTY),
        ({"what": "x" * 281}, Code.TEXT_TOO_LONG),
        ({"who": "x" * 121}, Code.TEXT_TOO_LONG),
        ({"due": "\x00"}, Code.TEXT_UNREADABLE),
    ],
)
def test_a_decision_needs_readable_words(changes: dict[str, str], code: Code) -> None:
    given(ROOM).when(c.RecordDecision(**{"what": "x", **changes})).then(refused(code))
    edit = c.EditDecision(**{"decision": "d1", "what": "x", **changes})
    given(ROOM, RECORDED).when(edit).then(refused(code))


def test_an_identifier_serves_once() -> None:
    given(ROOM, RECORDED).when(RECORD, fresh_id="d1").then(refused(Code.ALREADY_USED))


def test_a_room_takes_at_most_twenty_decisions() -> None:
    many = tuple(
        e.DecisionRecorded(decision=f"n{n}", what="x", who="", due="") for n in range(limits.DECISIONS)
    )
    given(ROOM, many).when(RECORD).then(refused(Code.TOO_MANY, "20"))


def test_a_decision_may_be_reworded() -> None:
    edit = c.EditDecision(decision="d1", what="Deux affiches", due="octobre")
    edited = e.DecisionEdited(decision="d1", what="Deux affiches", who="", due="octobre")
    assert given(ROOM, RECORDED).when(edit).then(edited).decisions["d1"].due == "octobre"
    given(ROOM, RECORDED, edited).when(edit).then()


def test_a_decision_may_be_withdrawn() -> None:
    withdraw = c.WithdrawDecision(decision="d1")
    after = given(ROOM, RECORDED).when(withdraw).then(e.DecisionWithdrawn(decision="d1"))
    assert after.decisions == {}


def test_an_unknown_decision_is_neither_reworded_nor_withdrawn() -> None:
    given(ROOM).when(c.EditDecision(decision="d1", what="x")).then(refused(Code.UNKNOWN_DECISION))
    given(ROOM).when(c.WithdrawDecision(decision="d1")).then(refused(Code.UNKNOWN_DECISION))


def test_participants_do_not_decide_for_the_room() -> None:
    given(ROOM).when(RECORD, by=ALICE).then(refused(Code.NOT_ALLOWED))


@pytest.mark.parametrize("room", [ROOM, CLOSED])
def test_one_note_a_group_which_may_be_emptied(room: tuple[e.Event, ...]) -> None:
    noted = e.NoteTaken(group=2, text="Un désaccord")
    after = given(room).when(c.TakeNote(group=2, text="Un désaccord")).then(noted)
    assert after.group(2).note == "Un désaccord"
    given(room, noted).when(c.TakeNote(group=2, text="Un désaccord")).then()
    given(room, noted).when(c.TakeNote(group=2, text=" ")).then(e.NoteTaken(group=2, text=""))


def test_a_note_has_a_group_and_an_end() -> None:
    given(ROOM).when(c.TakeNote(group=9, text="x")).then(refused(Code.UNKNOWN_GROUP))
    given(ROOM).when(c.TakeNote(group=1, text="x" * 601)).then(refused(Code.TEXT_TOO_LONG, "600"))
