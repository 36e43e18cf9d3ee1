"""The decisions of the workshop that this one follows: the room says how far each has come."""

from atelier.domain import lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.moves import standing
from atelier.domain.parts import changed, put
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves, inverts, looks_at
from atelier.domain.rules import OPEN_OR_CLOSED, facilitators
from atelier.domain.state import Workshop
from atelier.domain.values import DecisionStatus

# --- commands


@command(facilitators(OPEN_OR_CLOSED))
class FollowUpDecision(Command):
    """Say how far a decision of the workshop that this one follows has come; `to-do`: nobody told yet."""

    decision: str
    status: DecisionStatus


# --- events


@event(
    "decision.followed",
    stale=(Kind.FOLLOW_UP,),
    story="une décision de la dernière fois : {status}",
    allowed_by=FollowUpDecision,
)
class DecisionFollowedUp(Event):
    """That decision of the last time has come so far."""

    decision: str
    status: DecisionStatus


# --- deciding


@decides
def follow_up_decision(state: Workshop, act: Act, command: FollowUpDecision) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    found = lookup.previous_decision(state, command.decision)
    if standing(state, found) is command.status:
        return ()
    return (DecisionFollowedUp(decision=found.id, status=command.status),)


# --- evolving


@evolves
def decision_followed_up(state: Workshop, fact: Fact, event: DecisionFollowedUp) -> Workshop:
    """In place of what was told before."""
    return changed(state, followed_up=put(state.followed_up, event.decision, event.status))


# --- undoing


@inverts
def _as_told_before(before: Workshop, event: DecisionFollowedUp) -> DecisionFollowedUp:
    return DecisionFollowedUp(decision=event.decision, status=_told(before, event.decision))


@looks_at
def _what_is_told(state: Workshop, event: DecisionFollowedUp) -> object:
    return _told(state, event.decision)


def _told(state: Workshop, decision: str) -> DecisionStatus:
    return standing(state, lookup.previous_decision(state, decision))
