"""Who comes in: an entrance that can be shut, people who did nothing shown out, a quota of texts a person."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits, selectors
from atelier.domain.refusals import Code
from atelier.domain.values import Actor, Entrance, Phase, Role, Side, TextKind, Trade
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    GUEST,
    MINUTE,
    T0,
    done,
    given,
    refused,
    workshop,
)

JOIN = c.Join(trade=Trade.OTHER, group=1)
JOINED = e.ParticipantJoined(participant="guest", trade=Trade.OTHER, group=1, name="")
WRITING = workshop(Phase.ARTICULATIONS)
PLACED = e.ActionPlaced(group=1, action="orienter", fs=5, cn=5)
POSTED = e.InitiativePosted(group=1, action="orienter", initiative="i1", text="Une")


def set_to(entrance: Entrance) -> c.SetEntrance:
    return c.SetEntrance(entrance=entrance)


def test_the_entrance_is_shut_opened_and_opened_to_everybody() -> None:
    given(workshop()).when(set_to(Entrance.CLOSED)).then(e.EntranceClosed())
    given(workshop(), e.EntranceClosed()).when(set_to(Entrance.CLOSED)).then()
    given(workshop(), e.EntranceClosed()).when(set_to(Entrance.PACED)).then(e.EntranceOpened())
    after = given(workshop(), e.EntranceClosed()).when(set_to(Entrance.FREE)).then(e.EntranceFreed())
    assert after.entrance is Entrance.FREE


def test_while_it_is_shut_nobody_new_comes_in() -> None:
    given(workshop(), e.EntranceClosed()).when(JOIN, by=GUEST).then(refused(Code.ENTRANCE_CLOSED))
    given(workshop(), e.EntranceClosed(), e.EntranceOpened()).when(JOIN, by=GUEST).then(JOINED)
    given(workshop(), e.EntranceClosed(), e.EntranceFreed()).when(JOIN, by=GUEST).then(JOINED)


def test_while_it_is_shut_who_ever_came_in_comes_back_and_changes_as_ever() -> None:
    left = done(ALICE, e.ParticipantLeft(participant="alice", group=1))
    back = e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=1, name="")
    given(workshop(), left, e.EntranceClosed()).when(JOIN, by=ALICE).then(back)
    given(workshop(), e.EntranceClosed()).when(JOIN, by=ALICE).then(back)


def test_a_workshop_put_back_to_its_beginning_is_open() -> None:
    after = given(workshop(), e.EntranceClosed()).when(c.ResetWorkshop()).then(e.WorkshopCleared())
    assert after.entrance is Entrance.PACED


def idle(*history: object) -> list[str]:
    return [person.id for person in selectors.idle(given(WRITING, *history).state)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "act",
    [
        PLACED,
        POSTED,
        e.InitiativeSupported(group=1, action="orienter", initiative="i0"),
        e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="Une"),
        e.GroupSaidReady(group=1),
        e.TextReceived(
            group=1, text_id="t1", kind=TextKind.MISSION, action="", side=Side.BOTH, text="Une mission"
        ),
    ],
)
def test_whoever_wrote_placed_or_supported_is_not_idle_whatever_became_of_it(act: e.Event) -> None:
    theirs = e.InitiativePosted(group=1, action="orienter", initiative="i0", text="x")
    history = (done(BASILE, theirs), done(ALICE, act), done(BASILE, PLACED))
    assert idle(*history) == ["claire"]


def test_coming_going_and_introducing_oneself_is_not_doing_something() -> None:
    moves = (
        e.ParticipantMoved(participant="alice", from_group=1, to_group=2),
        e.ParticipantIntroduced(participant="alice", trade=Trade.OTHER, name="A"),
        e.ParticipantLeft(participant="alice", group=2),
        e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=1, name="A"),
    )
    assert idle(done(ALICE, *moves)) == ["alice", "basile", "claire"]


def test_who_did_something_stays_so_through_the_door() -> None:
    again = (
        e.ParticipantLeft(participant="alice", group=1),
        e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=1, name="A"),
    )
    assert idle(done(ALICE, PLACED, *again)) == ["basile", "claire"]


REMOVED = e.PeopleRemoved(removal="r1", participants=("basile", "claire"))


def test_who_did_nothing_is_removed_at_once_and_may_come_in_again() -> None:
    after = given(WRITING, done(ALICE, PLACED)).when(c.RemoveIdle(), fresh_id="r1").then(REMOVED)
    assert list(after.people) == ["alice"]
    back = e.ParticipantJoined(participant="basile", trade=Trade.OTHER, group=1, name="")
    removed = (done(ALICE, PLACED), done(FACILITATOR, REMOVED))
    given(WRITING, *removed).when(JOIN, by=Actor(Role.GUEST, "basile")).then(back)
    given(WRITING, *removed, e.EntranceClosed()).when(JOIN, by=Actor(Role.GUEST, "basile")).then(
        refused(Code.ENTRANCE_CLOSED)
    )


def test_only_those_of_the_last_minutes_may_be_meant() -> None:
    late = done(GUEST, JOINED, at=T0 + 10 * MINUTE)
    only = e.PeopleRemoved(removal="r1", participants=("guest",))
    at = T0 + 12 * MINUTE
    given(WRITING, late).when(c.RemoveIdle(minutes=5), at=at, fresh_id="r1").then(only)
    given(WRITING, late).when(c.RemoveIdle(minutes=1), at=at).then()


def test_removed_people_no_longer_count_however_many_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PEOPLE_EVER", 3)
    left = done(CLAIRE, e.ParticipantLeft(participant="claire", group=2))
    given(WRITING, left).when(JOIN, by=GUEST).then(refused(Code.WORKSHOP_FULL, str(limits.PARTICIPANTS)))
    swept = given(WRITING, left, done(ALICE, PLACED)).when(c.RemoveIdle(), fresh_id="r1").then(REMOVED)
    given(WRITING, left, done(ALICE, PLACED), done(FACILITATOR, REMOVED)).when(JOIN, by=GUEST).then(JOINED)
    assert len(swept.people) == 1


QUOTA = limits.TEXTS_PER_PERSON
WROTE = done(
    ALICE,
    *(e.InitiativePosted(group=1, action="orienter", initiative=f"a{n}", text="x") for n in range(QUOTA - 3)),
    e.MissionAdded(group=1, mission="am", side=Side.BOTH, text="x"),
    e.ActionAdded(group=1, action="libre-1", label="x", mission=""),
    e.TextReceived(group=1, text_id="at", kind=TextKind.MISSION, action="", side=Side.BOTH, text="x"),
)
TEXTS: tuple[c.Command, ...] = (
    c.PostInitiative(group=1, action="orienter", text="x"),
    c.AddMission(group=1, side=Side.BOTH, text="x"),
    c.AddAction(group=1, label="x"),
    c.HandIn(kind=TextKind.MISSION, group=1, text="x"),
)


@pytest.mark.parametrize("command", TEXTS)
def test_one_person_writes_two_hundred_texts_of_all_kinds_together(command: c.Command) -> None:
    given(WRITING, WROTE).when(command, by=ALICE).then(refused(Code.TEXT_QUOTA, "200"))
    assert isinstance(given(WRITING, WROTE[1:]).when(command, by=ALICE, fresh_id="new").outcome, tuple)
    assert isinstance(given(WRITING, WROTE).when(command, by=BASILE, fresh_id="new").outcome, tuple)


def test_taking_texts_back_makes_no_room_for_others() -> None:
    gone = done(ALICE, e.InitiativeWithdrawn(group=1, action="orienter", initiative="a1"))
    given(WRITING, WROTE, gone).when(TEXTS[0], by=ALICE).then(refused(Code.TEXT_QUOTA, "200"))


def test_what_is_typed_in_at_the_desk_is_not_counted() -> None:
    typed = done(FACILITATOR, *(fact.event for fact in WROTE[:-1]))
    assert isinstance(given(WRITING, typed).when(TEXTS[0], fresh_id="new").outcome, tuple)
    accepted = e.TextAccepted(group=1, text_id="at", kind=TextKind.MISSION, action="")
    given(WRITING, WROTE).when(c.AcceptText(text_id="at")).then(accepted)
