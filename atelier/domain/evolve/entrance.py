"""How the entrance changes, and who is shown out or comes back."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import changed, put
from atelier.domain.state import Workshop
from atelier.domain.values import Entrance


def closed(state: Workshop, fact: Fact, event: e.EntranceClosed) -> Workshop:
    """Nobody new comes in."""
    return changed(state, entrance=Entrance.CLOSED)


def opened(state: Workshop, fact: Fact, event: e.EntranceOpened) -> Workshop:
    """As many as were expected come in at once, a crowd at a pace."""
    return changed(state, entrance=Entrance.PACED)


def freed(state: Workshop, fact: Fact, event: e.EntranceFreed) -> Workshop:
    """Everybody comes in at once."""
    return changed(state, entrance=Entrance.FREE)


def removed(state: Workshop, fact: Fact, event: e.PeopleRemoved) -> Workshop:
    """They were never here."""
    gone = set(event.participants)
    return changed(state, people={key: person for key, person in state.people.items() if key not in gone})


def returned(state: Workshop, fact: Fact, event: e.PeopleReturned) -> Workshop:
    """They are back where they stood; who came in again meanwhile stays as they came."""
    removal = state.removals.get(f"people-{event.removal}")
    people = {**(removal.people if removal else {}), **state.people}
    return changed(state, people=dict(sorted(people.items(), key=lambda each: each[1].joined_at)))


def put_back(state: Workshop, fact: Fact, event: e.ParticipantReturned) -> Workshop:
    """Somebody who was shown out is here after all."""
    person = changed(state.people[event.participant], left=False)
    return changed(state, people=put(state.people, person.id, person))
