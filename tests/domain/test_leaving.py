"""Leaving a phase that was not at its end is asked once: a clock that never ran, tables at work with time left."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.leaving import leaving
from atelier.domain.refusals import Code
from atelier.domain.values import Phase
from tests.support.histories import (
    ALICE,
    CLAIRE,
    FACILITATOR,
    MINUTE,
    T0,
    done,
    given,
    refused,
    state_of,
    workshop,
)

TWENTY = 20 * MINUTE
STARTED = e.ClockStarted(total_ms=TWENTY, deadline=T0 + TWENTY)
READY_1, READY_2 = e.GroupSaidReady(group=1), e.GroupSaidReady(group=2)
ONWARD = c.OpenPhase(phase=Phase.REPORT_BACK, sure=False)


def writing(*events: e.Event) -> tuple[Fact, ...]:
    """Articulations, tables 1 and 2 at work, table 3 empty; and what was done then."""
    return (*workshop(Phase.ARTICULATIONS), *done(FACILITATOR, *events))


def reporting(*events: e.Event) -> tuple[Fact, ...]:
    """The report-back, the same people; and what was done then."""
    return (*workshop(Phase.REPORT_BACK), *done(FACILITATOR, *events))


ASKED = [
    (writing(), 0),
    (writing(READY_1, READY_2), 0),
    (writing(STARTED), MINUTE),
    (writing(STARTED, READY_1), 17 * MINUTE),
    (writing(STARTED, e.ClockPaused(remaining_ms=3 * MINUTE)), TWENTY),
    (writing(STARTED, e.ClockStopped()), 0),
]
"""What was done, and how long (ms) after it the phase is left."""
UNASKED = [
    (writing(STARTED, READY_1, READY_2), MINUTE),
    (writing(STARTED), 18 * MINUTE),
    (writing(STARTED), 25 * MINUTE),
    (writing(STARTED, e.ClockPaused(remaining_ms=2 * MINUTE)), 0),
]


@pytest.mark.parametrize(("history", "after_ms"), ASKED)
def test_a_phase_that_would_be_cut_short_is_left_once_one_is_sure(
    history: tuple[Fact, ...], after_ms: int
) -> None:
    before = given(history)
    before.when(ONWARD, at=T0 + after_ms).then(refused(Code.LEAVES_EARLY))
    sure = c.OpenPhase(phase=Phase.REPORT_BACK, sure=True)
    assert isinstance(before.when(sure, at=T0 + after_ms).outcome, tuple)


@pytest.mark.parametrize(("history", "after_ms"), UNASKED)
def test_a_phase_at_its_end_is_left_at_once(history: tuple[Fact, ...], after_ms: int) -> None:
    assert isinstance(given(history).when(ONWARD, at=T0 + after_ms).outcome, tuple)


def test_the_welcome_and_a_phase_without_time_are_left_at_once() -> None:
    onward = c.OpenPhase(phase=Phase.REMITS, sure=False)
    assert isinstance(given(workshop()).when(onward).outcome, tuple)
    timed = done(FACILITATOR, e.ClockExtended(by_ms=5 * MINUTE))
    assert isinstance(given(workshop(), timed).when(onward).outcome, tuple)


def test_the_question_tells_who_is_at_work_and_what_is_left() -> None:
    state = state_of(writing(STARTED, READY_2))
    found = leaving(state, T0 + 2_000)
    assert (found.never_ran, found.unfinished, found.counting) == (False, 1, True)
    assert found.left_ms == TWENTY - 2_000


def test_an_empty_table_is_not_waited_for() -> None:
    gone = done(CLAIRE, e.ParticipantLeft(participant=CLAIRE.id, group=2))
    assert leaving(state_of((*writing(STARTED), *gone)), T0).unfinished == 1
    assert leaving(state_of(writing(STARTED)), T0).unfinished == 2


def test_in_the_report_back_those_have_finished_whose_turn_is_over() -> None:
    five = e.ClockStarted(total_ms=5 * MINUTE, deadline=T0 + 5 * MINUTE)
    nobody_yet = state_of(reporting())
    first = state_of(reporting(e.GroupPresented(group=1), five))
    second_first = state_of(reporting(e.GroupPresented(group=2), five, e.GroupPresented(group=1)))
    assert [leaving(state, T0).unfinished for state in (nobody_yet, first, second_first)] == [2, 2, 1]
    assert leaving(first, T0).turns
    assert not leaving(state_of(writing(STARTED)), T0).turns
    onward = c.OpenPhase(phase=Phase.SYNTHESIS, sure=False)
    last = reporting(e.GroupPresented(group=1), five, e.GroupPresented(group=2), five)
    given(last).when(onward).then(refused(Code.LEAVES_EARLY))
    assert isinstance(given(last).when(onward, at=T0 + 3 * MINUTE).outcome, tuple)


def test_a_phase_taken_back_remembers_who_presented_and_that_its_clock_ran() -> None:
    five = e.ClockStarted(total_ms=5 * MINUTE, deadline=T0 + 5 * MINUTE)
    history = reporting(e.GroupPresented(group=1), five, e.PhaseOpened(phase=Phase.SYNTHESIS))
    left = state_of(history)
    assert (left.presented, left.clock.has_run) == (frozenset(), False)
    back = given(history).when(c.RevertPhase()).then(e.PhaseReverted(phase=Phase.REPORT_BACK))
    assert (back.presented, back.clock.has_run) == (frozenset({1}), True)


def test_a_participant_is_refused_for_what_they_are() -> None:
    given(writing()).when(ONWARD, by=ALICE).then(refused(Code.NOT_ALLOWED))
