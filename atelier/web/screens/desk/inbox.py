"""Texts that came after their phase, as the desk lists them: those that wait first."""

from dataclasses import dataclass

from atelier.doctrines.loading import doctrine_of
from atelier.domain.state import Group, LateText, Workshop
from atelier.domain.values import Side, TextKind
from atelier.wording import participant_name, side_name


@dataclass(frozen=True, slots=True)
class Item:
    """One text, who wrote it, and where it was meant to go."""

    late: LateText
    group: Group
    author: str
    place: str


def inbox(state: Workshop) -> list[Item]:
    """Return what waits, oldest first, then what was set aside. What was accepted is on the sheets."""
    listed = [late for late in state.late.values() if not late.accepted]
    listed.sort(key=lambda late: (late.set_aside, late.received_at))
    return [Item(late, state.group(late.group), _author(state, late), _place(state, late)) for late in listed]


def waiting(state: Workshop) -> int:
    """Count the texts that nobody decided on yet."""
    return sum(late.waiting for late in state.late.values())


def _author(state: Workshop, late: LateText) -> str:
    person = state.people.get(late.author)
    return participant_name(person, "sans prénom") if person else "sans prénom"


def _place(state: Workshop, late: LateText) -> str:
    match late.kind:
        case TextKind.INITIATIVE:
            line = state.group(late.group).lines.get(late.action)
            return line.action.short if line else late.action
        case TextKind.MISSION:
            return _mission(state, late.side)
        case TextKind.LINE:
            return "Autre action, sur une ligne libre"


def _mission(state: Workshop, side: Side) -> str:
    name = "commune" if side is Side.BOTH else side_name(side, doctrine_of(state.prepared))
    return f"Mission {name}"
