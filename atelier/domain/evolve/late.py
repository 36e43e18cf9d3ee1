"""How texts that came after their phase find their place."""

from dataclasses import replace
from typing import Any

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve import initiatives, missions, sheet
from atelier.domain.evolve.parts import changed, put
from atelier.domain.state import LateText, Workshop
from atelier.domain.values import Actor, Role, TextKind


def received(state: Workshop, fact: Fact, event: e.TextReceived) -> Workshop:
    """It waits on the desk."""
    late = LateText(
        id=event.text_id,
        kind=event.kind,
        group=event.group,
        action=event.action,
        side=event.side,
        text=event.text,
        author=fact.by.id,
        received_at=fact.at,
    )
    return changed(state, late=put(state.late, late.id, late))


def accepted(state: Workshop, fact: Fact, event: e.TextAccepted) -> Workshop:
    """It is on the sheet, as written by its author, now."""
    late = state.late[event.text_id]
    by_author = replace(fact, by=Actor(Role.PARTICIPANT, late.author))
    return _marked(_placed(state, by_author, event, late), event, accepted=True, set_aside=False)


def set_aside(state: Workshop, fact: Fact, event: e.TextSetAside) -> Workshop:
    """It stays out."""
    return _marked(state, event, set_aside=True)


def resumed(state: Workshop, fact: Fact, event: e.TextResumed) -> Workshop:
    """It waits again."""
    return _marked(state, event, set_aside=False)


def _placed(state: Workshop, fact: Fact, event: e.TextAccepted, late: LateText) -> Workshop:
    group, text = late.group, late.text
    match late.kind:
        case TextKind.INITIATIVE:
            posted = e.InitiativePosted(group=group, action=event.action, initiative=late.id, text=text)
            return initiatives.posted(state, fact, posted)
        case TextKind.MISSION:
            mission = e.MissionAdded(group=group, mission=late.id, side=late.side, text=text)
            return missions.added(state, fact, mission)
        case TextKind.LINE:
            line = e.ActionAdded(group=group, action=event.action, label=text, mission="")
            return sheet.added(state, fact, line)


def _marked(state: Workshop, event: Any, **marks: bool) -> Workshop:
    return changed(state, late=put(state.late, event.text_id, changed(state.late[event.text_id], **marks)))
