"""The continuum: each group completes the missions of both trades and of both together."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding, quota
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Mission, Workshop
from atelier.domain.text import clean


def add(state: Workshop, act: Act, command: c.AddMission) -> tuple[e.Event, ...]:
    """Complete one of the lists."""
    group = finding.group(state, command.group)
    text = clean(command.text, limits.MISSION_CHARACTERS)
    if act.fresh_id in group.missions:
        raise Refused(Code.ALREADY_USED)
    if len(group.missions) >= limits.MISSIONS_PER_GROUP:
        raise Refused(Code.TOO_MANY, str(limits.MISSIONS_PER_GROUP))
    quota.check(state, act)
    return (e.MissionAdded(group=command.group, mission=act.fresh_id, side=command.side, text=text),)


def edit(state: Workshop, act: Act, command: c.EditMission) -> tuple[e.Event, ...]:
    """Reword one's own mission."""
    found = _own(state, act, command.group, command.mission)
    text = clean(command.text, limits.MISSION_CHARACTERS)
    return () if found.text == text else (e.MissionEdited(group=command.group, mission=found.id, text=text),)


def move(state: Workshop, act: Act, command: c.MoveMission) -> tuple[e.Event, ...]:
    """Move a mission along the continuum: the group's to discuss, so any member may."""
    found = finding.mission(state, command.group, command.mission)
    if found.side is command.side:
        return ()
    return (e.MissionMoved(group=command.group, mission=found.id, side=command.side),)


def withdraw(state: Workshop, act: Act, command: c.WithdrawMission) -> tuple[e.Event, ...]:
    """Take one's own mission away."""
    found = _own(state, act, command.group, command.mission)
    return (e.MissionWithdrawn(group=command.group, mission=found.id),)


def _own(state: Workshop, act: Act, group: int, wanted: str) -> Mission:
    found = finding.mission(state, group, wanted)
    if found.author != act.by.id and not act.by.facilitates:
        raise Refused(Code.NOT_YOURS)
    return found
