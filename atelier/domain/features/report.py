"""What the facilitator writes down: notes of the report-back, and the room's decisions."""

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, put, with_group
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import command, decides, event, evolves, looks_at, names_removal, restores
from atelier.domain.rules import OPEN_OR_CLOSED, facilitators
from atelier.domain.state import Decision, Restoration, Workshop
from atelier.domain.text import clean, clean_optional

# --- commands


@command(facilitators(OPEN_OR_CLOSED))
class TakeNote(Command):
    """One note a group (600 characters); writing it anew replaces it, empty erases it."""

    group: int
    text: str


@command(facilitators(OPEN_OR_CLOSED))
class RecordDecision(Command):
    """Write down a decision: quoi, qui, échéance."""

    what: str
    who: str = ""
    due: str = ""


@command(facilitators(OPEN_OR_CLOSED))
class EditDecision(Command):
    """Find other words for a decision."""

    decision: str
    what: str
    who: str = ""
    due: str = ""


@command(facilitators(OPEN_OR_CLOSED))
class WithdrawDecision(Command):
    """Take a decision off the list."""

    decision: str


# --- events


@event("note.taken", stale=(Part(Kind.NOTES, ("group",)),), story="note du groupe {group} : « {text} »")
class NoteTaken(Event):
    """What that group said."""

    group: int
    text: str


@event("decision.recorded", stale=(Kind.DECISIONS,), story="décision : « {what} »")
class DecisionRecorded(Event):
    """One more decision: quoi, qui, échéance."""

    decision: str
    what: str
    who: str
    due: str


@event("decision.edited", stale=(Kind.DECISIONS,), story="décision reformulée : « {what} »")
class DecisionEdited(Event):
    """The decision has other words."""

    decision: str
    what: str
    who: str
    due: str


@event("decision.withdrawn", stale=(Kind.DECISIONS, Kind.REMOVALS), story="une décision est retirée")
class DecisionWithdrawn(Event):
    """Off the list."""

    decision: str


@event("decision.restored", stale=(Kind.DECISIONS, Kind.REMOVALS), story="une décision retirée revient")
class DecisionRestored(Event):
    """Put back: on the list again, where it stood."""

    decision: str


# --- deciding


@decides
def take_note(state: Workshop, act: Act, command: TakeNote) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    text = clean_optional(command.text, limits.NOTE_CHARACTERS)
    if lookup.group(state, command.group).note == text:
        return ()
    return (NoteTaken(group=command.group, text=text),)


@decides
def record_decision(state: Workshop, act: Act, command: RecordDecision) -> tuple[Event, ...]:
    """Up to what a wall and a page hold."""
    if act.fresh_id in state.decisions:
        raise Refused(Code.ALREADY_USED)
    check_room(state)
    what, who, due = _texts(command)
    return (DecisionRecorded(decision=act.fresh_id, what=what, who=who, due=due),)


@decides
def edit_decision(state: Workshop, act: Act, command: EditDecision) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    found = lookup.decision(state, command.decision)
    what, who, due = _texts(command)
    if found == Decision(id=found.id, what=what, who=who, due=due):
        return ()
    return (DecisionEdited(decision=found.id, what=what, who=who, due=due),)


@decides
def withdraw_decision(state: Workshop, act: Act, command: WithdrawDecision) -> tuple[Event, ...]:
    """It can be put back for a minute."""
    return (DecisionWithdrawn(decision=lookup.decision(state, command.decision).id),)


def check_room(state: Workshop) -> None:
    """Refuse when the list is full."""
    if len(state.decisions) >= limits.DECISIONS:
        raise Refused(Code.TOO_MANY, str(limits.DECISIONS))


def _texts(command: RecordDecision | EditDecision) -> tuple[str, str, str]:
    return (
        clean(command.what, limits.DECISION_CHARACTERS),
        clean_optional(command.who, limits.TITLE_CHARACTERS),
        clean_optional(command.due, limits.TITLE_CHARACTERS),
    )


# --- evolving


@evolves
def note_taken(state: Workshop, fact: Fact, event: NoteTaken) -> Workshop:
    """In place of the note before."""
    return with_group(state, event.group, note=event.text)


@evolves
def decision_recorded(state: Workshop, fact: Fact, event: DecisionRecorded | DecisionEdited) -> Workshop:
    """Last of the list when it is new, in its place when it is reworded."""
    decision = Decision(id=event.decision, what=event.what, who=event.who, due=event.due)
    return changed(state, decisions=put(state.decisions, decision.id, decision))


@evolves
def decision_withdrawn(state: Workshop, fact: Fact, event: DecisionWithdrawn) -> Workshop:
    """No part of the state any more, but for what would put it back."""
    rest = {key: decision for key, decision in state.decisions.items() if key != event.decision}
    return changed(state, decisions=rest)


@evolves
def decision_restored(state: Workshop, fact: Fact, event: DecisionRestored) -> Workshop:
    """Between those that stand around it."""
    removal = state.removals.get(f"decision-{event.decision}")
    if removal is None or removal.decision is None:
        return state
    listed = list(state.decisions.items())
    listed.insert(removal.place, (event.decision, removal.decision))
    return changed(state, decisions=dict(listed))


# --- putting back


@names_removal
def _decision(event: DecisionWithdrawn | DecisionRestored) -> str:
    return f"decision-{event.decision}"


@restores
def _where_it_stood(before: Workshop, event: DecisionWithdrawn) -> Restoration:
    return Restoration(
        remedies=(DecisionRestored(decision=event.decision),),
        decision=before.decisions[event.decision],
        place=list(before.decisions).index(event.decision),
    )


@looks_at
def _whether_listed(state: Workshop, event: DecisionRestored) -> object:
    return event.decision in state.decisions
