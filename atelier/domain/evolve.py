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
    after = _after(state, fact)
    act = _last_act(state, after, fact)
    return after if act is None else changed(after, last_acts=put(after.last_acts, fact.by.id, act))


def fold(facts: Iterable[Fact], state: Workshop | None = None) -> Workshop:
    """Return the state that `facts` add up to, from `state` or from nothing."""
    folded, own = initial_state() if state is None else state, None
    for fact in facts:
        before, folded = folded, _after(folded, fact)
        act = _last_act(before, folded, fact)
        if act is not None:
            if own is None or folded.last_acts is not own:
                # Of the states in between nothing is left: what they did last is noted in one mapping, not in copies.
                own = dict(folded.last_acts)
                folded = changed(folded, last_acts=own)
            own[fact.by.id] = act
    return folded


def _after(state: Workshop, fact: Fact) -> Workshop:
    """The state after `fact`, but for what its author did last."""
    after = _noticed(EVOLVERS[type(fact.event)](state, fact, fact.event), fact)
    removals = removals_after(state, after, fact)
    return after if removals is None else changed(after, removals=removals)


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


def _last_act(before: Workshop, after: Workshop, fact: Fact) -> LastAct | None:
    """What `fact` can be taken back by, None when it cannot."""
    undoing = inverse_of(before, fact.event)
    return None if undoing is None else LastAct(remedy=undoing, left_as=subject_of(after, undoing))
