"""Arriving, choosing a table, introducing oneself, leaving; what tables are called and say of themselves."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.values import Actor, Phase, Role, Trade
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

JOIN = c.Join(trade=Trade.FRANCE_SERVICES, group=2, name="Zoé")
JOINED = e.ParticipantJoined(participant="guest", trade=Trade.FRANCE_SERVICES, group=2, name="Zoé")
ALICE_LEFT = e.ParticipantLeft(participant="alice", group=1)


@pytest.mark.parametrize("phase", Phase)
def test_one_may_join_in_any_phase(phase: Phase) -> None:
    after = given(workshop(phase)).when(JOIN, by=GUEST, at=T0 + 5).then(JOINED)
    assert after.people["guest"].joined_at == T0 + 5


def test_the_first_name_is_optional_and_cleaned() -> None:
    joined = e.ParticipantJoined(participant="guest", trade=Trade.OTHER, group=1, name="")
    given(workshop()).when(c.Join(trade=Trade.OTHER, group=1, name=" \u200b "), by=GUEST).then(joined)


def test_a_first_name_too_long_or_unreadable_is_refused() -> None:
    long = c.Join(trade=Trade.OTHER, group=1, name="x" * 61)
    given(workshop()).when(long, by=GUEST).then(refused(Code.TEXT_TOO_LONG, "60"))
    broken = c.Join(trade=Trade.OTHER, group=1, name="\ud800")
    given(workshop()).when(broken, by=GUEST).then(refused(Code.TEXT_UNREADABLE))


@pytest.mark.parametrize("group", [0, -1, 4, 10**9])
def test_one_joins_a_group_that_exists(group: int) -> None:
    given(workshop()).when(c.Join(trade=Trade.OTHER, group=group), by=GUEST).then(refused(Code.UNKNOWN_GROUP))


def test_joining_again_unchanged_does_nothing() -> None:
    again = c.Join(trade=Trade.FRANCE_SERVICES, group=1, name="Alice")
    given(workshop()).when(again, by=ALICE).then()


def test_the_same_phone_coming_back_is_the_same_person() -> None:
    left = done(ALICE, ALICE_LEFT)
    back = e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=3, name="")
    join = c.Join(trade=Trade.OTHER, group=3)
    after = given(workshop(), left).when(join, by=ALICE, at=T0 + MINUTE).then(back)
    assert (after.people["alice"].joined_at, after.people["alice"].left) == (T0, False)
    given(workshop(), left).when(join, by=Actor(Role.GUEST, "alice")).then(back)


def test_fifteen_hundred_people_fill_a_workshop() -> None:
    crowd = tuple(
        e.ParticipantJoined(participant=f"p{n}", trade=Trade.OTHER, group=1, name="")
        for n in range(limits.PARTICIPANTS)
    )
    full = given(workshop()[:2], crowd)
    full.when(JOIN, by=GUEST).then(refused(Code.WORKSHOP_FULL, "1500"))
    moved = e.ParticipantJoined(participant="p7", trade=Trade.FRANCE_SERVICES, group=2, name="Zoé")
    full.when(JOIN, by=Actor(Role.PARTICIPANT, "p7")).then(moved)


def test_whoever_has_not_joined_can_only_join() -> None:
    given(workshop()).when(c.SayReady(group=1, on=True), by=GUEST).then(refused(Code.NOT_JOINED))


def test_whoever_left_must_join_again_first() -> None:
    left = done(ALICE, ALICE_LEFT)
    given(workshop(Phase.REMITS), left).when(c.SayReady(group=1, on=True), by=ALICE).then(
        refused(Code.NOT_JOINED)
    )


def test_a_participant_whom_the_journal_does_not_know_has_not_joined() -> None:
    stranger = Actor(Role.PARTICIPANT, "nobody")
    given(workshop()).when(JOIN, by=stranger).then(refused(Code.NOT_JOINED))


def test_one_may_change_tables_and_leaves_what_one_wrote() -> None:
    posted = done(ALICE, e.InitiativePosted(group=1, action="orienter", initiative="i1", text="Une"))
    moved = e.ParticipantMoved(participant="alice", from_group=1, to_group=2)
    change = c.ChangeGroup(participant="alice", to_group=2)
    after = given(workshop(Phase.ARTICULATIONS), posted).when(change, by=ALICE).then(moved)
    assert after.people["alice"].group == 2
    assert "i1" in after.group(1).lines["orienter"].initiatives


def test_changing_to_ones_own_table_does_nothing() -> None:
    given(workshop()).when(c.ChangeGroup(participant="alice", to_group=1), by=ALICE).then()


def test_a_participant_moves_nobody_else_and_a_facilitator_anybody() -> None:
    change = c.ChangeGroup(participant="alice", to_group=3)
    given(workshop()).when(change, by=BASILE).then(refused(Code.NOT_ALLOWED))
    given(workshop()).when(change).then(e.ParticipantMoved(participant="alice", from_group=1, to_group=3))


def test_moving_to_a_group_or_a_person_that_is_not_there_is_refused() -> None:
    room = given(workshop(), done(ALICE, ALICE_LEFT))
    room.when(c.ChangeGroup(participant="basile", to_group=4)).then(refused(Code.UNKNOWN_GROUP))
    room.when(c.ChangeGroup(participant="nobody", to_group=1)).then(refused(Code.UNKNOWN_PARTICIPANT))
    room.when(c.ChangeGroup(participant="alice", to_group=2)).then(refused(Code.UNKNOWN_PARTICIPANT))


def test_leaving_takes_one_off_the_counts_and_keeps_what_one_wrote() -> None:
    after = given(workshop()).when(c.Leave(participant="alice"), by=ALICE).then(ALICE_LEFT)
    assert [person.id for person in after.present()] == ["basile", "claire"]


def test_a_participant_sends_nobody_away_and_a_facilitator_may() -> None:
    given(workshop()).when(c.Leave(participant="alice"), by=CLAIRE).then(refused(Code.NOT_ALLOWED))
    given(workshop()).when(c.Leave(participant="alice")).then(ALICE_LEFT)


def test_who_is_not_there_does_not_leave() -> None:
    given(workshop(), done(ALICE, ALICE_LEFT)).when(c.Leave(participant="alice")).then(
        refused(Code.UNKNOWN_PARTICIPANT)
    )


def test_a_group_may_be_renamed() -> None:
    after = (
        given(workshop())
        .when(c.RenameGroup(group=2, name=" Les  Hauts "))
        .then(e.GroupRenamed(group=2, name="Les Hauts"))
    )
    assert after.group(2).name == "Les Hauts"
    given(workshop()).when(c.RenameGroup(group=2, name="Groupe 2")).then()


def test_a_group_keeps_a_name() -> None:
    given(workshop()).when(c.RenameGroup(group=2, name=" ")).then(refused(Code.TEXT_EMPTY))
    given(workshop()).when(c.RenameGroup(group=9, name="x")).then(refused(Code.UNKNOWN_GROUP))


def test_a_group_says_that_it_is_done_or_not_after_all() -> None:
    remits = workshop(Phase.REMITS)
    ready, not_ready = e.GroupSaidReady(group=1), e.GroupSaidNotReady(group=1)
    assert given(remits).when(c.SayReady(group=1, on=True), by=ALICE).then(ready).group(1).ready
    given(remits, ready).when(c.SayReady(group=1, on=True), by=BASILE).then()
    after = given(remits, ready).when(c.SayReady(group=1, on=False), by=BASILE).then(not_ready)
    assert not after.group(1).ready


def test_a_facilitator_says_it_for_a_table_without_phones() -> None:
    given(workshop(Phase.REMITS)).when(c.SayReady(group=3, on=True), by=FACILITATOR).then(
        e.GroupSaidReady(group=3)
    )
    given(workshop(Phase.REMITS)).when(c.SayReady(group=4, on=True)).then(refused(Code.UNKNOWN_GROUP))


def test_who_left_gives_their_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARTICIPANTS", 1)
    alice = e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=1, name="")
    gone = given(workshop()[:2], (alice,), done(ALICE, ALICE_LEFT))
    gone.when(JOIN, by=GUEST).then(JOINED)
    replaced = given(workshop()[:2], (alice,), done(ALICE, ALICE_LEFT), (JOINED,))
    again = c.Join(trade=Trade.OTHER, group=1)
    replaced.when(again, by=ALICE).then(refused(Code.WORKSHOP_FULL, "1"))


def test_coming_and_going_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PEOPLE_EVER", 1)
    alice = e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=1, name="")
    gone = given(workshop()[:2], (alice,), done(ALICE, ALICE_LEFT))
    gone.when(JOIN, by=GUEST).then(refused(Code.WORKSHOP_FULL, str(limits.PARTICIPANTS)))
    gone.when(c.Join(trade=Trade.OTHER, group=1), by=ALICE).then(alice)
