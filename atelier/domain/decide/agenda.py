"""The agenda: phases, the clock of the current one, and whose turn it is to present."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding
from atelier.domain.leaving import leaving
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.values import ClockStatus, Phase, Scene

SCENE_OF_PHASE = {
    Phase.WELCOME: Scene.WELCOME,
    Phase.REMITS: Scene.REMITS,
    Phase.ARTICULATIONS: Scene.OVERVIEW,
    Phase.REPORT_BACK: Scene.OVERVIEW,
    Phase.SYNTHESIS: Scene.OVERLAY,
}


def open_phase(state: Workshop, act: Act, command: c.OpenPhase) -> tuple[e.Event, ...]:
    """Go to any phase; the wall follows with the scene that belongs to it."""
    if state.phase is command.phase:
        raise Refused(Code.PHASE_ALREADY_OPEN)
    if not command.sure and leaving(state, act.at).early:
        raise Refused(Code.LEAVES_EARLY)
    scene = e.WallViewChosen(scene=SCENE_OF_PHASE[command.phase], group=0, action="", page=0)
    return (e.PhaseOpened(phase=command.phase), scene)


def revert_phase(state: Workshop, act: Act, command: c.RevertPhase) -> tuple[e.Event, ...]:
    """Take back the opening of a phase, for a minute: clock, wall and turn come back too."""
    if state.before_phase is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if abs(act.at - state.phase_since) > limits.PHASE_UNDO_MS:  # however the clock was put back since
        raise Refused(Code.UNDO_TOO_LATE)
    return (e.PhaseReverted(phase=state.before_phase.phase),)


def start_clock(state: Workshop, act: Act, command: c.StartClock) -> tuple[e.Event, ...]:
    """Start the phase's time, or `seconds` of one's own choosing."""
    if state.clock.status is not ClockStatus.STOPPED:
        raise Refused(Code.CLOCK_RUNNING)
    total_ms = command.seconds * 1000 or state.clock.total_ms
    if not 0 < total_ms <= limits.PHASE_MINUTES * 60_000:
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    return (e.ClockStarted(total_ms=total_ms, deadline=act.at + total_ms),)


def pause_clock(state: Workshop, act: Act, command: c.PauseClock) -> tuple[e.Event, ...]:
    """Hold what remains."""
    if state.clock.status is not ClockStatus.RUNNING:
        raise Refused(Code.CLOCK_NOT_RUNNING)
    return (e.ClockPaused(remaining_ms=state.clock.remaining(act.at)),)


def resume_clock(state: Workshop, act: Act, command: c.ResumeClock) -> tuple[e.Event, ...]:
    """Go on with what remained."""
    if state.clock.status is not ClockStatus.PAUSED:
        raise Refused(Code.CLOCK_NOT_PAUSED)
    return (e.ClockResumed(deadline=act.at + state.clock.remaining_ms),)


def extend_clock(state: Workshop, act: Act, command: c.ExtendClock) -> tuple[e.Event, ...]:
    """Add time, running, paused, overrun or not started yet. After an overrun the time counts from now."""
    if _same_press(state, act, command):
        return ()
    remaining = state.clock.remaining(act.at)
    overrun = max(0, -remaining)
    by_ms = command.seconds * 1000 + overrun
    too_long = remaining + by_ms > limits.PHASE_MINUTES * 60_000
    if too_long or not 0 < command.seconds <= limits.EXTENSION_SECONDS:
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    return (e.ClockExtended(by_ms=by_ms),)


def _same_press(state: Workshop, act: Act, command: c.ExtendClock) -> bool:
    """Two facilitators saw the same clock and added the same time to it at the same moment; one alone means it."""
    last = state.clock.extension
    if last is None or last.by == act.by.id or act.at - last.at >= limits.SAME_PRESS_MS:
        return False
    return (command.from_total, command.seconds * 1000) == (last.from_total_ms, last.asked_ms)


def stop_clock(state: Workshop, act: Act, command: c.StopClock) -> tuple[e.Event, ...]:
    """Put the clock back to the phase's full time, not running."""
    if state.clock.status is ClockStatus.STOPPED:
        raise Refused(Code.CLOCK_NOT_RUNNING)
    return (e.ClockStopped(),)


def present_group(state: Workshop, act: Act, command: c.PresentGroup) -> tuple[e.Event, ...]:
    """It is that group's turn: its sheet on the wall and on the phones, the time of one turn on the clock.

    Asked again during the turn, it brings the sheet back to the wall and leaves the clock alone.
    """
    finding.group(state, command.group)
    if state.phase is not Phase.REPORT_BACK:
        raise Refused(Code.PHASE_NOT_OPEN)
    view = e.WallViewChosen(scene=Scene.GROUP, group=command.group, action="", page=0)
    return (view,) if state.presenting == command.group else (e.GroupPresented(group=command.group), view)
