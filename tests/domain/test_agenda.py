"""Phases, the minute in which they can be taken back, the grace after them, the clock, the turns."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.refusals import Code
from atelier.domain.state import Clock, WallView
from atelier.domain.values import ClockStatus, Phase, Scene, Side
from tests.support.histories import (
    ALICE,
    FACILITATOR,
    MINUTE,
    SECOND,
    T0,
    done,
    given,
    refused,
    state_of,
    workshop,
)

TWENTY = 20 * MINUTE
STARTED = e.ClockStarted(total_ms=TWENTY, deadline=T0 + TWENTY)
POST = c.PostInitiative(group=1, action="orienter", text="Une affiche")
POSTED = e.InitiativePosted(group=1, action="orienter", initiative="new", text="Une affiche")


def view(scene: Scene, group: int = 0) -> e.WallViewChosen:
    """The choice of a scene, from its first page."""
    return e.WallViewChosen(scene=scene, group=group, action="", page=0)


def writing(*events: e.Event) -> tuple[Fact, ...]:
    """A workshop in Articulations, and what the facilitator did then."""
    return (*workshop(Phase.ARTICULATIONS), *done(FACILITATOR, *events))


def left_writing(to: Phase = Phase.REPORT_BACK) -> tuple[Fact, ...]:
    """A workshop that left Articulations at T0."""
    return writing(e.PhaseOpened(phase=to))


# --- phases


@pytest.mark.parametrize(
    ("phase", "scene"),
    [
        (Phase.REMITS, Scene.REMITS),
        (Phase.ARTICULATIONS, Scene.OVERVIEW),
        (Phase.REPORT_BACK, Scene.OVERVIEW),
        (Phase.SYNTHESIS, Scene.OVERLAY),
    ],
)
def test_opening_a_phase_brings_its_scene_and_its_full_time(phase: Phase, scene: Scene) -> None:
    after = given(workshop()).when(c.OpenPhase(phase=phase)).then(e.PhaseOpened(phase=phase), view(scene))
    assert (after.phase, after.wall.scene) == (phase, scene)
    assert after.clock == Clock(total_ms=after.prepared.minutes[phase] * MINUTE)


def test_phases_may_be_opened_in_any_order_and_reopened() -> None:
    back = given(left_writing()).when(c.OpenPhase(phase=Phase.WELCOME))
    back.then(e.PhaseOpened(phase=Phase.WELCOME), view(Scene.WELCOME))


def test_the_current_phase_is_not_opened_again() -> None:
    given(writing()).when(c.OpenPhase(phase=Phase.ARTICULATIONS)).then(refused(Code.PHASE_ALREADY_OPEN))


def test_nobody_is_ready_any_more_when_a_phase_opens() -> None:
    history = writing(e.GroupSaidReady(group=2), e.PhaseOpened(phase=Phase.REPORT_BACK))
    assert not any(group.ready for group in state_of(history).groups)


def test_taking_a_phase_back_restores_the_clock_the_wall_the_turn_and_who_was_ready() -> None:
    history = (
        *workshop(Phase.REPORT_BACK),
        *done(FACILITATOR, e.GroupPresented(group=2), view(Scene.GROUP, 2)),
        *done(FACILITATOR, e.ClockStarted(total_ms=5 * MINUTE, deadline=T0 + 5 * MINUTE)),
        *done(ALICE, e.GroupSaidReady(group=1)),
    )
    before = state_of(history)
    opened = done(FACILITATOR, e.PhaseOpened(phase=Phase.SYNTHESIS), view(Scene.OVERLAY), at=T0 + MINUTE)
    moved_on = given(history, opened)
    assert moved_on.state.clock.status is ClockStatus.STOPPED
    after = moved_on.when(c.RevertPhase(), at=T0 + 2 * MINUTE).then(e.PhaseReverted(phase=Phase.REPORT_BACK))
    assert (after.phase, after.clock, after.wall) == (before.phase, before.clock, before.wall)
    assert (after.presenting, after.groups, after.phase_since) == (2, before.groups, before.phase_since)
    assert after.clock.remaining(T0 + 2 * MINUTE) == 3 * MINUTE


def test_a_phase_may_be_taken_back_for_a_minute() -> None:
    given(left_writing()).when(c.RevertPhase(), at=T0 + MINUTE).then(
        e.PhaseReverted(phase=Phase.ARTICULATIONS)
    )
    given(left_writing()).when(c.RevertPhase(), at=T0 + MINUTE + 1).then(refused(Code.UNDO_TOO_LATE))


def test_a_clock_put_back_lengthens_neither_the_minute_nor_the_grace() -> None:
    given(left_writing()).when(c.RevertPhase(), at=T0 - SECOND).then(
        e.PhaseReverted(phase=Phase.ARTICULATIONS)
    )
    given(left_writing()).when(POST, by=ALICE, at=T0 - SECOND).then(POSTED)
    hours_before = T0 - 120 * MINUTE
    given(left_writing()).when(c.RevertPhase(), at=hours_before).then(refused(Code.UNDO_TOO_LATE))
    given(left_writing()).when(POST, by=ALICE, at=hours_before).then(refused(Code.PHASE_OVER))


def test_the_first_phase_cannot_be_taken_back() -> None:
    given(workshop()).when(c.RevertPhase()).then(refused(Code.NOTHING_TO_UNDO))


def test_a_phase_is_taken_back_once() -> None:
    history = (*left_writing(), *done(FACILITATOR, e.PhaseReverted(phase=Phase.ARTICULATIONS)))
    given(history).when(c.RevertPhase()).then(refused(Code.NOTHING_TO_UNDO))


def test_closing_the_workshop_ends_the_minute() -> None:
    history = (*left_writing(), *done(FACILITATOR, e.WorkshopClosed(), e.WorkshopReopened()))
    given(history).when(c.RevertPhase()).then(refused(Code.NOTHING_TO_UNDO))


def test_a_wall_taken_back_shows_nothing_that_is_gone() -> None:
    added = e.ActionAdded(group=1, action="libre-1", label="Une ligne", mission="")
    showing = e.WallViewChosen(scene=Scene.ACTION, group=1, action="libre-1", page=0)
    opened = e.PhaseOpened(phase=Phase.REPORT_BACK)
    removed = e.ActionRemoved(group=1, action="libre-1")
    after = state_of(writing(added, showing, opened, removed, e.PhaseReverted(phase=Phase.ARTICULATIONS)))
    assert after.wall == WallView(scene=Scene.GROUP, group=1)


def test_a_message_cleared_meanwhile_does_not_come_back_as_an_empty_one() -> None:
    message = (e.AnnouncementMade(text="Pause"), view(Scene.MESSAGE))
    opened = (e.PhaseOpened(phase=Phase.REPORT_BACK), view(Scene.OVERVIEW), e.AnnouncementCleared())
    after = state_of(writing(*message, *opened, e.PhaseReverted(phase=Phase.ARTICULATIONS)))
    assert after.wall == WallView(scene=Scene.BLANK)


# --- the grace minute


@pytest.mark.parametrize("to", [Phase.REPORT_BACK, Phase.SYNTHESIS, Phase.REMITS, Phase.WELCOME])
def test_a_text_that_was_being_written_is_taken_for_a_minute(to: Phase) -> None:
    given(left_writing(to)).when(POST, by=ALICE, at=T0 + MINUTE).then(POSTED)
    given(left_writing(to)).when(POST, by=ALICE, at=T0 + MINUTE + 1).then(refused(Code.PHASE_OVER))


def test_the_grace_outlives_a_second_change_of_phase() -> None:
    second = done(FACILITATOR, e.PhaseOpened(phase=Phase.SYNTHESIS), at=T0 + 30 * SECOND)
    hurried = given(left_writing(), second)
    hurried.when(POST, by=ALICE, at=T0 + MINUTE).then(POSTED)
    hurried.when(POST, by=ALICE, at=T0 + MINUTE + 1).then(refused(Code.PHASE_OVER))


def test_a_phase_opened_by_mistake_and_taken_back_leaves_its_minute_too() -> None:
    history = (
        *workshop(Phase.REMITS),
        *done(FACILITATOR, e.PhaseOpened(phase=Phase.ARTICULATIONS), at=T0 + 5 * MINUTE),
        *done(FACILITATOR, e.PhaseReverted(phase=Phase.REMITS), at=T0 + 6 * MINUTE),
    )
    given(history).when(POST, by=ALICE, at=T0 + 7 * MINUTE).then(POSTED)


def test_the_minute_counts_from_the_last_time_that_the_text_could_be_written() -> None:
    add = c.AddMission(group=1, side=Side.BOTH, text="Se voir")
    history = (
        *workshop(Phase.REMITS),
        *done(FACILITATOR, e.PhaseOpened(phase=Phase.ARTICULATIONS), at=T0 + 10 * MINUTE),
        *done(FACILITATOR, e.PhaseOpened(phase=Phase.REPORT_BACK), at=T0 + 30 * MINUTE),
    )
    added = e.MissionAdded(group=1, mission="new", side=Side.BOTH, text="Se voir")
    given(history).when(add, by=ALICE, at=T0 + 31 * MINUTE).then(added)
    given(history).when(add, by=ALICE, at=T0 + 31 * MINUTE + 1).then(refused(Code.PHASE_OVER))


def test_moving_a_bar_gets_no_grace() -> None:
    place = c.PlaceAction(group=1, action="orienter", fs=50, cn=0)
    given(left_writing()).when(place, by=ALICE, at=T0).then(refused(Code.PHASE_OVER))


def test_a_phase_that_was_never_open_is_not_over() -> None:
    given(workshop(Phase.REMITS)).when(POST, by=ALICE).then(refused(Code.PHASE_NOT_OPEN))


def test_facilitators_are_not_bound_by_the_phase() -> None:
    given(left_writing()).when(POST, at=T0 + 10 * MINUTE).then(POSTED)


# --- the clock


def test_starting_the_clock_sets_a_deadline_in_the_phases_time() -> None:
    after = given(writing()).when(c.StartClock()).then(STARTED)
    assert after.clock.remaining(T0 + MINUTE) == 19 * MINUTE


def test_the_clock_may_be_started_with_a_time_of_ones_own() -> None:
    after = (
        given(writing())
        .when(c.StartClock(seconds=90))
        .then(e.ClockStarted(total_ms=90 * SECOND, deadline=T0 + 90 * SECOND))
    )
    assert after.clock.total_ms == 90 * SECOND


def test_a_phase_without_time_has_no_clock_to_start() -> None:
    given(workshop()).when(c.StartClock()).then(refused(Code.CLOCK_DURATION, "240"))


@pytest.mark.parametrize("seconds", [-1, 240 * 60 + 1, 10**12])
def test_a_clock_runs_up_to_four_hours(seconds: int) -> None:
    given(writing()).when(c.StartClock(seconds=seconds)).then(refused(Code.CLOCK_DURATION))


def test_a_running_or_paused_clock_is_not_started() -> None:
    given(writing(STARTED)).when(c.StartClock()).then(refused(Code.CLOCK_RUNNING))
    paused = e.ClockPaused(remaining_ms=MINUTE)
    given(writing(STARTED, paused)).when(c.StartClock()).then(refused(Code.CLOCK_RUNNING))


def test_pausing_holds_what_remains_and_resuming_goes_on_with_it() -> None:
    paused = given(writing(STARTED)).when(c.PauseClock(), at=T0 + 5 * MINUTE)
    held = paused.then(e.ClockPaused(remaining_ms=15 * MINUTE))
    assert held.clock.remaining(T0 + 60 * MINUTE) == 15 * MINUTE
    history = writing(STARTED, e.ClockPaused(remaining_ms=15 * MINUTE))
    resumed = given(history).when(c.ResumeClock(), at=T0 + 60 * MINUTE)
    after = resumed.then(e.ClockResumed(deadline=T0 + 75 * MINUTE))
    running = ClockStatus.RUNNING
    assert after.clock == Clock(status=running, total_ms=TWENTY, deadline=T0 + 75 * MINUTE, has_run=True)


def test_an_overrun_is_held_and_gone_on_with_as_well() -> None:
    given(writing(STARTED)).when(c.PauseClock(), at=T0 + 22 * MINUTE).then(
        e.ClockPaused(remaining_ms=-2 * MINUTE)
    )
    history = writing(STARTED, e.ClockPaused(remaining_ms=-2 * MINUTE))
    given(history).when(c.ResumeClock()).then(e.ClockResumed(deadline=T0 - 2 * MINUTE))


def test_only_a_running_clock_is_paused_and_only_a_paused_one_resumed() -> None:
    paused = e.ClockPaused(remaining_ms=MINUTE)
    given(writing()).when(c.PauseClock()).then(refused(Code.CLOCK_NOT_RUNNING))
    given(writing(STARTED, paused)).when(c.PauseClock()).then(refused(Code.CLOCK_NOT_RUNNING))
    given(writing()).when(c.ResumeClock()).then(refused(Code.CLOCK_NOT_PAUSED))
    given(writing(STARTED)).when(c.ResumeClock()).then(refused(Code.CLOCK_NOT_PAUSED))


def test_extending_a_running_clock_puts_its_deadline_off() -> None:
    after = (
        given(writing(STARTED))
        .when(c.ExtendClock(seconds=60), at=T0 + MINUTE)
        .then(e.ClockExtended(by_ms=MINUTE))
    )
    assert after.clock.status is ClockStatus.RUNNING
    assert (after.clock.total_ms, after.clock.deadline) == (21 * MINUTE, T0 + 21 * MINUTE)


def test_extending_a_paused_clock_adds_to_what_remains() -> None:
    history = writing(STARTED, e.ClockPaused(remaining_ms=3 * MINUTE))
    after = given(history).when(c.ExtendClock(seconds=300)).then(e.ClockExtended(by_ms=5 * MINUTE))
    assert after.clock.remaining(T0) == 8 * MINUTE


def test_extending_a_stopped_clock_makes_it_longer() -> None:
    after = given(writing()).when(c.ExtendClock(seconds=300)).then(e.ClockExtended(by_ms=5 * MINUTE))
    assert (after.clock.status, after.clock.total_ms) == (ClockStatus.STOPPED, 25 * MINUTE)
    started = e.ClockStarted(total_ms=25 * MINUTE, deadline=T0 + 25 * MINUTE)
    given(writing(e.ClockExtended(by_ms=5 * MINUTE))).when(c.StartClock()).then(started)


def test_after_an_overrun_the_added_time_counts_from_now() -> None:
    late = T0 + 23 * MINUTE
    after = (
        given(writing(STARTED))
        .when(c.ExtendClock(seconds=60), at=late)
        .then(e.ClockExtended(by_ms=4 * MINUTE))
    )
    assert after.clock.remaining(late) == MINUTE


def test_after_a_paused_overrun_the_added_time_is_what_remains() -> None:
    history = writing(STARTED, e.ClockPaused(remaining_ms=-2 * MINUTE))
    after = given(history).when(c.ExtendClock(seconds=60)).then(e.ClockExtended(by_ms=3 * MINUTE))
    assert after.clock.remaining(T0) == MINUTE


def test_a_clock_forgotten_for_a_night_may_still_be_extended() -> None:
    morning = T0 + 15 * 60 * MINUTE
    overrun = morning - T0 - TWENTY
    given(writing(STARTED)).when(c.ExtendClock(seconds=60), at=morning).then(
        e.ClockExtended(by_ms=MINUTE + overrun)
    )


def test_a_minute_is_taken_away_as_it_is_added_as_long_as_some_time_is_left() -> None:
    after = given(writing(STARTED)).when(c.ExtendClock(seconds=-60)).then(e.ClockExtended(by_ms=-MINUTE))
    assert after.clock.total_ms == TWENTY - MINUTE
    assert after.clock.remaining(T0) == TWENTY - MINUTE
    last = T0 + TWENTY - MINUTE
    given(writing(STARTED)).when(c.ExtendClock(seconds=-60), at=last).then(refused(Code.CLOCK_DURATION))


@pytest.mark.parametrize("seconds", [0, -3601, 3601])
def test_a_clock_is_extended_by_a_second_to_an_hour(seconds: int) -> None:
    given(writing()).when(c.ExtendClock(seconds=seconds)).then(refused(Code.CLOCK_DURATION))


def test_no_extension_makes_more_than_four_hours() -> None:
    long = e.ClockStarted(total_ms=239 * MINUTE, deadline=T0 + 239 * MINUTE)
    given(writing(long)).when(c.ExtendClock(seconds=60)).then(e.ClockExtended(by_ms=MINUTE))
    given(writing(long)).when(c.ExtendClock(seconds=61)).then(refused(Code.CLOCK_DURATION))


def test_stopping_puts_back_the_phases_own_time() -> None:
    history = writing(e.ClockStarted(total_ms=MINUTE, deadline=T0 + MINUTE), e.ClockExtended(by_ms=MINUTE))
    after = given(history).when(c.StopClock(), at=T0 + 5 * MINUTE).then(e.ClockStopped())
    assert after.clock == Clock(total_ms=TWENTY, has_run=True)


def test_a_stopped_clock_is_not_stopped() -> None:
    given(writing()).when(c.StopClock()).then(refused(Code.CLOCK_NOT_RUNNING))


def test_time_elapsed_closes_nothing() -> None:
    given(writing(STARTED)).when(POST, by=ALICE, at=T0 + 60 * MINUTE).then(POSTED)


# --- whose turn it is


def test_presenting_a_group_shows_its_sheet_and_gives_it_a_full_turn() -> None:
    running = done(FACILITATOR, e.ClockStarted(total_ms=5 * MINUTE, deadline=T0 + 5 * MINUTE))
    after = given(workshop(Phase.REPORT_BACK), running).when(c.PresentGroup(group=2))
    state = after.then(e.GroupPresented(group=2), view(Scene.GROUP, 2))
    assert (state.presenting, state.wall.group) == (2, 2)
    assert state.clock == Clock(total_ms=5 * MINUTE, has_run=True)


def test_presenting_the_same_group_again_leaves_its_clock_running() -> None:
    running = e.ClockStarted(total_ms=5 * MINUTE, deadline=T0 + 5 * MINUTE)
    history = (*workshop(Phase.REPORT_BACK), *done(FACILITATOR, e.GroupPresented(group=2), running))
    after = given(history).when(c.PresentGroup(group=2)).then(view(Scene.GROUP, 2))
    assert after.clock.status is ClockStatus.RUNNING


def test_nobody_presents_any_more_once_the_report_back_is_left() -> None:
    history = (*workshop(Phase.REPORT_BACK), *done(FACILITATOR, e.GroupPresented(group=2)))
    opened = given(history).when(c.OpenPhase(phase=Phase.SYNTHESIS))
    after = opened.then(e.PhaseOpened(phase=Phase.SYNTHESIS), view(Scene.OVERLAY))
    assert after.presenting == 0


def test_groups_present_during_the_report_back_only() -> None:
    given(writing()).when(c.PresentGroup(group=2)).then(refused(Code.PHASE_NOT_OPEN))


@pytest.mark.parametrize("group", [0, -1, 4])
def test_a_group_that_does_not_exist_does_not_present(group: int) -> None:
    given(workshop(Phase.REPORT_BACK)).when(c.PresentGroup(group=group)).then(refused(Code.UNKNOWN_GROUP))
