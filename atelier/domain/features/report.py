"""What a group says in the report-back, in three notes: typed on the desk, or by the rapporteur that the desk names."""

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import put, with_group
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import OPEN_OR_CLOSED, SUPPORTING, everyone, facilitators
from atelier.domain.state import Note, Workshop
from atelier.domain.text import clean_optional
from atelier.domain.values import NoteKind

# --- commands


@command(everyone(SUPPORTING))
class TakeNote(Command):
    """Write what a group says: an agreement, a disagreement, an initiative to launch (280 characters each); writing it
    anew replaces it, empty erases it. Participants: the rapporteur of the group only."""

    group: int
    text: str
    kind: NoteKind = NoteKind.NOTE


@command(facilitators(OPEN_OR_CLOSED))
class NameRapporteur(Command):
    """Let one phone of a group write its three notes; nobody’s when `participant` is empty."""

    group: int
    participant: str = ""


# --- events


@event("note.taken", stale=(Part(Kind.NOTES, ("group",)),), story="note du groupe {group} : « {text} »")
class NoteTaken(Event):
    """What that group said; without a kind in journals of before the three notes."""

    group: int
    text: str
    kind: NoteKind = NoteKind.NOTE


@event(
    "rapporteur.named",
    stale=(Part(Kind.NOTES, ("group",)),),
    story="groupe {group} : qui écrit les notes change",
)
class RapporteurNamed(Event):
    """That phone writes the notes of its group; nobody’s does when it is empty."""

    group: int
    participant: str


# --- deciding


@decides
def take_note(state: Workshop, act: Act, command: TakeNote) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    group = lookup.reported(state, command.group, act.by)
    if command.kind is NoteKind.NOTE and not act.by.facilitates:
        raise Refused(Code.NOT_ALLOWED)
    text = clean_optional(command.text, note_limit(command.kind))
    if group.noted(command.kind) == text:
        return ()
    return (NoteTaken(group=command.group, text=text, kind=command.kind),)


@decides
def name_rapporteur(state: Workshop, act: Act, command: NameRapporteur) -> tuple[Event, ...]:
    """Somebody who sits at that table, or nobody."""
    group = lookup.group(state, command.group)
    if command.participant and lookup.participant(state, command.participant).group != command.group:
        raise Refused(Code.OTHER_GROUP)
    if group.rapporteur == command.participant:
        return ()
    return (RapporteurNamed(group=command.group, participant=command.participant),)


def note_limit(kind: NoteKind) -> int:
    """How many characters a note may have."""
    return limits.NOTE_CHARACTERS if kind is NoteKind.NOTE else limits.REPORT_NOTE_CHARACTERS


# --- evolving


@evolves
def note_taken(state: Workshop, fact: Fact, event: NoteTaken) -> Workshop:
    """In place of the note before."""
    note = Note(text=event.text, author=fact.by.id)
    return with_group(state, event.group, notes=put(state.group(event.group).notes, event.kind, note))


@evolves
def rapporteur_named(state: Workshop, fact: Fact, event: RapporteurNamed) -> Workshop:
    """In place of the one before."""
    return with_group(state, event.group, rapporteur=event.participant)
