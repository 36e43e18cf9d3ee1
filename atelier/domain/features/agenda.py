"""The agenda: phases, the clock of the current one, which tables are done, and whose turn it is to present."""

from collections.abc import Mapping

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.features.wall import WallViewChosen
from atelier.domain.leaving import leaving
from atelier.domain.parts import changed, with_group, with_sound_wall
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves, inverts, looks_at
from atelier.domain.rules import MISSIONS, OPEN, everyone, facilitators
from atelier.domain.state import BeforePhase, Clock, Extension, Group, Workshop
from atelier.domain.values import ClockStatus, Phase, Scene

SCENE_OF_PHASE = {
    Phase.WELCOME: Scene.WELCOME,
    Phase.REMITS: Scene.REMITS,
    Phase.ARTICULATIONS: Scene.OVERVIEW,
    Phase.REPORT_BACK: Scene.OVERVIEW,
    Phase.SYNTHESIS: Scene.OVERLAY,
}

# --- commands


@command(facilitators())
class OpenPhase(Command):
    """Go to any phase; the wall follows. With `sure` 0 it is refused (`leaves-early`) where it would cut the current
    phase short; the desk’s forms ask that way first, and again with 1."""

    phase: Phase
    sure: bool = True
    from_phase: Phase | None = None


@command(facilitators())
class RevertPhase(Command):
    """Within a minute: as if the phase had not been opened."""

    from_phase: Phase | None = None


@command(facilitators())
class StartClock(Command):
    """Start the phase’s time, or `seconds`."""

    seconds: int = 0
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@command(facilitators())
class PauseClock(Command):
    """Hold what remains."""

    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@command(facilitators())
class ResumeClock(Command):
    """Go on with what remained."""

    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@command(facilitators())
class ExtendClock(Command):
    """Add 1 to 3600 seconds, whatever the clock is doing; after an overrun they count from now. The same time added by
    two facilitators to the same total (`from_total`, in ms) within a second counts once."""

    seconds: int
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_total: int | None = None


@command(facilitators())
class StopClock(Command):
    """Back to the phase’s full time, not running."""

    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@command(facilitators())
class PresentGroup(Command):
    """In the report-back, it is that group’s turn: its sheet on the wall, a full turn on the clock. Asked again during
    the turn, it brings the sheet back to the wall and leaves the clock alone."""

    group: int
    from_phase: Phase | None = None
    from_presenting: int | None = None


@command(everyone(MISSIONS, statuses=OPEN))
class SayReady(Command):
    """« Notre groupe a terminé », or not after all; nothing closes by it."""

    group: int
    on: bool


# --- events

_NEW_PHASE = (Kind.PHASE, Kind.CLOCK, Kind.WALL, Kind.GROUPS)


@event("phase.opened", stale=_NEW_PHASE, story="phase ouverte : {phase}")
class PhaseOpened(Event):
    """Another phase; its full time on a stopped clock; nobody is ready."""

    phase: Phase


@event("phase.reverted", stale=_NEW_PHASE, story="retour à la phase : {phase}")
class PhaseReverted(Event):
    """The phase before, its clock, wall, turn and readiness as they were."""

    phase: Phase


@event("clock.started", stale=(Kind.CLOCK,), story="le temps court")
class ClockStarted(Event):
    """The clock runs to `deadline` (Unix ms)."""

    total_ms: int
    deadline: int


@event("clock.paused", stale=(Kind.CLOCK,), story="pause")
class ClockPaused(Event):
    """What remains is held; below zero, an overrun."""

    remaining_ms: int


@event("clock.resumed", stale=(Kind.CLOCK,), story="le temps repart")
class ClockResumed(Event):
    """The clock runs to another deadline."""

    deadline: int


@event("clock.extended", stale=(Kind.CLOCK,), story="du temps est ajouté")
class ClockExtended(Event):
    """More time; includes an overrun that it makes up for."""

    by_ms: int


@event("clock.stopped", stale=(Kind.CLOCK,), story="le temps est arrêté")
class ClockStopped(Event):
    """Full time, not running."""


@event("group.presented", stale=(Kind.PHASE, Kind.CLOCK, Kind.WALL), story="le groupe {group} présente")
class GroupPresented(Event):
    """That group’s turn, with the time of one turn."""

    group: int


@event("group.said-ready", stale=(Kind.GROUPS,), story="le groupe {group} a terminé", allowed_by=SayReady)
class GroupSaidReady(Event):
    """A table is done."""

    group: int


@event("group.said-not-ready", stale=(Kind.GROUPS,), story="le groupe {group} continue", allowed_by=SayReady)
class GroupSaidNotReady(Event):
    """It goes on after all."""

    group: int


# --- deciding


@decides
def open_phase(state: Workshop, act: Act, command: OpenPhase) -> tuple[Event, ...]:
    """The wall follows with the scene that belongs to the phase."""
    if state.phase is command.phase:
        raise Refused(Code.PHASE_ALREADY_OPEN)
    if not command.sure and leaving(state, act.at).early:
        raise Refused(Code.LEAVES_EARLY)
    scene = WallViewChosen(scene=SCENE_OF_PHASE[command.phase], group=0, action="", page=0)
    return (PhaseOpened(phase=command.phase), scene)


@decides
def revert_phase(state: Workshop, act: Act, command: RevertPhase) -> tuple[Event, ...]:
    """Clock, wall and turn come back too."""
    if state.before_phase is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if abs(act.at - state.phase_since) > limits.PHASE_UNDO_MS:  # however the clock was put back since
        raise Refused(Code.UNDO_TOO_LATE)
    return (PhaseReverted(phase=state.before_phase.phase),)


@decides
def start_clock(state: Workshop, act: Act, command: StartClock) -> tuple[Event, ...]:
    """Only a stopped one starts."""
    if state.clock.status is not ClockStatus.STOPPED:
        raise Refused(Code.CLOCK_RUNNING)
    total_ms = command.seconds * 1000 or state.clock.total_ms
    if not 0 < total_ms <= limits.PHASE_MINUTES * 60_000:
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    return (ClockStarted(total_ms=total_ms, deadline=act.at + total_ms),)


@decides
def pause_clock(state: Workshop, act: Act, command: PauseClock) -> tuple[Event, ...]:
    """Only a running one pauses."""
    if state.clock.status is not ClockStatus.RUNNING:
        raise Refused(Code.CLOCK_NOT_RUNNING)
    return (ClockPaused(remaining_ms=state.clock.remaining(act.at)),)


@decides
def resume_clock(state: Workshop, act: Act, command: ResumeClock) -> tuple[Event, ...]:
    """Only a paused one goes on."""
    if state.clock.status is not ClockStatus.PAUSED:
        raise Refused(Code.CLOCK_NOT_PAUSED)
    return (ClockResumed(deadline=act.at + state.clock.remaining_ms),)


@decides
def extend_clock(state: Workshop, act: Act, command: ExtendClock) -> tuple[Event, ...]:
    """Running, paused, overrun or not started yet. After an overrun the time counts from now."""
    if _same_press(state, act, command):
        return ()
    remaining = state.clock.remaining(act.at)
    overrun = max(0, -remaining)
    by_ms = command.seconds * 1000 + overrun
    too_long = remaining + by_ms > limits.PHASE_MINUTES * 60_000
    if too_long or not 0 < command.seconds <= limits.EXTENSION_SECONDS:
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    return (ClockExtended(by_ms=by_ms),)


@decides
def stop_clock(state: Workshop, act: Act, command: StopClock) -> tuple[Event, ...]:
    """A stopped one cannot be stopped."""
    if state.clock.status is ClockStatus.STOPPED:
        raise Refused(Code.CLOCK_NOT_RUNNING)
    return (ClockStopped(),)


@decides
def present_group(state: Workshop, act: Act, command: PresentGroup) -> tuple[Event, ...]:
    """During its turn only the wall changes."""
    lookup.group(state, command.group)
    if state.phase is not Phase.REPORT_BACK:
        raise Refused(Code.PHASE_NOT_OPEN)
    view = WallViewChosen(scene=Scene.GROUP, group=command.group, action="", page=0)
    return (view,) if state.presenting == command.group else (GroupPresented(group=command.group), view)


@decides
def say_ready(state: Workshop, act: Act, command: SayReady) -> tuple[Event, ...]:
    """Nothing changes where it was said already."""
    if lookup.group(state, command.group).ready == command.on:
        return ()
    return (GroupSaidReady(group=command.group) if command.on else GroupSaidNotReady(group=command.group),)


def _same_press(state: Workshop, act: Act, command: ExtendClock) -> bool:
    """Two facilitators saw the same clock and added the same time to it at the same moment; one alone means it."""
    last = state.clock.extension
    if last is None or last.by == act.by.id or act.at - last.at >= limits.SAME_PRESS_MS:
        return False
    return (command.from_total, command.seconds * 1000) == (last.from_total_ms, last.asked_ms)


# --- evolving


@evolves
def phase_opened(state: Workshop, fact: Fact, event: PhaseOpened) -> Workshop:
    """How things stood before is kept, for the minute in which it can be taken back."""
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


@evolves
def phase_reverted(state: Workshop, fact: Fact, event: PhaseReverted) -> Workshop:
    """The deadline is absolute, so a running clock lost nothing."""
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


@evolves
def clock_started(state: Workshop, fact: Fact, event: ClockStarted) -> Workshop:
    """It has run in this phase."""
    running = ClockStatus.RUNNING
    clock = Clock(status=running, total_ms=event.total_ms, deadline=event.deadline, has_run=True)
    return changed(state, clock=clock)


@evolves
def clock_paused(state: Workshop, fact: Fact, event: ClockPaused) -> Workshop:
    """There is no deadline any more."""
    clock = changed(state.clock, status=ClockStatus.PAUSED, remaining_ms=event.remaining_ms, deadline=0)
    return changed(state, clock=clock)


@evolves
def clock_resumed(state: Workshop, fact: Fact, event: ClockResumed) -> Workshop:
    """There is a deadline again."""
    clock = changed(state.clock, status=ClockStatus.RUNNING, deadline=event.deadline, remaining_ms=0)
    return changed(state, clock=clock)


@evolves
def clock_extended(state: Workshop, fact: Fact, event: ClockExtended) -> Workshop:
    """Whatever the clock is doing."""
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


@evolves
def clock_stopped(state: Workshop, fact: Fact, event: ClockStopped) -> Workshop:
    """The phase's full time again."""
    return changed(state, clock=_full_again(state))


@evolves
def group_presented(state: Workshop, fact: Fact, event: GroupPresented) -> Workshop:
    """The time of one turn again."""
    presented = state.presented | {event.group}
    return changed(state, presenting=event.group, presented=presented, clock=_full_again(state))


@evolves
def group_said_ready(state: Workshop, fact: Fact, event: GroupSaidReady) -> Workshop:
    """Who said it is known, for the undo."""
    return with_group(state, event.group, ready=True, ready_by=fact.by.id)


@evolves
def group_said_not_ready(state: Workshop, fact: Fact, event: GroupSaidNotReady) -> Workshop:
    """Who said it is known, for the undo."""
    return with_group(state, event.group, ready=False, ready_by=fact.by.id)


def _with_ready(state: Workshop, ready: Mapping[int, str]) -> tuple[Group, ...]:
    return tuple(
        changed(group, ready=group.number in ready, ready_by=ready.get(group.number, ""))
        for group in state.groups
    )


def _full_again(state: Workshop) -> Clock:
    return changed(_full(state, state.phase), has_run=state.clock.has_run)


def _full(state: Workshop, phase: Phase) -> Clock:
    return Clock(total_ms=state.prepared.minutes[phase] * 60_000)


# --- undoing


@inverts
def _not_ready(before: Workshop, event: GroupSaidReady) -> GroupSaidNotReady:
    return GroupSaidNotReady(group=event.group)


@inverts
def _ready(before: Workshop, event: GroupSaidNotReady) -> GroupSaidReady:
    return GroupSaidReady(group=event.group)


@looks_at
def _readiness(state: Workshop, event: GroupSaidReady | GroupSaidNotReady) -> object:
    group = state.group(event.group)
    return (group.ready, group.ready_by)
