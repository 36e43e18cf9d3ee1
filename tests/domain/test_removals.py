"""What a facilitator removed by hand comes back for a minute, whichever of them asks; what was erased never does."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Fact
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Holder, Phase, Role, Side, Status, Trade
from tests.support.histories import (
    ALICE,
    BASILE,
    FACILITATOR,
    GUEST,
    T0,
    done,
    given,
    refused,
    state_of,
    workshop,
)

OTHER = Actor(Role.FACILITATOR, "clef-2")
SECOND_KEY = e.KeyIssued(key=OTHER.id, holder=Holder.FACILITATOR, key_hash="h2")
ROOM = (*workshop(Phase.ARTICULATIONS), *done(FACILITATOR, SECOND_KEY))
DECISIONS = tuple(
    e.DecisionRecorded(decision=name, what=f"Décision {name}", who="Alice", due="mai") for name in "abc"
)
POSTED = e.InitiativePosted(group=1, action="orienter", initiative="i1", text="Une")
STARRED = e.InitiativeHighlighted(group=1, action="orienter", initiative="i1")
GONE = e.InitiativeWithdrawn(group=1, action="orienter", initiative="i1")
BACK = e.InitiativeRestored(group=1, action="orienter", initiative="i1")
MISSION = e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="Une")
LINE = e.ActionAdded(group=1, action="libre-1", label="Se réunir", mission="")
LINE_GONE = e.ActionRemoved(group=1, action="libre-1")
PLACED = e.ActionPlaced(group=1, action="libre-1", fs=5, cn=5)
LEFT = e.ParticipantLeft(participant="alice", group=1)
RETURNED = e.ParticipantReturned(participant="alice")
NO_DECISION = e.DecisionWithdrawn(decision="b")
SWEPT = e.PeopleRemoved(removal="r1", participants=("alice", "claire"))
SAID = e.AnnouncementMade(text="Pause de dix minutes")

CASES: dict[str, tuple[tuple[e.Event, ...], e.Event, tuple[e.Event, ...]]] = {
    "decision-b": (DECISIONS, NO_DECISION, (e.DecisionRestored(decision="b"),)),
    "initiative-i1": ((POSTED,), GONE, (BACK,)),
    "initiative-i1 starred": ((POSTED, STARRED), GONE, (BACK, STARRED)),
    "mission-m1": (
        (MISSION,),
        e.MissionWithdrawn(group=1, mission="m1"),
        (e.MissionRestored(group=1, mission="m1"),),
    ),
    "line-1-libre-1": ((LINE, PLACED), LINE_GONE, (e.ActionRestored(group=1, action="libre-1"),)),
    "person-alice": ((), LEFT, (RETURNED,)),
    "people-r1": ((), SWEPT, (e.PeopleReturned(removal="r1"),)),
    "announcement": ((SAID,), e.AnnouncementCleared(), (SAID,)),
}


def put_back(name: str) -> c.PutBack:
    return c.PutBack(removal=name.split(maxsplit=1)[0])


def seen(state: Workshop) -> object:
    """What rooms and desks see, without who did it and when."""
    lines = [
        (
            key,
            line.placement,
            line.removed,
            [(i.text, i.visible, i.highlighted) for i in line.initiatives.values()],
        )
        for key, line in state.group(1).lines.items()
    ]
    missions = [(m.text, m.side, m.withdrawn) for m in state.group(1).missions.values()]
    people = sorted((p.id, p.group, p.name, p.left) for p in state.people.values())
    return lines, missions, people, list(state.decisions.values()), state.announcement


@pytest.mark.parametrize("name", CASES)
def test_what_was_removed_by_hand_comes_back_as_it_was(name: str) -> None:
    before, removal, remedies = CASES[name]
    history = (*ROOM, *done(BASILE, *before))
    removed = given(history, done(FACILITATOR, removal))
    after = removed.when(put_back(name), by=OTHER, at=T0 + limits.REMOVAL_UNDO_MS).then(*remedies)
    assert seen(after) == seen(state_of(history))
    assert after.removals == {}


@pytest.mark.parametrize("name", CASES)
def test_it_comes_back_for_a_minute_and_once(name: str) -> None:
    before, removal, remedies = CASES[name]
    removed = given(ROOM, done(BASILE, *before), done(FACILITATOR, removal))
    removed.when(put_back(name), at=T0 + limits.REMOVAL_UNDO_MS + 1).then(refused(Code.PUT_BACK_TOO_LATE))
    again = given(ROOM, done(BASILE, *before), done(FACILITATOR, removal, *remedies))
    again.when(put_back(name)).then(refused(Code.NOTHING_TO_UNDO))


@pytest.mark.parametrize("name", CASES)
def test_nothing_comes_back_after_an_erasure_or_a_reset(name: str) -> None:
    before, removal, _ = CASES[name]
    for end in (e.ParticipantErased(participant="basile"), e.WorkshopCleared()):
        given(ROOM, done(BASILE, *before), done(FACILITATOR, removal, end)).when(put_back(name)).then(
            refused(Code.NOTHING_TO_UNDO)
        )


@pytest.mark.parametrize(
    ("before", "removal", "since", "name"),
    [
        ((LINE,), LINE_GONE, LINE, "line-1-libre-1"),
        ((POSTED,), GONE, BACK, "initiative-i1"),
        (
            (),
            LEFT,
            e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=2, name=""),
            "person-alice",
        ),
        ((SAID,), e.AnnouncementCleared(), e.AnnouncementMade(text="On reprend"), "announcement"),
    ],
)
def test_what_took_its_place_since_is_not_overwritten(
    before: tuple[e.Event, ...], removal: e.Event, since: e.Event, name: str
) -> None:
    room = given(ROOM, done(BASILE, *before), done(FACILITATOR, removal), done(BASILE, since))
    outcome = room.when(put_back(name)).outcome
    assert isinstance(outcome, Refused)
    assert outcome.code in (Code.CHANGED_SINCE, Code.NOTHING_TO_UNDO)


def test_whoever_was_shown_out_is_here_after_all() -> None:
    after = given(ROOM, done(FACILITATOR, LEFT)).when(put_back("person-alice")).then(RETURNED)
    assert [person.id for person in after.present()] == ["alice", "basile", "claire"]


def test_what_people_take_back_themselves_is_theirs_to_undo() -> None:
    given(ROOM, done(ALICE, POSTED, GONE)).when(put_back("initiative-i1")).then(refused(Code.NOTHING_TO_UNDO))
    given(ROOM, done(ALICE, LEFT)).when(put_back("person-alice")).then(refused(Code.NOTHING_TO_UNDO))


def test_the_limits_of_the_moment_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DECISIONS", 3)
    another = e.DecisionRecorded(decision="d", what="Une autre", who="", due="")
    full = given(ROOM, DECISIONS, done(FACILITATOR, NO_DECISION, another))
    full.when(put_back("decision-b")).then(refused(Code.TOO_MANY, "3"))
    monkeypatch.setattr(limits, "PARTICIPANTS", 3)
    joined = e.ParticipantJoined(participant="guest", trade=Trade.OTHER, group=1, name="")
    for removal, name in ((LEFT, "person-alice"), (SWEPT, "people-r1")):
        crowded = given(ROOM, done(FACILITATOR, removal), done(GUEST, joined))
        expected = refused(Code.WORKSHOP_FULL, "3")
        if removal is LEFT:
            crowded.when(put_back(name)).then(expected)
        else:
            both = e.ParticipantJoined(participant="guest-2", trade=Trade.OTHER, group=1, name="")
            given(ROOM, done(FACILITATOR, removal), done(GUEST, joined, both)).when(put_back(name)).then(
                expected
            )


def test_who_came_in_again_meanwhile_stays_as_they_came() -> None:
    again = e.ParticipantJoined(participant="claire", trade=Trade.COORDINATION, group=1, name="Claire B.")
    after = given(ROOM, done(FACILITATOR, SWEPT), done(GUEST, again)).when(put_back("people-r1"))
    people = after.then(e.PeopleReturned(removal="r1")).people
    assert set(people) == {"alice", "basile", "claire"}
    assert (people["claire"].name, people["claire"].group) == ("Claire B.", 1)


def test_the_latest_removals_are_remembered_and_older_ones_forgotten() -> None:
    posts = [
        e.InitiativePosted(group=1, action="orienter", initiative=f"i{n}", text="x")
        for n in range(limits.REMOVALS_REMEMBERED + 5)
    ]
    gone = [e.InitiativeWithdrawn(group=1, action="orienter", initiative=post.initiative) for post in posts]
    state = state_of(ROOM, done(BASILE, *posts), done(FACILITATOR, *gone))
    assert list(state.removals) == [f"initiative-i{n}" for n in range(5, limits.REMOVALS_REMEMBERED + 5)]
    later = Fact(event=LEFT, by=FACILITATOR, at=T0 + limits.REMOVAL_UNDO_MS + 1)
    assert list(fold([later], state).removals) == ["person-alice"]


def test_after_the_close_too() -> None:
    room = workshop(Phase.SYNTHESIS, Status.CLOSED)
    removed = given(room, DECISIONS, done(FACILITATOR, NO_DECISION))
    after = removed.when(put_back("decision-b")).then(e.DecisionRestored(decision="b"))
    assert list(after.decisions) == ["a", "b", "c"]
