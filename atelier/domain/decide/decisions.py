"""What the facilitator writes down: notes of the report-back, and the room's decisions."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Decision, Workshop
from atelier.domain.text import clean, clean_optional


def take_note(state: Workshop, act: Act, command: c.TakeNote) -> tuple[e.Event, ...]:
    """One note a group; writing it anew replaces it."""
    text = clean_optional(command.text, limits.NOTE_CHARACTERS)
    if finding.group(state, command.group).note == text:
        return ()
    return (e.NoteTaken(group=command.group, text=text),)


def record(state: Workshop, act: Act, command: c.RecordDecision) -> tuple[e.Event, ...]:
    """Quoi, qui, échéance."""
    if act.fresh_id in state.decisions:
        raise Refused(Code.ALREADY_USED)
    if len(state.decisions) >= limits.DECISIONS:
        raise Refused(Code.TOO_MANY, str(limits.DECISIONS))
    what, who, due = _texts(command)
    return (e.DecisionRecorded(decision=act.fresh_id, what=what, who=who, due=due),)


def edit(state: Workshop, act: Act, command: c.EditDecision) -> tuple[e.Event, ...]:
    """Reword a decision."""
    found = _decision(state, command.decision)
    what, who, due = _texts(command)
    if found == Decision(id=found.id, what=what, who=who, due=due):
        return ()
    return (e.DecisionEdited(decision=found.id, what=what, who=who, due=due),)


def withdraw(state: Workshop, act: Act, command: c.WithdrawDecision) -> tuple[e.Event, ...]:
    """Take a decision off the list."""
    return (e.DecisionWithdrawn(decision=_decision(state, command.decision).id),)


def _texts(command: c.RecordDecision | c.EditDecision) -> tuple[str, str, str]:
    return (
        clean(command.what, limits.DECISION_CHARACTERS),
        clean_optional(command.who, limits.TITLE_CHARACTERS),
        clean_optional(command.due, limits.TITLE_CHARACTERS),
    )


def _decision(state: Workshop, wanted: str) -> Decision:
    found = state.decisions.get(wanted)
    if found is None:
        raise Refused(Code.UNKNOWN_DECISION)
    return found
