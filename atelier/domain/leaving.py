"""Leaving a phase before its end: what that would cut short."""

from dataclasses import dataclass

from atelier.domain import limits
from atelier.domain.state import Workshop
from atelier.domain.values import ClockStatus, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What leaving the current phase would cut short: a clock that never ran, `unfinished` tables with time left.

    `turns`: what is unfinished are turns to present. `counting`: the clock runs or is paused, so that what it shows is
    time left; stopped, it shows a whole turn.
    """

    never_ran: bool
    unfinished: int
    turns: bool
    counting: bool
    left_ms: int

    @property
    def early(self) -> bool:
        """True when it is worth asking first."""
        return self.never_ran or (self.unfinished > 0 and self.left_ms > limits.LEAVING_EARLY_MS)


def leaving(state: Workshop, at: int) -> Leaving:
    """Return what leaving the current phase at `at` (Unix ms) would cut short."""
    clock = state.clock
    timed = clock.total_ms > 0 and state.phase is not Phase.WELCOME
    return Leaving(
        never_ran=timed and not clock.has_run,
        unfinished=len(unfinished(state)) if timed else 0,
        turns=state.phase is Phase.REPORT_BACK,
        counting=clock.status is not ClockStatus.STOPPED,
        left_ms=clock.remaining(at),
    )


def unfinished(state: Workshop) -> list[int]:
    """Return the tables that have not said to be ready, or whose turn to present is not over; those with no phone say
    nothing."""
    if state.phase is Phase.REPORT_BACK:
        done = state.presented - {state.presenting}
        return [number for number in _used(state) if number not in done]
    if state.phase in (Phase.REMITS, Phase.ARTICULATIONS):
        return [number for number in _used(state) if not state.group(number).ready]
    return []


def _used(state: Workshop) -> list[int]:
    return sorted({person.group for person in state.present()})
