"""Texts that came after their phase: left with the facilitator, who decides."""

from dataclasses import replace

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.values import Phase, Side, Status, TextKind
from tests.support.histories import ALICE, CLAIRE, FACILITATOR, T0, done, given, refused, workshop

OVER = workshop(Phase.SYNTHESIS)
CLOSED = workshop(Phase.SYNTHESIS, Status.CLOSED)
INITIATIVE = c.HandIn(kind=TextKind.INITIATIVE, group=1, action="orienter", text=" Se voir le lundi ")
MISSION = c.HandIn(kind=TextKind.MISSION, group=1, side=Side.FRANCE_SERVICES, text="Accueillir")
LINE = c.HandIn(kind=TextKind.LINE, group=1, text="Tenir un planning commun")


INITIATIVE_RECEIVED = e.TextReceived(
    group=1,
    text_id="t1",
    kind=TextKind.INITIATIVE,
    action="orienter",
    side=Side.BOTH,
    text="Se voir le lundi",
)
MISSION_RECEIVED = replace(
    INITIATIVE_RECEIVED, kind=TextKind.MISSION, action="", side=Side.FRANCE_SERVICES, text="Accueillir"
)
LINE_RECEIVED = replace(INITIATIVE_RECEIVED, kind=TextKind.LINE, action="", text="Tenir un planning commun")
ACCEPT = c.AcceptText(text_id="t1")
ASIDE = c.SetTextAside(text_id="t1", on=True)


@pytest.mark.parametrize("state", [OVER, CLOSED])
@pytest.mark.parametrize(
    ("command", "event"),
    [(INITIATIVE, INITIATIVE_RECEIVED), (MISSION, MISSION_RECEIVED), (LINE, LINE_RECEIVED)],
)
def test_a_text_is_left_on_the_desk_even_once_closed(state: tuple, command: c.HandIn, event: e.Event) -> None:
    after = given(state).when(command, by=ALICE, fresh_id="t1").then(event)
    assert after.late["t1"].waiting
    assert after.late["t1"].author == "alice"
    assert all(not line.initiatives for line in after.group(1).lines.values())


def test_a_text_keeps_its_words_trimmed() -> None:
    given(OVER).when(INITIATIVE, by=ALICE, fresh_id="t1").then(
        e.TextReceived(
            group=1,
            text_id="t1",
            kind=TextKind.INITIATIVE,
            action="orienter",
            side=Side.BOTH,
            text="Se voir le lundi",
        )
    )


def test_a_text_needs_a_place_and_readable_words() -> None:
    given(OVER).when(INITIATIVE, by=CLAIRE).then(refused(Code.OTHER_GROUP))
    lost = c.HandIn(kind=TextKind.INITIATIVE, group=1, action="nowhere", text="x")
    given(OVER).when(lost, by=ALICE).then(refused(Code.UNKNOWN_ACTION))
    blank = c.HandIn(kind=TextKind.MISSION, group=1, text=" ")
    given(OVER).when(blank, by=ALICE).then(refused(Code.TEXT_EMPTY))
    long = c.HandIn(kind=TextKind.LINE, group=1, text="x" * (limits.LABEL_CHARACTERS + 1))
    given(OVER).when(long, by=ALICE).then(refused(Code.TEXT_TOO_LONG))
    given(OVER, done(ALICE, INITIATIVE_RECEIVED)).when(MISSION, by=ALICE, fresh_id="t1").then(
        refused(Code.ALREADY_USED)
    )


def test_one_person_leaves_sixty_texts_at_most() -> None:
    many = [replace(LINE_RECEIVED, text_id=f"t{n}") for n in range(limits.LATE_TEXTS_PER_PERSON)]
    given(OVER, done(ALICE, *many)).when(LINE, by=ALICE).then(refused(Code.TOO_MANY, "60"))


@pytest.mark.parametrize("state", [OVER, CLOSED])
def test_an_accepted_text_is_its_authors(state: tuple) -> None:
    accepted = e.TextAccepted(group=1, text_id="t1", kind=TextKind.INITIATIVE, action="orienter")
    after = (
        given(state, done(ALICE, INITIATIVE_RECEIVED)).when(ACCEPT, by=FACILITATOR, at=T0 + 5).then(accepted)
    )
    initiative = after.group(1).lines["orienter"].initiatives["t1"]
    assert (initiative.text, initiative.author, initiative.posted_at) == ("Se voir le lundi", "alice", T0 + 5)
    assert not after.late["t1"].waiting
    given(state, done(ALICE, INITIATIVE_RECEIVED), done(FACILITATOR, accepted)).when(
        ACCEPT, by=FACILITATOR
    ).then()


def test_a_mission_and_a_line_find_their_place() -> None:
    mission = e.TextAccepted(group=1, text_id="t1", kind=TextKind.MISSION, action="")
    after = given(OVER, done(ALICE, MISSION_RECEIVED)).when(ACCEPT, by=FACILITATOR).then(mission)
    assert after.group(1).missions["t1"].side is Side.FRANCE_SERVICES
    line = e.TextAccepted(group=1, text_id="t1", kind=TextKind.LINE, action="libre-1")
    after = given(OVER, done(ALICE, LINE_RECEIVED)).when(ACCEPT, by=FACILITATOR).then(line)
    assert after.group(1).lines["libre-1"].action.label == "Tenir un planning commun"


def test_a_line_needs_a_free_one() -> None:
    full = tuple(e.ActionAdded(group=1, action=f"libre-{n}", label="x", mission="") for n in (1, 2))
    given(OVER, full, done(ALICE, LINE_RECEIVED)).when(ACCEPT, by=FACILITATOR).then(
        refused(Code.NO_FREE_LINE, "2")
    )


def test_a_text_set_aside_can_be_taken_up_again() -> None:
    aside = given(OVER, done(ALICE, INITIATIVE_RECEIVED)).when(ASIDE, by=FACILITATOR)
    after = aside.then(e.TextSetAside(text_id="t1"))
    assert not after.late["t1"].waiting
    put_away = done(FACILITATOR, e.TextSetAside(text_id="t1"))
    back = c.SetTextAside(text_id="t1", on=False)
    resumed = given(OVER, done(ALICE, INITIATIVE_RECEIVED), put_away).when(back, by=FACILITATOR)
    assert resumed.then(e.TextResumed(text_id="t1")).late["t1"].waiting
    given(OVER, done(ALICE, INITIATIVE_RECEIVED)).when(back, by=FACILITATOR).then()


def test_a_text_nobody_left_is_unknown() -> None:
    given(OVER).when(ACCEPT, by=FACILITATOR).then(refused(Code.UNKNOWN_TEXT))
    given(OVER).when(ASIDE, by=FACILITATOR).then(refused(Code.UNKNOWN_TEXT))
