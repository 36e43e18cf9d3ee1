"""evolve(state, fact) → state. Never refuses: what the journal says has happened.

What each event changes stands beside it, in `features/`; here is what every fact changes besides.
"""

from collections.abc import Iterable

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.inverses import inverse_of, removals_after, subject_of
from atelier.domain.parts import changed, put
from atelier.domain.registry import EVOLVERS
from atelier.domain.state import LastAct, Workshop, initial_state
from atelier.domain.values import Role

_COMING_AND_GOING = frozenset(
    {e.ParticipantJoined, e.ParticipantMoved, e.ParticipantIntroduced, e.ParticipantLeft, e.ParticipantErased}
)
_TEXTS = frozenset({e.InitiativePosted, e.MissionAdded, e.ActionAdded, e.TextReceived})


def evolve(state: Workshop, fact: Fact) -> Workshop:
    """Return the state after `fact`. Raises KeyError on an event that nobody taught it."""
    after = _noticed(EVOLVERS[type(fact.event)](state, fact, fact.event), fact)
    removals = removals_after(state, after, fact)
    if removals is not None:
        after = changed(after, removals=removals)
    return _remember(state, after, fact)


def fold(facts: Iterable[Fact], state: Workshop | None = None) -> Workshop:
    """Return the state that `facts` add up to, from `state` or from nothing."""
    folded = initial_state() if state is None else state
    for fact in facts:
        folded = evolve(folded, fact)
    return folded


def _noticed(state: Workshop, fact: Fact) -> Workshop:
    """Whoever does more than come and go is no false arrival; texts are counted, taken back ones too."""
    if fact.by.role is not Role.PARTICIPANT or type(fact.event) in _COMING_AND_GOING:
        return state
    person = state.people.get(fact.by.id)
    texts = type(fact.event) in _TEXTS
    if person is None or (person.acted and not texts):
        return state
    person = changed(person, acted=True, texts=person.texts + texts)
    return changed(state, people=put(state.people, person.id, person))


def _remember(before: Workshop, after: Workshop, fact: Fact) -> Workshop:
    undoing = inverse_of(before, fact.event)
    if undoing is None:
        return after
    act = LastAct(remedy=undoing, left_as=subject_of(after, undoing))
    return changed(after, last_acts=put(after.last_acts, fact.by.id, act))
