"""Texts that came after their phase: handed in by a phone, accepted or set aside at the desk."""

from dataclasses import replace

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.features.initiatives import (
    InitiativePosted,
    PostInitiative,
    initiative_posted,
    post_initiative,
)
from atelier.domain.features.missions import AddMission, MissionAdded, add_mission, mission_added
from atelier.domain.features.sheet import ActionAdded, AddAction, action_added, add_action
from atelier.domain.parts import changed, put
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Region
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import OPEN_OR_CLOSED, facilitators, participants
from atelier.domain.state import LateText, Workshop
from atelier.domain.text import clean
from atelier.domain.values import Actor, Role, Side, TextKind

_CHARACTERS = {
    TextKind.INITIATIVE: limits.INITIATIVE_CHARACTERS,
    TextKind.MISSION: limits.MISSION_CHARACTERS,
    TextKind.LINE: limits.LABEL_CHARACTERS,
}

# --- commands


@command(participants(statuses=OPEN_OR_CLOSED, offer=True))
class HandIn(Command):
    """Leave with the facilitator a text that came after its phase; it changes no sheet."""

    kind: TextKind
    group: int
    text: str
    action: str = ""
    side: Side = Side.BOTH


@command(facilitators(OPEN_OR_CLOSED))
class AcceptText(Command):
    """Put it where its author meant it, under the same rules as in time."""

    text_id: str


@command(facilitators(OPEN_OR_CLOSED))
class SetTextAside(Command):
    """Leave it out, or take it up again."""

    text_id: str
    on: bool


# --- events

_LISTS = {TextKind.INITIATIVE: Kind.INITIATIVES, TextKind.LINE: Kind.LINES, TextKind.MISSION: Kind.MISSIONS}


def _where_it_went(event: "TextAccepted") -> Region:
    """the list that it joined"""
    return Region(_LISTS[event.kind], event.group, event.action)


@event("text.received", stale=(Kind.INBOX,), story="groupe {group}, texte arrivé après la fin : « {text} »")
class TextReceived(Event):
    """A text waits on the desk."""

    group: int
    text_id: str
    kind: TextKind
    action: str
    side: Side
    text: str


@event(
    "text.accepted",
    stale=(Kind.INBOX, _where_it_went),
    story="groupe {group} : un texte arrivé après la fin est ajouté à la fiche",
)
class TextAccepted(Event):
    """It is on the sheet, its author’s, under its own id; `action` is the line it went to: for a free line, the one it
    fills; empty for a mission."""

    group: int
    text_id: str
    kind: TextKind
    action: str


@event("text.set-aside", stale=(Kind.INBOX,), story="un texte arrivé après la fin est écarté")
class TextSetAside(Event):
    """It stays out."""

    text_id: str


@event("text.resumed", stale=(Kind.INBOX,), story="un texte écarté est repris")
class TextResumed(Event):
    """It was set aside, and waits again."""

    text_id: str


# --- deciding


@decides
def hand_in(state: Workshop, act: Act, command: HandIn) -> tuple[Event, ...]:
    """Up to what one person may leave."""
    lookup.group(state, command.group)
    if command.kind is TextKind.INITIATIVE:
        lookup.line(state, command.group, command.action)
    if act.fresh_id in state.late:
        raise Refused(Code.ALREADY_USED)
    if sum(text.author == act.by.id for text in state.late.values()) >= limits.LATE_TEXTS_PER_PERSON:
        raise Refused(Code.TOO_MANY, str(limits.LATE_TEXTS_PER_PERSON))
    lookup.check_quota(state, act)
    received = TextReceived(
        group=command.group,
        text_id=act.fresh_id,
        kind=command.kind,
        action=command.action if command.kind is TextKind.INITIATIVE else "",
        side=command.side,
        text=clean(command.text, _CHARACTERS[command.kind]),
    )
    return (received,)


@decides
def accept_text(state: Workshop, act: Act, command: AcceptText) -> tuple[Event, ...]:
    """Once accepted, nothing changes any more."""
    late = lookup.late_text(state, command.text_id)
    if late.accepted:
        return ()
    action = _where(state, replace(act, fresh_id=late.id), late)
    return (TextAccepted(group=late.group, text_id=late.id, kind=late.kind, action=action),)


@decides
def set_text_aside(state: Workshop, act: Act, command: SetTextAside) -> tuple[Event, ...]:
    """Once accepted, nothing changes any more."""
    late = lookup.late_text(state, command.text_id)
    if late.accepted or late.set_aside == command.on:
        return ()
    return (TextSetAside(text_id=late.id) if command.on else TextResumed(text_id=late.id),)


def _where(state: Workshop, act: Act, late: LateText) -> str:
    match late.kind:
        case TextKind.INITIATIVE:
            post_initiative(state, act, PostInitiative(group=late.group, action=late.action, text=late.text))
            return late.action
        case TextKind.MISSION:
            add_mission(state, act, AddMission(group=late.group, side=late.side, text=late.text))
            return ""
        case TextKind.LINE:
            (added,) = add_action(state, act, AddAction(group=late.group, label=late.text))
            return added.action


# --- evolving


@evolves
def text_received(state: Workshop, fact: Fact, event: TextReceived) -> Workshop:
    """Last on the pile."""
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


@evolves
def text_accepted(state: Workshop, fact: Fact, event: TextAccepted) -> Workshop:
    """As written by its author, now."""
    late = state.late[event.text_id]
    by_author = replace(fact, by=Actor(Role.PARTICIPANT, late.author))
    return _marked(_placed(state, by_author, event, late), late.id, accepted=True, set_aside=False)


@evolves
def text_set_aside(state: Workshop, fact: Fact, event: TextSetAside) -> Workshop:
    """It can be taken up again."""
    return _marked(state, event.text_id, set_aside=True)


@evolves
def text_resumed(state: Workshop, fact: Fact, event: TextResumed) -> Workshop:
    """In its place on the pile."""
    return _marked(state, event.text_id, set_aside=False)


def _placed(state: Workshop, fact: Fact, event: TextAccepted, late: LateText) -> Workshop:
    group, text = late.group, late.text
    match late.kind:
        case TextKind.INITIATIVE:
            posted = InitiativePosted(group=group, action=event.action, initiative=late.id, text=text)
            return initiative_posted(state, fact, posted)
        case TextKind.MISSION:
            mission = MissionAdded(group=group, mission=late.id, side=late.side, text=text)
            return mission_added(state, fact, mission)
        case TextKind.LINE:
            line = ActionAdded(group=group, action=event.action, label=text, mission="")
            return action_added(state, fact, line)


def _marked(state: Workshop, text_id: str, **marks: bool) -> Workshop:
    return changed(state, late=put(state.late, text_id, changed(state.late[text_id], **marks)))
