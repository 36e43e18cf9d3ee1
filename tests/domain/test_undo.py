"""Everybody may undo what they did last; nobody undoes others' work; nothing is undone too late."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Phase, Placement, Side, Status
from tests.support.histories import (
    ALICE,
    BASILE,
    FACILITATOR,
    T0,
    done,
    given,
    refused,
    state_of,
    workshop,
)

WRITING = workshop(Phase.ARTICULATIONS)
UNDO = c.UndoLast()
PLACED = e.ActionPlaced(group=1, action="orienter", fs=75, cn=0)
MOVED = e.ActionPlaced(group=1, action="orienter", fs=20, cn=5)
ASIDE = e.ActionSetAside(group=1, action="orienter")
UNPLACED = e.ActionUnplaced(group=1, action="orienter")
ADDED = e.ActionAdded(group=1, action="libre-1", label="Se réunir", mission="")
RENAMED = e.ActionRenamed(group=1, action="libre-1", label="Se voir")
REMOVED = e.ActionRemoved(group=1, action="libre-1")
RESTORED = e.ActionRestored(group=1, action="libre-1")
POSTED = e.InitiativePosted(group=1, action="orienter", initiative="i1", text="Une")
EDITED = e.InitiativeEdited(group=1, action="orienter", initiative="i1", text="Deux")
WITHDRAWN = e.InitiativeWithdrawn(group=1, action="orienter", initiative="i1")
BACK = e.InitiativeRestored(group=1, action="orienter", initiative="i1")
SUPPORTED = e.InitiativeSupported(group=1, action="orienter", initiative="i1")
UNSUPPORTED = e.InitiativeUnsupported(group=1, action="orienter", initiative="i1")
MISSION = e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="Une")
MISSION_EDITED = e.MissionEdited(group=1, mission="m1", text="Deux")
MISSION_MOVED = e.MissionMoved(group=1, mission="m1", side=Side.FRANCE_SERVICES)
MOVED_UNDER = e.InitiativeMoved(group=1, action="orienter", initiative="i1", to="aller-vers")
MISSION_GONE = e.MissionWithdrawn(group=1, mission="m1")
UNDONE = e.LastActUndone()
READY = e.GroupSaidReady(group=1)
NOT_READY = e.GroupSaidNotReady(group=1)


def alice(*events: e.Event) -> tuple[Fact, ...]:
    """What Alice did, a second apart."""
    return tuple(Fact(event=event, by=ALICE, at=T0 + 1000 * n) for n, event in enumerate(events, start=1))


def basile(*events: e.Event) -> tuple[Fact, ...]:
    """What Basile did afterwards."""
    return done(BASILE, *events, at=T0 + 60_000)


def seen(state: Workshop) -> object:
    """What the room sees of group 1, without who did it and when."""
    group = state.group(1)
    lines = [
        (line.action.label, line.placement, line.set_aside, line.removed, initiatives(state, key))
        for key, line in group.lines.items()
        if not line.removed
    ]
    missions = [(m.text, m.side) for m in group.missions.values() if not m.withdrawn]
    return lines, missions, group.ready


def initiatives(state: Workshop, action: str) -> list[object]:
    """The texts that stand under an action, with their hearts."""
    all_of_them = state.group(1).lines[action].initiatives.values()
    return [(each.text, each.supporters) for each in all_of_them if not each.withdrawn]


@pytest.mark.parametrize(
    ("before", "act", "remedy"),
    [
        ((), PLACED, UNPLACED),
        ((PLACED,), MOVED, PLACED),
        ((ASIDE,), PLACED, ASIDE),
        ((PLACED,), UNPLACED, PLACED),
        ((ASIDE,), UNPLACED, ASIDE),
        ((PLACED,), ASIDE, PLACED),
        ((), ASIDE, UNPLACED),
        ((), ADDED, REMOVED),
        ((ADDED, e.ActionPlaced(group=1, action="libre-1", fs=5, cn=5)), REMOVED, RESTORED),
        ((ADDED,), RENAMED, e.ActionRenamed(group=1, action="libre-1", label="Se réunir")),
        ((), POSTED, WITHDRAWN),
        ((POSTED,), EDITED, e.InitiativeEdited(group=1, action="orienter", initiative="i1", text="Une")),
        ((POSTED,), WITHDRAWN, BACK),
        ((POSTED,), SUPPORTED, UNSUPPORTED),
        ((), MISSION, MISSION_GONE),
        ((MISSION,), MISSION_EDITED, e.MissionEdited(group=1, mission="m1", text="Une")),
        (
            (POSTED,),
            MOVED_UNDER,
            e.InitiativeMoved(group=1, action="aller-vers", initiative="i1", to="orienter"),
        ),
        ((MISSION,), MISSION_MOVED, e.MissionMoved(group=1, mission="m1", side=Side.BOTH)),
        ((MISSION,), MISSION_GONE, e.MissionRestored(group=1, mission="m1")),
        ((), READY, NOT_READY),
        ((READY,), NOT_READY, READY),
    ],
)
def test_what_one_did_last_is_undone_by_what_compensates_it(
    before: tuple[e.Event, ...], act: e.Event, remedy: e.Event
) -> None:
    history = (*WRITING, *basile(*before))
    after = given(history, alice(act)).when(UNDO, by=ALICE).then(remedy, UNDONE)
    assert seen(after) == seen(state_of(history))


def test_whoever_did_nothing_has_nothing_to_undo() -> None:
    given(WRITING, basile(PLACED)).when(UNDO, by=ALICE).then(refused(Code.NOTHING_TO_UNDO))


@pytest.mark.parametrize(
    "act", [(PLACED,), (POSTED,), (POSTED, WITHDRAWN), (MISSION, MISSION_GONE), (ADDED, REMOVED), (READY,)]
)
def test_an_undo_is_not_itself_undone(act: tuple[e.Event, ...]) -> None:
    undone = given(WRITING, alice(*act)).when(UNDO, by=ALICE)
    assert isinstance(undone.outcome, tuple)
    given(WRITING, alice(*act), alice(*undone.outcome)).when(UNDO, by=ALICE).then(
        refused(Code.NOTHING_TO_UNDO)
    )


@pytest.mark.parametrize(
    ("acts", "remedy"),
    [
        ((POSTED, WITHDRAWN), BACK),
        ((PLACED, UNPLACED), PLACED),
        ((READY, NOT_READY), READY),
        ((ADDED, REMOVED), RESTORED),
        ((POSTED, SUPPORTED, UNSUPPORTED), SUPPORTED),
    ],
)
def test_the_contrary_done_on_purpose_is_an_act_and_may_be_undone(
    acts: tuple[e.Event, ...], remedy: e.Event
) -> None:
    given(WRITING, alice(*acts)).when(UNDO, by=ALICE).then(remedy, UNDONE)


def test_only_the_last_act_can_be_undone() -> None:
    other = e.ActionPlaced(group=1, action="relayer", fs=5, cn=5)
    given(WRITING, alice(PLACED, other)).when(UNDO, by=ALICE).then(
        e.ActionUnplaced(group=1, action="relayer"), UNDONE
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ((PLACED,), (MOVED,)),
        ((PLACED,), (ASIDE,)),
        ((PLACED,), (MOVED, PLACED)),
        ((ASIDE,), (PLACED,)),
        ((ADDED,), (RENAMED,)),
        ((ADDED, RENAMED), (e.ActionRenamed(group=1, action="libre-1", label="x"), RENAMED)),
        ((ADDED,), (REMOVED,)),
        ((ADDED, REMOVED), (ADDED,)),
        ((MISSION,), (MISSION_MOVED,)),
        ((MISSION, MISSION_MOVED), (e.MissionMoved(group=1, mission="m1", side=Side.BOTH), MISSION_MOVED)),
        ((READY,), (NOT_READY,)),
        ((READY,), (NOT_READY, READY)),
        ((POSTED,), (e.InitiativeHidden(group=1, action="orienter", initiative="i1"),)),
        ((POSTED,), (EDITED,)),
        (
            (POSTED, EDITED),
            (e.InitiativeEdited(group=1, action="orienter", initiative="i1", text="Trois"), EDITED),
        ),
        ((POSTED, WITHDRAWN, BACK, UNDONE), (WITHDRAWN,)),
    ],
)
def test_what_somebody_changed_since_is_not_undone(
    mine: tuple[e.Event, ...], theirs: tuple[e.Event, ...]
) -> None:
    history = (*WRITING, *alice(*mine), *basile(*theirs))
    outcome = given(history).when(UNDO, by=ALICE)
    expected = Code.NOTHING_TO_UNDO if BACK in mine else Code.CHANGED_SINCE
    outcome.then(refused(expected))


def test_readiness_said_again_in_the_next_phase_is_not_undone() -> None:
    opened = done(FACILITATOR, e.PhaseOpened(phase=Phase.ARTICULATIONS))
    history = (*workshop(Phase.REMITS), *alice(READY), *opened, *basile(READY))
    given(history).when(UNDO, by=ALICE).then(refused(Code.CHANGED_SINCE))


def test_hearts_of_others_do_not_stop_an_author_from_undoing() -> None:
    given(WRITING, alice(POSTED), basile(SUPPORTED)).when(UNDO, by=ALICE).then(WITHDRAWN, UNDONE)


def test_a_withdrawal_undone_comes_back_with_its_hearts() -> None:
    after = (
        given(WRITING, alice(POSTED), basile(SUPPORTED), alice(WITHDRAWN))
        .when(UNDO, by=ALICE)
        .then(BACK, UNDONE)
    )
    assert initiatives(after, "orienter") == [("Une", frozenset({"basile"}))]


def test_a_withdrawn_mission_comes_back_where_it_was() -> None:
    back = e.MissionRestored(group=1, mission="m1")
    after = (
        given(WRITING, alice(MISSION, MISSION_MOVED, MISSION_GONE)).when(UNDO, by=ALICE).then(back, UNDONE)
    )
    assert after.group(1).missions["m1"].side is Side.FRANCE_SERVICES


def test_a_line_on_which_others_wrote_since_is_not_taken_away() -> None:
    theirs = e.InitiativePosted(group=1, action="libre-1", initiative="i2", text="x")
    given(WRITING, alice(ADDED), basile(theirs)).when(UNDO, by=ALICE).then(refused(Code.LINE_HAS_INITIATIVES))
    gone = e.InitiativeWithdrawn(group=1, action="libre-1", initiative="i2")
    given(WRITING, alice(ADDED), basile(theirs, gone)).when(UNDO, by=ALICE).then(REMOVED, UNDONE)


def test_nothing_comes_back_under_a_line_that_is_gone() -> None:
    posted = e.InitiativePosted(group=1, action="libre-1", initiative="i1", text="x")
    withdrawn = e.InitiativeWithdrawn(group=1, action="libre-1", initiative="i1")
    history = (*WRITING, *basile(ADDED), *alice(posted, withdrawn), *basile(REMOVED))
    given(history).when(UNDO, by=ALICE).then(refused(Code.CHANGED_SINCE))
    given(history, basile(ADDED)).when(UNDO, by=ALICE).then(refused(Code.CHANGED_SINCE))


def test_a_removed_line_comes_back_with_all_that_it_carried() -> None:
    placed = e.ActionPlaced(group=1, action="libre-1", fs=50, cn=25)
    line = given(WRITING, basile(ADDED, placed), alice(REMOVED)).when(UNDO, by=ALICE).then(RESTORED, UNDONE)
    assert line.group(1).lines["libre-1"].placement == Placement(50, 25)


@pytest.mark.parametrize("act", [PLACED, POSTED, ADDED])
@pytest.mark.parametrize("phase", [Phase.REPORT_BACK, Phase.REMITS])
def test_once_the_phase_is_over_a_participant_undoes_nothing_of_it(act: e.Event, phase: Phase) -> None:
    over = done(FACILITATOR, e.PhaseOpened(phase=phase))
    given(WRITING, alice(act), over).when(UNDO, by=ALICE).then(refused(Code.PHASE_OVER))


def test_missions_are_undone_as_long_as_they_are_open() -> None:
    history = (*workshop(Phase.REMITS), *alice(MISSION))
    writing = done(FACILITATOR, e.PhaseOpened(phase=Phase.ARTICULATIONS))
    given(history, writing).when(UNDO, by=ALICE).then(MISSION_GONE, UNDONE)
    over = done(FACILITATOR, e.PhaseOpened(phase=Phase.REPORT_BACK))
    given(history, over).when(UNDO, by=ALICE).then(refused(Code.PHASE_OVER))


def test_a_heart_is_undone_as_long_as_hearts_are_open() -> None:
    over = done(FACILITATOR, e.PhaseOpened(phase=Phase.SYNTHESIS))
    given(WRITING, basile(POSTED), alice(SUPPORTED), over).when(UNDO, by=ALICE).then(UNSUPPORTED, UNDONE)
    back = done(FACILITATOR, e.PhaseOpened(phase=Phase.REMITS))
    given(WRITING, basile(POSTED), alice(SUPPORTED), back).when(UNDO, by=ALICE).then(refused(Code.PHASE_OVER))


def test_nothing_is_undone_in_the_welcome_or_after_the_close() -> None:
    welcome = done(FACILITATOR, e.PhaseOpened(phase=Phase.WELCOME))
    given(WRITING, alice(PLACED), welcome).when(UNDO, by=ALICE).then(refused(Code.PHASE_OVER))
    closed = done(FACILITATOR, e.WorkshopClosed())
    given(WRITING, alice(PLACED), closed).when(UNDO, by=ALICE).then(refused(Code.WORKSHOP_CLOSED))


def test_what_one_did_at_another_table_is_not_undone() -> None:
    moved = done(ALICE, e.ParticipantMoved(participant="alice", from_group=1, to_group=2))
    given(WRITING, alice(PLACED), moved).when(UNDO, by=ALICE).then(refused(Code.OTHER_GROUP))


def test_a_facilitator_undoes_what_they_typed_in_whatever_the_phase_and_after_the_close() -> None:
    typed = done(FACILITATOR, PLACED)
    given(workshop(Phase.SYNTHESIS, Status.CLOSED), typed).when(UNDO).then(UNPLACED, UNDONE)


def test_guests_and_those_who_left_undo_nothing() -> None:
    left = done(ALICE, e.ParticipantLeft(participant="alice", group=1))
    given(WRITING, alice(PLACED), left).when(UNDO, by=ALICE).then(refused(Code.NOT_JOINED))


def test_each_of_two_people_undoes_their_own() -> None:
    other = e.ActionPlaced(group=1, action="relayer", fs=5, cn=5)
    history = (*WRITING, *alice(PLACED), *basile(other))
    undone: dict[Actor, e.Event] = {ALICE: UNPLACED, BASILE: e.ActionUnplaced(group=1, action="relayer")}
    for actor, event in undone.items():
        given(history).when(UNDO, by=actor).then(event, UNDONE)
    everything = fold(
        done(ALICE, undone[ALICE], UNDONE) + done(BASILE, undone[BASILE], UNDONE), state_of(history)
    )
    assert everything.last_acts == {}
