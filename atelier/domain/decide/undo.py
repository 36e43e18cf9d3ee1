"""Undoing one's own last act, by an event that compensates. Nobody undoes others' work this way."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act
from atelier.domain.refusals import Code, Refused
from atelier.domain.remedies import target
from atelier.domain.rights import may
from atelier.domain.state import Workshop
from atelier.domain.values import Role


def undo_last(state: Workshop, act: Act, command: c.UndoLast) -> tuple[e.Event, ...]:
    """Refused when there is nothing, when somebody changed the same thing since, or when it is too late."""
    last = state.last_acts.get(act.by.id)
    if last is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if target(state, last.remedy) != last.left_as:
        raise Refused(Code.CHANGED_SINCE)
    if act.by.role is Role.PARTICIPANT:
        _still_open(state, act, last.remedy)
    return (last.remedy,)


def _still_open(state: Workshop, act: Act, remedy: e.Event) -> None:
    group = getattr(remedy, "group", 0)
    if group != state.people[act.by.id].group:
        raise Refused(Code.OTHER_GROUP)
    if isinstance(remedy, e.InitiativeSupported | e.InitiativeUnsupported):
        return
    # What a participant could do only while the sheet was open can be undone only then.
    probe = c.SayReady(group=group, on=True)
    if not may(state, Act(command=probe, by=act.by, at=act.at, fresh_id="")):
        raise Refused(Code.PHASE_OVER)
