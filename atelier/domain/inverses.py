"""How an event is undone: by its author, and for a minute what a facilitator removed by hand.

Nothing here keeps words from an erasure: texts stay in the state, withdrawn, and an erasure forgets all removals.
"""

from atelier.domain import limits
from atelier.domain.acts import Event, Fact
from atelier.domain.registry import INVERSES, REMOVAL_NAMES, RESTORERS, SUBJECTS
from atelier.domain.state import Removal, Workshop
from atelier.domain.windows import is_open


def inverse_of(before: Workshop, event: Event) -> Event | None:
    """Return the event that would take `before` + `event` back to `before`, or None where nothing undoes it."""
    invert = INVERSES.get(type(event))
    return invert(before, event) if invert else None


def subject_of(state: Workshop, event: Event) -> object:
    """Return how the thing that `event` would change stands in `state`, comparable by equality. Raises KeyError."""
    return SUBJECTS[type(event)](state, event)


def removals_after(before: Workshop, after: Workshop, fact: Fact) -> dict[str, Removal] | None:
    """Return the removals to remember after `fact`, None when they are those of before."""
    name_of = REMOVAL_NAMES.get(type(fact.event))
    if name_of is None:
        return None
    name = name_of(fact.event)
    if type(fact.event) not in RESTORERS:  # it takes a removal back, or makes it pointless
        rest = {key: each for key, each in after.removals.items() if key != name}
        return rest if len(rest) < len(after.removals) else None
    removal = _removal(before, after, fact, name) if fact.by.facilitates else None
    if removal is None:
        return None
    recent = [
        (key, each)
        for key, each in after.removals.items()
        if key != name and is_open(limits.REMOVAL_UNDO_MS, each.at, fact.at)
    ]
    return {**dict(recent[1 - limits.REMOVALS_REMEMBERED :]), name: removal}


def _removal(before: Workshop, after: Workshop, fact: Fact, name: str) -> Removal | None:
    back = RESTORERS[type(fact.event)](before, fact.event)
    if back is None:
        return None
    return Removal(
        id=name,
        at=fact.at,
        remedies=back.remedies,
        left_as=subject_of(after, back.remedies[0]),
        decision=back.decision,
        place=back.place,
        people=back.people,
        vote=back.vote,
    )
