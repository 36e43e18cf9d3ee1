"""How people and their tables change."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import changed, put, with_group
from atelier.domain.state import Participant, Workshop


def joined(state: Workshop, fact: Fact, event: e.ParticipantJoined) -> Workshop:
    """Somebody came in, or came back."""
    known = state.people.get(event.participant)
    person = Participant(
        id=event.participant,
        trade=event.trade,
        group=event.group,
        name=event.name,
        joined_at=known.joined_at if known else fact.at,
    )
    return changed(state, people=put(state.people, person.id, person))


def moved(state: Workshop, fact: Fact, event: e.ParticipantMoved) -> Workshop:
    """Somebody sits at another table."""
    person = changed(state.people[event.participant], group=event.to_group)
    return changed(state, people=put(state.people, person.id, person))


def introduced(state: Workshop, fact: Fact, event: e.ParticipantIntroduced) -> Workshop:
    """Somebody corrected their trade or name."""
    person = changed(state.people[event.participant], trade=event.trade, name=event.name)
    return changed(state, people=put(state.people, person.id, person))


def left(state: Workshop, fact: Fact, event: e.ParticipantLeft) -> Workshop:
    """Somebody is gone; what they wrote stays."""
    person = changed(state.people[event.participant], left=True)
    return changed(state, people=put(state.people, person.id, person))


def undone(state: Workshop, fact: Fact, event: e.LastActUndone) -> Workshop:
    """Somebody took their last act back; an undo is not itself undone."""
    rest = {key: act for key, act in state.last_acts.items() if key != fact.by.id}
    return changed(state, last_acts=rest)


def group_renamed(state: Workshop, fact: Fact, event: e.GroupRenamed) -> Workshop:
    """A table has another name."""
    return with_group(state, event.group, name=event.name)


def said_ready(state: Workshop, fact: Fact, event: e.GroupSaidReady) -> Workshop:
    """A table is done."""
    return with_group(state, event.group, ready=True, ready_by=fact.by.id)


def said_not_ready(state: Workshop, fact: Fact, event: e.GroupSaidNotReady) -> Workshop:
    """A table goes on after all."""
    return with_group(state, event.group, ready=False, ready_by=fact.by.id)
