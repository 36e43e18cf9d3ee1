"""How phases, the clock and the turns of the report-back change."""

from collections.abc import Mapping

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import changed, with_sound_wall
from atelier.domain.state import BeforePhase, Clock, Extension, Group, Workshop
from atelier.domain.values import ClockStatus, Phase


def phase_opened(state: Workshop, fact: Fact, event: e.PhaseOpened) -> Workshop:
    """Another phase, its full time on a stopped clock, nobody ready yet."""
    before = BeforePhase(
        phase=state.phase,
        phase_since=state.phase_since,
        clock=state.clock,
        wall=state.wall,
        presenting=state.presenting,
        ready={group.number: group.ready_by for group in state.groups if group.ready},
        presented=state.presented,
    )
    return changed(
        state,
        phase=event.phase,
        phase_since=fact.at,
        left_at={**state.left_at, state.phase: fact.at},
        before_phase=before,
        clock=_full(state, event.phase),
        presenting=0,
        presented=frozenset(),
        groups=_with_ready(state, {}),
    )


def phase_reverted(state: Workshop, fact: Fact, event: e.PhaseReverted) -> Workshop:
    """As if it had not been opened. The deadline is absolute, so a running clock lost nothing."""
    before = state.before_phase
    if before is None:
        raise LookupError("no phase to go back to")
    as_before = changed(
        state,
        phase=before.phase,
        phase_since=before.phase_since,
        left_at={**state.left_at, state.phase: fact.at},
        before_phase=None,
        clock=before.clock,
        wall=before.wall,
        presenting=before.presenting,
        presented=before.presented,
        groups=_with_ready(state, before.ready),
    )
    return with_sound_wall(as_before)


def clock_started(state: Workshop, fact: Fact, event: e.ClockStarted) -> Workshop:
    """The clock runs to its deadline."""
    running = ClockStatus.RUNNING
    clock = Clock(status=running, total_ms=event.total_ms, deadline=event.deadline, has_run=True)
    return changed(state, clock=clock)


def clock_paused(state: Workshop, fact: Fact, event: e.ClockPaused) -> Workshop:
    """What remains is held."""
    clock = changed(state.clock, status=ClockStatus.PAUSED, remaining_ms=event.remaining_ms, deadline=0)
    return changed(state, clock=clock)


def clock_resumed(state: Workshop, fact: Fact, event: e.ClockResumed) -> Workshop:
    """The clock runs to a new deadline."""
    clock = changed(state.clock, status=ClockStatus.RUNNING, deadline=event.deadline, remaining_ms=0)
    return changed(state, clock=clock)


def clock_extended(state: Workshop, fact: Fact, event: e.ClockExtended) -> Workshop:
    """More time, whatever the clock is doing."""
    clock = state.clock
    overrun_ms = max(0, -clock.remaining(fact.at))
    extension = Extension(
        by=fact.by.id, at=fact.at, asked_ms=event.by_ms - overrun_ms, from_total_ms=clock.total_ms
    )
    more = changed(clock, total_ms=clock.total_ms + event.by_ms, extension=extension)
    if clock.status is ClockStatus.RUNNING:
        more = changed(more, deadline=clock.deadline + event.by_ms)
    if clock.status is ClockStatus.PAUSED:
        more = changed(more, remaining_ms=clock.remaining_ms + event.by_ms)
    return changed(state, clock=more)


def clock_stopped(state: Workshop, fact: Fact, event: e.ClockStopped) -> Workshop:
    """The phase's full time again, not running."""
    return changed(state, clock=_full_again(state))


def group_presented(state: Workshop, fact: Fact, event: e.GroupPresented) -> Workshop:
    """That group's turn, with the time of one turn."""
    presented = state.presented | {event.group}
    return changed(state, presenting=event.group, presented=presented, clock=_full_again(state))


def _with_ready(state: Workshop, ready: Mapping[int, str]) -> tuple[Group, ...]:
    return tuple(
        changed(group, ready=group.number in ready, ready_by=ready.get(group.number, ""))
        for group in state.groups
    )


def _full_again(state: Workshop) -> Clock:
    return changed(_full(state, state.phase), has_run=state.clock.has_run)


def _full(state: Workshop, phase: Phase) -> Clock:
    return Clock(total_ms=state.prepared.minutes[phase] * 60_000)
