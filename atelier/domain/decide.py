"""decide(state, act) → events, or Refused. What decides each command stands beside it, in `features/`."""

from atelier.domain.acts import Act, Event
from atelier.domain.preconditions import moved_on
from atelier.domain.refusals import Code, Refused
from atelier.domain.registry import DECIDERS
from atelier.domain.rights import allow
from atelier.domain.state import Workshop


def decide(state: Workshop, act: Act) -> tuple[Event, ...]:
    """Return the events that `act` brings about in `state`, possibly none. Raises Refused, changes nothing."""
    allow(state, act)
    if moved_on(state, act.command):
        raise Refused(Code.MOVED_ON)
    return DECIDERS[type(act.command)](state, act, act.command)


def accepted(state: Workshop, act: Act) -> bool:
    """Tell whether `act` would be accepted in `state`, without doing it."""
    try:
        decide(state, act)
    except Refused:
        return False
    return True
