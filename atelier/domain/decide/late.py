"""Texts that came after their phase: handed in by a phone, accepted or set aside at the desk."""

from dataclasses import replace

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding, initiatives, missions, quota, sheet
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import LateText, Workshop
from atelier.domain.text import clean
from atelier.domain.values import TextKind

_CHARACTERS = {
    TextKind.INITIATIVE: limits.INITIATIVE_CHARACTERS,
    TextKind.MISSION: limits.MISSION_CHARACTERS,
    TextKind.LINE: limits.LABEL_CHARACTERS,
}


def hand_in(state: Workshop, act: Act, command: c.HandIn) -> tuple[e.Event, ...]:
    """Leave a text on the desk. It changes no sheet."""
    finding.group(state, command.group)
    if command.kind is TextKind.INITIATIVE:
        finding.line(state, command.group, command.action)
    if act.fresh_id in state.late:
        raise Refused(Code.ALREADY_USED)
    if sum(text.author == act.by.id for text in state.late.values()) >= limits.LATE_TEXTS_PER_PERSON:
        raise Refused(Code.TOO_MANY, str(limits.LATE_TEXTS_PER_PERSON))
    quota.check(state, act)
    received = e.TextReceived(
        group=command.group,
        text_id=act.fresh_id,
        kind=command.kind,
        action=command.action if command.kind is TextKind.INITIATIVE else "",
        side=command.side,
        text=clean(command.text, _CHARACTERS[command.kind]),
    )
    return (received,)


def accept(state: Workshop, act: Act, command: c.AcceptText) -> tuple[e.Event, ...]:
    """Put a late text where its author meant it, under the same rules as if it had come in time."""
    late = _late(state, command.text_id)
    if late.accepted:
        return ()
    action = _where(state, replace(act, fresh_id=late.id), late)
    return (e.TextAccepted(group=late.group, text_id=late.id, kind=late.kind, action=action),)


def set_aside(state: Workshop, act: Act, command: c.SetTextAside) -> tuple[e.Event, ...]:
    """Leave it out, or take it up again."""
    late = _late(state, command.text_id)
    if late.accepted or late.set_aside == command.on:
        return ()
    return (e.TextSetAside(text_id=late.id) if command.on else e.TextResumed(text_id=late.id),)


def _where(state: Workshop, act: Act, late: LateText) -> str:
    match late.kind:
        case TextKind.INITIATIVE:
            initiatives.post(
                state, act, c.PostInitiative(group=late.group, action=late.action, text=late.text)
            )
            return late.action
        case TextKind.MISSION:
            missions.add(state, act, c.AddMission(group=late.group, side=late.side, text=late.text))
            return ""
        case TextKind.LINE:
            (added,) = sheet.add(state, act, c.AddAction(group=late.group, label=late.text))
            return added.action


def _late(state: Workshop, wanted: str) -> LateText:
    found = state.late.get(wanted)
    if found is None:
        raise Refused(Code.UNKNOWN_TEXT)
    return found
