"""Undoing one's own last act, by an event that compensates. Nobody undoes others' work this way."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act
from atelier.domain.decide import pens, sheet
from atelier.domain.refusals import Code, Refused
from atelier.domain.remedies import target
from atelier.domain.rights import in_phase
from atelier.domain.state import Workshop
from atelier.domain.values import Role

_PLACEMENTS = (e.ActionPlaced, e.ActionUnplaced, e.ActionSetAside)
_AS_ONE_WOULD: dict[type[e.Event], type[c.Command]] = {
    e.ActionPlaced: c.PlaceAction,
    e.ActionUnplaced: c.UnplaceAction,
    e.ActionSetAside: c.SetActionAside,
    e.ActionRemoved: c.RemoveAction,
    e.ActionRestored: c.AddAction,
    e.ActionRenamed: c.RenameAction,
    e.InitiativeWithdrawn: c.WithdrawInitiative,
    e.InitiativeRestored: c.PostInitiative,
    e.InitiativeEdited: c.EditInitiative,
    e.InitiativeSupported: c.SupportInitiative,
    e.InitiativeUnsupported: c.UnsupportInitiative,
    e.MissionWithdrawn: c.WithdrawMission,
    e.MissionRestored: c.AddMission,
    e.MissionEdited: c.EditMission,
    e.MissionMoved: c.MoveMission,
    e.GroupSaidReady: c.SayReady,
    e.GroupSaidNotReady: c.SayReady,
}
"""The command that does what the remedy does: a participant may undo while they may give that command."""


def undo_last(state: Workshop, act: Act, command: c.UndoLast) -> tuple[e.Event, ...]:
    """Refused when there is nothing, when somebody changed the same thing since, or when it is too late."""
    last = state.last_acts.get(act.by.id)
    if last is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if target(state, last.remedy) != last.left_as:
        raise Refused(Code.CHANGED_SINCE)
    if act.by.role is Role.PARTICIPANT:
        _still_open(state, act, last.remedy)
    if isinstance(last.remedy, _PLACEMENTS):
        pens.claimed(state, act, last.remedy.group)
    if isinstance(last.remedy, e.ActionRemoved):
        sheet.check_empty(state, last.remedy.group, last.remedy.action)
    return (last.remedy, e.LastActUndone())


def _still_open(state: Workshop, act: Act, remedy: e.Event) -> None:
    if getattr(remedy, "group", 0) != state.people[act.by.id].group:
        raise Refused(Code.OTHER_GROUP)
    if not in_phase(state, _AS_ONE_WOULD[type(remedy)]):
        raise Refused(Code.PHASE_OVER)
