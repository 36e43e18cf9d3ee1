"""How the pens of the tables go round."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import changed, with_group
from atelier.domain.state import Workshop


def limited(state: Workshop, fact: Fact, event: e.PensLimited) -> Workshop:
    """One phone a table places; nobody holds a pen yet."""
    return changed(state, one_pen=True)


def freed(state: Workshop, fact: Fact, event: e.PensFreed) -> Workshop:
    """Every phone places."""
    return changed(state, one_pen=False, groups=tuple(changed(group, pen="") for group in state.groups))


def taken(state: Workshop, fact: Fact, event: e.PenTaken) -> Workshop:
    """Somebody places for their table."""
    return with_group(state, event.group, pen=fact.by.id)
