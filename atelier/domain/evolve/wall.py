"""How what everybody sees changes: scene, announcement, notes and decisions."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import changed, put, with_group, with_sound_wall
from atelier.domain.state import Decision, WallView, Workshop


def view_chosen(state: Workshop, fact: Fact, event: e.WallViewChosen) -> Workshop:
    """The wall shows that."""
    view = WallView(scene=event.scene, group=event.group, action=event.action, page=event.page)
    return changed(state, wall=view)


def announced(state: Workshop, fact: Fact, event: e.AnnouncementMade) -> Workshop:
    """A line for everybody."""
    return changed(state, announcement=event.text)


def announcement_cleared(state: Workshop, fact: Fact, event: e.AnnouncementCleared) -> Workshop:
    """No line any more; a wall that showed only that is left blank."""
    return with_sound_wall(changed(state, announcement=""))


def arms_hidden(state: Workshop, fact: Fact, event: e.ArmsHidden) -> Workshop:
    """Only counts on the wall."""
    return changed(state, discreet=True)


def arms_revealed(state: Workshop, fact: Fact, event: e.ArmsRevealed) -> Workshop:
    """Arms on the wall."""
    return changed(state, discreet=False)


def footer_opened(state: Workshop, fact: Fact, event: e.FooterOpened) -> Workshop:
    """Every new initiative passes in the footer."""
    return changed(state, footer_open=True)


def footer_restricted(state: Workshop, fact: Fact, event: e.FooterRestricted) -> Workshop:
    """Highlighted ones only."""
    return changed(state, footer_open=False)


def note_taken(state: Workshop, fact: Fact, event: e.NoteTaken) -> Workshop:
    """What that group said."""
    return with_group(state, event.group, note=event.text)


def decision_recorded(state: Workshop, fact: Fact, event: e.DecisionRecorded | e.DecisionEdited) -> Workshop:
    """A decision, new or reworded."""
    decision = Decision(id=event.decision, what=event.what, who=event.who, due=event.due)
    return changed(state, decisions=put(state.decisions, decision.id, decision))


def decision_withdrawn(state: Workshop, fact: Fact, event: e.DecisionWithdrawn) -> Workshop:
    """Off the list."""
    rest = {key: decision for key, decision in state.decisions.items() if key != event.decision}
    return changed(state, decisions=rest)


def decision_restored(state: Workshop, fact: Fact, event: e.DecisionRestored) -> Workshop:
    """On the list again, where it stood."""
    removal = state.removals.get(f"decision-{event.decision}")
    if removal is None or removal.decision is None:
        return state
    listed = list(state.decisions.items())
    listed.insert(removal.place, (event.decision, removal.decision))
    return changed(state, decisions=dict(listed))
