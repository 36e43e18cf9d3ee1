"""Who is there, at which table; whose words are erased."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, put, with_group
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import command, decides, event, evolves, looks_at, names_removal, restores
from atelier.domain.rules import (
    ONCE_PREPARED,
    OPEN,
    OPEN_OR_CLOSED,
    Rule,
    everyone,
    facilitators,
)
from atelier.domain.state import (
    Decision,
    Group,
    Initiative,
    Line,
    Mission,
    Note,
    Participant,
    Restoration,
    Workshop,
)
from atelier.domain.tally import without_voter
from atelier.domain.text import BLANK, clean, clean_optional
from atelier.domain.values import Entrance, Role, Trade

# --- commands


@command(Rule(roles=frozenset({Role.GUEST, Role.PARTICIPANT}), entering=True))
class Join(Command):
    """Come in, or come back; changes trade, table and name of somebody already there."""

    trade: Trade
    group: int
    name: str = ""


@command(everyone(statuses=OPEN))
class ChangeGroup(Command):
    """Sit at another table, participants themselves only; what was written stays where it was."""

    participant: str
    to_group: int


@command(everyone(statuses=OPEN))
class Leave(Command):
    """No longer count as present; participants themselves only."""

    participant: str


@command(facilitators(OPEN_OR_CLOSED))
class CorrectName(Command):
    """Find another first name for somebody; empty takes it away."""

    participant: str
    name: str = ""


@command(facilitators(OPEN_OR_CLOSED))
class RenameGroup(Command):
    """Name a table."""

    group: int
    name: str


@command(everyone(statuses=ONCE_PREPARED, offer=True))
class EraseParticipant(Command):
    """Take somebody’s words and answers out of the workshop and of its history, participants their own only; hearts and
    placements stay."""

    participant: str


# --- events


@event("participant.joined", stale=(Kind.PEOPLE,), story="arrive au groupe {group}")
class ParticipantJoined(Event):
    """Somebody came in, or came back; the same phone is the same person."""

    participant: str
    trade: Trade
    group: int
    name: str


@event("participant.moved", stale=(Kind.PEOPLE,), story="passe du groupe {from_group} au groupe {to_group}")
class ParticipantMoved(Event):
    """Somebody sits elsewhere."""

    participant: str
    from_group: int
    to_group: int


@event("participant.introduced", stale=(Kind.PEOPLE,), story="se présente autrement")
class ParticipantIntroduced(Event):
    """Somebody has another name, or another trade in a journal of before."""

    participant: str
    trade: Trade
    name: str


@event("participant.left", stale=(Kind.PEOPLE, Kind.REMOVALS), story="quitte le groupe {group}")
class ParticipantLeft(Event):
    """Somebody is gone; what they wrote stays."""

    participant: str
    group: int


@event(
    "participant.returned",
    stale=(Kind.PEOPLE, Kind.REMOVALS),
    story="une personne retirée revient à sa place",
)
class ParticipantReturned(Event):
    """Put back: somebody who was shown out is here after all."""

    participant: str


@event(
    "group.renamed", stale=(Part(Kind.GROUPS, ("group",)),), story="le groupe {group} s’appelle « {name} »"
)
class GroupRenamed(Event):
    """A table has another name."""

    group: int
    name: str


@event("participant.erased", stale=(Kind.EVERYTHING,), story="quelqu’un est effacé, avec ses textes")
class ParticipantErased(Event):
    """Their words are overwritten in the facts before this one, and gone from the sheets."""

    participant: str


# --- deciding


@decides
def join(state: Workshop, act: Act, command: Join) -> tuple[Event, ...]:
    """The same phone is the same person and keeps what it wrote."""
    lookup.group(state, command.group)
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
    return (ParticipantJoined(participant=act.by.id, trade=command.trade, group=command.group, name=name),)


@decides
def change_group(state: Workshop, act: Act, command: ChangeGroup) -> tuple[Event, ...]:
    """Nothing changes where they sit there already."""
    person = lookup.participant(state, command.participant)
    lookup.group(state, command.to_group)
    if person.group == command.to_group:
        return ()
    return (ParticipantMoved(participant=person.id, from_group=person.group, to_group=command.to_group),)


@decides
def correct_name(state: Workshop, act: Act, command: CorrectName) -> tuple[Event, ...]:
    """Nothing changes where they are called so already."""
    person = lookup.participant(state, command.participant)
    name = clean_optional(command.name, limits.NAME_CHARACTERS)
    if person.name == name:
        return ()
    return (ParticipantIntroduced(participant=person.id, trade=person.trade, name=name),)


@decides
def leave(state: Workshop, act: Act, command: Leave) -> tuple[Event, ...]:
    """Only who is there can leave."""
    person = lookup.participant(state, command.participant)
    return (ParticipantLeft(participant=person.id, group=person.group),)


@decides
def rename_group(state: Workshop, act: Act, command: RenameGroup) -> tuple[Event, ...]:
    """Nothing changes where it has that name already."""
    name = clean(command.name, limits.NAME_CHARACTERS)
    if lookup.group(state, command.group).name == name:
        return ()
    return (GroupRenamed(group=command.group, name=name),)


@decides
def erase_participant(state: Workshop, act: Act, command: EraseParticipant) -> tuple[Event, ...]:
    """Who left may be erased too."""
    if command.participant not in state.people:
        raise Refused(Code.UNKNOWN_PARTICIPANT)
    return (ParticipantErased(participant=command.participant),)


def check_seats(state: Workshop, returning: set[str]) -> None:
    """Refuse when there is no room any more for those who come back."""
    present = sum(1 for _ in state.present())
    if present + len(returning) > limits.PARTICIPANTS:
        raise Refused(Code.WORKSHOP_FULL, str(limits.PARTICIPANTS))


def _full(state: Workshop, known: Participant | None) -> bool:
    """Seats are for who is there; who left gives theirs back, up to what memory is meant for."""
    if len(state.people) < min(limits.PARTICIPANTS, limits.PEOPLE_EVER):
        return False
    present = sum(not person.left for person in state.people.values())
    return present >= limits.PARTICIPANTS or (known is None and len(state.people) >= limits.PEOPLE_EVER)


# --- evolving


@evolves
def participant_joined(state: Workshop, fact: Fact, event: ParticipantJoined) -> Workshop:
    """Who comes back keeps the moment of their first arrival."""
    known = state.people.get(event.participant)
    said: dict[str, Any] = {"trade": event.trade, "group": event.group, "name": event.name}
    if known:
        person = changed(known, left=False, **said)
    else:
        person = Participant(id=event.participant, joined_at=fact.at, **said)
    return changed(state, people=put(state.people, person.id, person))


@evolves
def participant_moved(state: Workshop, fact: Fact, event: ParticipantMoved) -> Workshop:
    """Their texts stay where they are."""
    return _with_person(state, event.participant, group=event.to_group)


@evolves
def participant_introduced(state: Workshop, fact: Fact, event: ParticipantIntroduced) -> Workshop:
    """Whatever else is known of them stays."""
    return _with_person(state, event.participant, trade=event.trade, name=event.name)


@evolves
def participant_left(state: Workshop, fact: Fact, event: ParticipantLeft) -> Workshop:
    """They stay known, and may come back."""
    return _with_person(state, event.participant, left=True)


@evolves
def participant_returned(state: Workshop, fact: Fact, event: ParticipantReturned) -> Workshop:
    """At the table where they sat."""
    return _with_person(state, event.participant, left=False)


@evolves
def group_renamed(state: Workshop, fact: Fact, event: GroupRenamed) -> Workshop:
    """Its number stays."""
    return with_group(state, event.group, name=event.name)


@evolves
def participant_erased(state: Workshop, fact: Fact, event: ParticipantErased) -> Workshop:
    """Nobody by that id any more, none of their words, answers and dots, no photo of a sheet that they may have written
    on. Hearts and placements stay: they say nothing of anybody.

    Nothing done before can be undone: an undo might bring words back.
    """
    who = event.participant
    return changed(
        state,
        people={key: person for key, person in state.people.items() if key != who},
        groups=tuple(_without_words(group, who, _wrote_at(state, group, who)) for group in state.groups),
        decisions={key: _unquoted(state, each, who) for key, each in state.decisions.items()},
        late={key: text for key, text in state.late.items() if text.author != who},
        vote=state.vote and without_voter(state.vote, who),
        last_acts={},
        removals={},
    )


def _with_person(state: Workshop, participant: str, **changes: Any) -> Workshop:
    person = changed(state.people[participant], **changes)
    return changed(state, people=put(state.people, person.id, person))


def _unquoted(state: Workshop, decision: Decision, who: str) -> Decision:
    """A decision in the words of an initiative that goes; once it was reworded, its words are the facilitators'."""
    if not decision.quoted:
        return decision
    lines = (line for group in state.groups for line in group.lines.values())
    source = next(filter(None, (line.initiatives.get(decision.initiative) for line in lines)), None)
    return changed(decision, what=BLANK) if source and source.author == who else decision


def _note_without_words(note: Note, who: str) -> Note:
    return changed(note, text=BLANK) if note.text and note.author == who else note


def _wrote_at(state: Workshop, group: Group, who: str) -> bool:
    """Tell whether somebody may have written on that group's paper: they sit there, or a text is theirs."""
    texts = (text for line in group.lines.values() for text in line.initiatives.values())
    person = state.people.get(who)
    sits_there = person is not None and person.group == group.number
    return sits_there or any(text.author == who for text in texts)


def _without_words(group: Group, who: str, on_paper: bool) -> Group:
    missions = {key: mission for key, mission in group.missions.items() if mission.author != who}
    return changed(
        group,
        photos={} if on_paper else group.photos,
        missions=missions,
        notes={kind: _note_without_words(note, who) for kind, note in group.notes.items()},
        lines={key: _line_without_words(line, who, missions) for key, line in group.lines.items()},
    )


def _unheaded(initiative: Initiative, who: str) -> Initiative:
    headed = initiative.heading and initiative.headed_by == who
    return changed(initiative, heading=BLANK) if headed else initiative


def _line_without_words(line: Line, who: str, missions: Mapping[str, Mission]) -> Line:
    theirs = line.free and line.named_by == who
    action = replace(line.action, short=BLANK, label=BLANK) if theirs else line.action
    return changed(
        line,
        action=action,
        mission=line.mission if line.mission in missions else "",
        answers={person: answer for person, answer in line.answers.items() if person != who},
        initiatives={
            key: _unheaded(initiative, who)
            for key, initiative in line.initiatives.items()
            if initiative.author != who
        },
    )


# --- putting back


@names_removal
def _person(event: ParticipantLeft | ParticipantReturned | ParticipantJoined) -> str:
    return f"person-{event.participant}"


@restores
def _who_left(before: Workshop, event: ParticipantLeft) -> Restoration:
    return Restoration(remedies=(ParticipantReturned(participant=event.participant),))


@looks_at
def _whether_gone(state: Workshop, event: ParticipantReturned) -> object:
    person = state.people.get(event.participant)
    return person and person.left
