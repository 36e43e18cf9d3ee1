"""The clock of the current phase: started, paused, extended, stopped."""

from atelier.domain import limits
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import facilitators
from atelier.domain.state import Clock, Extension, Workshop
from atelier.domain.values import ClockStatus, Phase
from atelier.domain.windows import left_of

# --- commands


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
    """Add 1 to 3600 seconds, whatever the clock is doing, or take some of those left away (below 0); after an overrun
    they count from now. The same time added by two facilitators to the same total (`from_total`, in ms) within a second
    counts once."""

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


# --- events


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


# --- deciding


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
    left = remaining + by_ms
    if (
        not 0 < left <= limits.PHASE_MINUTES * 60_000
        or not 0 < abs(command.seconds) <= limits.EXTENSION_SECONDS
    ):
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    return (ClockExtended(by_ms=by_ms),)


@decides
def stop_clock(state: Workshop, act: Act, command: StopClock) -> tuple[Event, ...]:
    """A stopped one cannot be stopped."""
    if state.clock.status is ClockStatus.STOPPED:
        raise Refused(Code.CLOCK_NOT_RUNNING)
    return (ClockStopped(),)


def _same_press(state: Workshop, act: Act, command: ExtendClock) -> bool:
    """Two facilitators saw the same clock and added the same time to it at the same moment; one alone means it."""
    last = state.clock.extension
    if last is None or last.by == act.by.id or left_of(limits.SAME_PRESS_MS, last.at, act.at) <= 0:
        return False
    return (command.from_total, command.seconds * 1000) == (last.from_total_ms, last.asked_ms)


# --- evolving


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
    return changed(state, clock=full_clock_again(state))


def full_clock_again(state: Workshop) -> Clock:
    """Return the clock of the current phase, stopped; that it has run is not forgotten."""
    return changed(full_clock(state, state.phase), has_run=state.clock.has_run)


def full_clock(state: Workshop, phase: Phase) -> Clock:
    """Return the clock of a phase that begins."""
    return Clock(total_ms=state.prepared.minutes[phase] * 60_000)
