"""How initiatives change."""

from typing import Any

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import put, with_initiative, with_line
from atelier.domain.state import Initiative, Workshop


def posted(state: Workshop, fact: Fact, event: e.InitiativePosted) -> Workshop:
    """A new text under an action."""
    initiatives = state.group(event.group).lines[event.action].initiatives
    new = Initiative(
        id=event.initiative,
        action=event.action,
        text=event.text,
        author=fact.by.id,
        posted_at=fact.at,
        changed_by=fact.by.id,
    )
    return with_line(state, event.group, event.action, initiatives=put(initiatives, new.id, new))


def edited(state: Workshop, fact: Fact, event: e.InitiativeEdited) -> Workshop:
    """Other words."""
    return _changed(state, event, text=event.text, edited_at=fact.at, changed_by=fact.by.id)


def withdrawn(state: Workshop, fact: Fact, event: e.InitiativeWithdrawn) -> Workshop:
    """Gone from every screen."""
    return _changed(state, event, withdrawn=True, highlighted=False, changed_by=fact.by.id)


def restored(state: Workshop, fact: Fact, event: e.InitiativeRestored) -> Workshop:
    """Back after all."""
    return _changed(state, event, withdrawn=False, changed_by=fact.by.id)


def supported(state: Workshop, fact: Fact, event: e.InitiativeSupported) -> Workshop:
    """One more heart."""
    return _changed(state, event, supporters=_supporters(state, event) | {fact.by.id})


def unsupported(state: Workshop, fact: Fact, event: e.InitiativeUnsupported) -> Workshop:
    """One heart less."""
    return _changed(state, event, supporters=_supporters(state, event) - {fact.by.id})


def hidden(state: Workshop, fact: Fact, event: e.InitiativeHidden) -> Workshop:
    """Off the screens, still its author's."""
    return _changed(state, event, hidden=True)


def shown(state: Workshop, fact: Fact, event: e.InitiativeShown) -> Workshop:
    """On the screens again."""
    return _changed(state, event, hidden=False)


def highlighted(state: Workshop, fact: Fact, event: e.InitiativeHighlighted) -> Workshop:
    """In the wall's footer."""
    return _changed(state, event, highlighted=True)


def dimmed(state: Workshop, fact: Fact, event: e.InitiativeDimmed) -> Workshop:
    """Out of the wall's footer."""
    return _changed(state, event, highlighted=False)


def _changed(state: Workshop, event: Any, **changes: Any) -> Workshop:
    return with_initiative(state, event.group, event.action, event.initiative, **changes)


def _supporters(state: Workshop, event: Any) -> frozenset[str]:
    return state.group(event.group).lines[event.action].initiatives[event.initiative].supporters
