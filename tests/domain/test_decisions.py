"""Notes of the report-back and the room's decisions, also after the close."""

from dataclasses import replace
from typing import Any

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits, selectors
from atelier.domain.erasure import redactions
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code
from atelier.domain.state import Decision
from atelier.domain.text import BLANK
from atelier.domain.values import DecisionStatus, NoteKind, Phase, Status
from tests.support.histories import (
    ALICE,
    BASILE,
    FACILITATOR,
    done,
    given,
    refused,
    state_of,
    workshop,
)  # fmt: skip

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
def test_a_decision_needs_readable_words(changes: dict[str, Any], code: Code) -> None:
    given(ROOM).when(c.RecordDecision(**{"what": "x", **changes})).then(refused(code))
    edit = c.EditDecision(**{"decision": "d1", "what": "x", **changes})
    given(ROOM, RECORDED).when(edit).then(refused(code))


def test_the_next_meeting_has_a_date_and_a_few_words_and_can_be_taken_back() -> None:
    plan = c.PlanNextMeeting(on="2026-10-12", about="14 h, à la mairie")
    planned = e.NextMeetingPlanned(on="2026-10-12", about="14 h, à la mairie")
    after = given(CLOSED).when(plan).then(planned)
    assert (after.next_meeting.on, after.next_meeting.about) == ("2026-10-12", "14 h, à la mairie")
    given(CLOSED, planned).when(plan).then()
    given(CLOSED, planned).when(c.PlanNextMeeting()).then(e.NextMeetingPlanned(on="", about=""))
    given(ROOM).when(c.PlanNextMeeting(on="bientôt")).then(refused(Code.NOT_A_DATE))
    given(ROOM).when(c.PlanNextMeeting(about="x" * 121)).then(refused(Code.TEXT_TOO_LONG))


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


SHARED = e.InitiativePosted(group=1, action="orienter", initiative="i1", text="Un agenda partagé")
POSTED = (ROOM, done(ALICE, SHARED))
ADOPT = c.AdoptInitiative(group=1, initiative="i1")
ADOPTED = e.DecisionRecorded(
    decision="d1", what="Un agenda partagé", who="", due="", action="orienter", group=1, initiative="i1"
)


def test_a_decision_has_a_date_a_stake_and_a_place_on_the_sheet() -> None:
    full: dict[str, Any] = {"due_on": "2027-03-15", "stake": "Autonomie", "action": "orienter", "group": 2}
    recorded = e.DecisionRecorded(decision="d1", what="x", who="", due="", **full)
    after = given(ROOM).when(c.RecordDecision(what="x", **full), fresh_id="d1").then(recorded)
    assert after.decisions["d1"] == Decision(id="d1", what="x", **full)
    kept = c.EditDecision(decision="d1", what="y", status=DecisionStatus.DONE)
    edited = e.DecisionEdited(decision="d1", what="y", who="", due="", status=DecisionStatus.DONE, **full)
    assert given(ROOM, recorded).when(kept).then(edited).decisions["d1"].stake == "Autonomie"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"due_on": "demain"}, Code.NOT_A_DATE),
        ({"action": "jamais-vue"}, Code.UNKNOWN_ACTION),
        ({"group": 9}, Code.UNKNOWN_GROUP),
        ({"stake": "x" * 121}, Code.TEXT_TOO_LONG),
    ],
)
def test_a_decision_names_what_there_is(changes: dict[str, Any], code: Code) -> None:
    given(ROOM).when(c.RecordDecision(**{"what": "x", **changes})).then(refused(code))
    given(ROOM, RECORDED).when(c.EditDecision(**{"decision": "d1", "what": "x", **changes})).then(
        refused(code)
    )


def test_one_press_makes_a_decision_of_an_initiative_once() -> None:
    after = given(POSTED).when(ADOPT, fresh_id="d1").then(ADOPTED)
    assert after.decisions["d1"].quoted
    given(POSTED, ADOPTED).when(ADOPT, fresh_id="d2").then()
    unknown = c.AdoptInitiative(group=1, initiative="i9")
    given(POSTED).when(unknown).then(refused(Code.UNKNOWN_INITIATIVE))


def test_words_of_an_initiative_leave_a_decision_with_their_author() -> None:
    """Once reworded they are the facilitators'; what was said besides is theirs from the beginning."""
    dated = given(POSTED, ADOPTED).when(c.EditDecision(decision="d1", what="Un agenda partagé", due="mars"))
    precised = e.DecisionEdited(decision="d1", what="", who="", due="mars", action="orienter", group=1)
    reworded = replace(precised, what="Un agenda")
    assert dated.then(precised).decisions["d1"].what == "Un agenda partagé"
    for history, what in (((), BLANK), ((precised,), BLANK), ((precised, reworded), "Un agenda")):
        facts = done(FACILITATOR, ADOPTED, *history)
        erased = done(ALICE, e.ParticipantErased(participant="alice"))
        past = [*ROOM, *done(ALICE, SHARED), *facts, *erased]
        changes = dict(redactions(past))
        replayed = fold([changes.get(n, fact) for n, fact in enumerate(past)])
        assert fold(past).decisions == replayed.decisions
        assert replayed.decisions["d1"].what == what


def test_decisions_are_put_in_order() -> None:
    three = tuple(e.DecisionRecorded(decision=f"d{n}", what="x", who="", due="") for n in (1, 2, 3))
    moved = e.DecisionMoved(decision="d3", place=0)
    after = given(ROOM, three).when(c.MoveDecision(decision="d3", place=0)).then(moved)
    assert list(after.decisions) == ["d3", "d1", "d2"]
    given(ROOM, three).when(c.MoveDecision(decision="d1", place=-4)).then()
    last = e.DecisionMoved(decision="d1", place=2)
    given(ROOM, three).when(c.MoveDecision(decision="d1", place=99)).then(last)
    given(ROOM).when(c.MoveDecision(decision="d1", place=0)).then(refused(Code.UNKNOWN_DECISION))


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


AGREED = e.NoteTaken(group=1, text="Un agenda", kind=NoteKind.AGREEMENT)
AGREE = c.TakeNote(group=1, text="Un agenda", kind=NoteKind.AGREEMENT)
NAMED = e.RapporteurNamed(group=1, participant="alice")


def test_three_notes_a_group_and_the_one_of_before() -> None:
    old = e.NoteTaken(group=1, text="Tout à la fois")
    after = given(ROOM, old).when(AGREE).then(AGREED)
    assert (after.group(1).note, after.group(1).noted(NoteKind.AGREEMENT)) == ("Tout à la fois", "Un agenda")
    given(ROOM, AGREED).when(AGREE).then()
    long = replace(AGREE, text="x" * 281)
    given(ROOM).when(long).then(refused(Code.TEXT_TOO_LONG, "280"))


def test_the_rapporteur_that_the_desk_names_writes_the_three_notes() -> None:
    name = c.NameRapporteur(group=1, participant="alice")
    assert selectors.rapporteur(given(ROOM).when(name).then(NAMED), state_of(ROOM, NAMED).group(1))
    given(ROOM, NAMED).when(name).then()
    given(ROOM, NAMED).when(AGREE, by=ALICE).then(AGREED)
    given(ROOM, NAMED).when(AGREE, by=BASILE).then(refused(Code.NOT_ALLOWED))
    given(ROOM, NAMED).when(c.TakeNote(group=1, text="x"), by=ALICE).then(refused(Code.NOT_ALLOWED))
    elsewhere = e.ParticipantMoved(participant="alice", from_group=1, to_group=2)
    given(ROOM, NAMED, elsewhere).when(AGREE, by=ALICE).then(refused(Code.OTHER_GROUP))
    other = c.NameRapporteur(group=2, participant="alice")
    given(ROOM).when(other).then(refused(Code.OTHER_GROUP))
    nobody = e.RapporteurNamed(group=1, participant="")
    given(ROOM, NAMED).when(c.NameRapporteur(group=1)).then(nobody)


def test_a_rapporteurs_words_leave_with_them() -> None:
    past = [*ROOM, *done(FACILITATOR, NAMED), *done(ALICE, AGREED)]
    past += done(ALICE, e.ParticipantErased(participant="alice"))
    changes = dict(redactions(past))
    replayed = fold([changes.get(n, fact) for n, fact in enumerate(past)])
    assert replayed.groups == fold(past).groups
    assert replayed.group(1).noted(NoteKind.AGREEMENT) == BLANK
