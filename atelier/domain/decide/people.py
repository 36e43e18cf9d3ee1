"""Arriving, choosing a table, leaving; what a table says of itself."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Participant, Workshop
from atelier.domain.text import clean, clean_optional
from atelier.domain.values import Entrance


def join(state: Workshop, act: Act, command: c.Join) -> tuple[e.Event, ...]:
    """Come in, or come back: the same phone is the same person and keeps what it wrote."""
    finding.group(state, command.group)
    name = clean_optional(command.name, limits.NAME_CHARACTERS)
    known = state.people.get(act.by.id)
    if known is None and state.entrance is Entrance.CLOSED:
        raise Refused(Code.ENTRANCE_CLOSED)
    if (known is None or known.left) and _full(state, known):
        raise Refused(Code.WORKSHOP_FULL, str(limits.PARTICIPANTS))
    if (
        known
        and not known.left
        and (known.trade, known.group, known.name) == (command.trade, command.group, name)
    ):
        return ()
    return (e.ParticipantJoined(participant=act.by.id, trade=command.trade, group=command.group, name=name),)


def _full(state: Workshop, known: Participant | None) -> bool:
    """Seats are for who is there; who left gives theirs back, up to what memory is meant for."""
    if len(state.people) < min(limits.PARTICIPANTS, limits.PEOPLE_EVER):
        return False
    present = sum(not person.left for person in state.people.values())
    return present >= limits.PARTICIPANTS or (known is None and len(state.people) >= limits.PEOPLE_EVER)


def change_group(state: Workshop, act: Act, command: c.ChangeGroup) -> tuple[e.Event, ...]:
    """Move to another table; what was written stays where it was written."""
    person = state.people.get(command.participant)
    if person is None or person.left:
        raise Refused(Code.UNKNOWN_PARTICIPANT)
    finding.group(state, command.to_group)
    if person.group == command.to_group:
        return ()
    return (e.ParticipantMoved(participant=person.id, from_group=person.group, to_group=command.to_group),)


def introduce(state: Workshop, act: Act, command: c.IntroduceOneself) -> tuple[e.Event, ...]:
    """Correct one's trade or first name."""
    name = clean_optional(command.name, limits.NAME_CHARACTERS)
    person = state.people[act.by.id]
    if (person.trade, person.name) == (command.trade, name):
        return ()
    return (e.ParticipantIntroduced(participant=act.by.id, trade=command.trade, name=name),)


def leave(state: Workshop, act: Act, command: c.Leave) -> tuple[e.Event, ...]:
    """No longer count as present."""
    person = state.people.get(command.participant)
    if person is None or person.left:
        raise Refused(Code.UNKNOWN_PARTICIPANT)
    return (e.ParticipantLeft(participant=person.id, group=person.group),)


def rename_group(state: Workshop, act: Act, command: c.RenameGroup) -> tuple[e.Event, ...]:
    """Give a table another name."""
    name = clean(command.name, limits.NAME_CHARACTERS)
    if finding.group(state, command.group).name == name:
        return ()
    return (e.GroupRenamed(group=command.group, name=name),)


def say_ready(state: Workshop, act: Act, command: c.SayReady) -> tuple[e.Event, ...]:
    """« Notre groupe a terminé », or not yet after all. Nothing closes by it."""
    if finding.group(state, command.group).ready == command.on:
        return ()
    return (
        e.GroupSaidReady(group=command.group) if command.on else e.GroupSaidNotReady(group=command.group),
    )


def erase(state: Workshop, act: Act, command: c.EraseParticipant) -> tuple[e.Event, ...]:
    """Take somebody's words out of the workshop and of its history, for good."""
    if command.participant not in state.people:
        raise Refused(Code.UNKNOWN_PARTICIPANT)
    return (e.ParticipantErased(participant=command.participant),)
