"""Taking back one's own last act, and putting back what a facilitator removed.

What undoes an event stands beside it, in the file of its subject.
"""

from atelier.domain import limits
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.features.decisions import DecisionRestored, check_room
from atelier.domain.features.entrance import PeopleReturned
from atelier.domain.features.pen import pen_claimed
from atelier.domain.features.people import ParticipantReturned, check_seats
from atelier.domain.features.sheet import (
    ActionPlaced,
    ActionRemoved,
    ActionSetAside,
    ActionUnplaced,
    check_empty,
)
from atelier.domain.inverses import subject_of
from atelier.domain.parts import changed
from atelier.domain.refusals import Code, Refused
from atelier.domain.registry import ALLOWED_BY, command, decides, event, evolves
from atelier.domain.rights import in_phase
from atelier.domain.rules import MISSIONS, OPEN_OR_CLOSED, SUPPORTING, everyone, facilitators
from atelier.domain.state import Workshop
from atelier.domain.values import Role
from atelier.domain.windows import is_open

# --- commands


@command(everyone(MISSIONS | SUPPORTING))
class UndoLast(Command):
    """Take one’s own last act back, unless somebody changed the same thing since."""


@command(facilitators(OPEN_OR_CLOSED))
class PutBack(Command):
    """Within a minute: what a facilitator removed by hand, `initiative-ID`, `mission-ID`, `line-GROUP-ACTION`,
    `decision-ID`, `person-ID`, `people-OP` or `announcement`."""

    removal: str


# --- events


@event("last-act.undone", stale=(), story="annule ainsi son dernier geste")
class LastActUndone(Event):
    """Follows the event that compensates, and tells it from the same done on purpose: whoever acted has nothing left to
    undo."""


# --- deciding


@decides
def undo_last(state: Workshop, act: Act, command: UndoLast) -> tuple[Event, ...]:
    """Refused when there is nothing, when somebody changed the same thing since, or when it is too late."""
    last = state.last_acts.get(act.by.id)
    if last is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if subject_of(state, last.remedy) != last.left_as:
        raise Refused(Code.CHANGED_SINCE)
    if act.by.role is Role.PARTICIPANT:
        _still_open(state, act, last.remedy)
    if isinstance(last.remedy, ActionPlaced | ActionUnplaced | ActionSetAside):
        pen_claimed(state, act, last.remedy.group)
    if isinstance(last.remedy, ActionRemoved):
        check_empty(state, last.remedy.group, last.remedy.action)
    return (last.remedy, LastActUndone())


@decides
def put_back(state: Workshop, act: Act, command: PutBack) -> tuple[Event, ...]:
    """Refused when it was not removed by hand, too long ago, or when something took its place since."""
    removal = state.removals.get(command.removal)
    if removal is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if not is_open(limits.REMOVAL_UNDO_MS, removal.at, act.at):
        raise Refused(Code.PUT_BACK_TOO_LATE)
    for remedy in removal.remedies:
        _check_limits(state, remedy)
    if subject_of(state, removal.remedies[0]) != removal.left_as:
        raise Refused(Code.CHANGED_SINCE)
    return removal.remedies


def _still_open(state: Workshop, act: Act, remedy: Event) -> None:
    if getattr(remedy, "group", 0) != state.people[act.by.id].group:
        raise Refused(Code.OTHER_GROUP)
    if not in_phase(state, ALLOWED_BY[type(remedy)]):
        raise Refused(Code.PHASE_OVER)


def _check_limits(state: Workshop, remedy: Event) -> None:
    """The limits are those of the moment: what came meanwhile counts."""
    match remedy:
        case DecisionRestored():
            check_room(state)
        case ParticipantReturned():
            check_seats(state, {remedy.participant})
        case PeopleReturned():
            people = state.removals[f"people-{remedy.removal}"].people.values()
            check_seats(state, {person.id for person in people if not person.left} - state.people.keys())


# --- evolving


@evolves
def last_act_undone(state: Workshop, fact: Fact, event: LastActUndone) -> Workshop:
    """An undo is not itself undone."""
    rest = {key: act for key, act in state.last_acts.items() if key != fact.by.id}
    return changed(state, last_acts=rest)
