"""Putting back what a facilitator removed by hand, for a minute. Any facilitator of the workshop may."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.refusals import Code, Refused
from atelier.domain.removals import standing
from atelier.domain.state import Workshop


def put_back(state: Workshop, act: Act, command: c.PutBack) -> tuple[e.Event, ...]:
    """Refused when it was not removed by hand, too long ago, or when something took its place since."""
    removal = state.removals.get(command.removal)
    if removal is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if act.at - removal.at > limits.REMOVAL_UNDO_MS:
        raise Refused(Code.PUT_BACK_TOO_LATE)
    for remedy in removal.remedies:
        _check_room(state, remedy)
    if standing(state, removal.remedies[0]) != removal.left_as:
        raise Refused(Code.CHANGED_SINCE)
    return removal.remedies


def _check_room(state: Workshop, remedy: e.Event) -> None:
    """The limits are those of the moment: what came meanwhile counts."""
    match remedy:
        case e.DecisionRestored() if len(state.decisions) >= limits.DECISIONS:
            raise Refused(Code.TOO_MANY, str(limits.DECISIONS))
        case e.ParticipantReturned():
            _check_seats(state, {remedy.participant})
        case e.PeopleReturned():
            people = state.removals[f"people-{remedy.removal}"].people.values()
            _check_seats(state, {person.id for person in people if not person.left} - state.people.keys())


def _check_seats(state: Workshop, returning: set[str]) -> None:
    present = sum(1 for _ in state.present())
    if present + len(returning) > limits.PARTICIPANTS:
        raise Refused(Code.WORKSHOP_FULL, str(limits.PARTICIPANTS))
