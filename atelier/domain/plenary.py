"""The synthesis of a whole day: the sheets of all rooms side by side, as if all their groups were of one workshop."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from atelier.domain.parts import changed
from atelier.domain.selectors import by_support, lines
from atelier.domain.setup import Setup
from atelier.domain.state import Decision, Group, Line, Participant, Workshop
from atelier.domain.synthesis import Row
from atelier.domain.values import ARMS, Phase, Status, word_number

WORDS = 5
"""Of the scale."""
BETWEEN = "\u00a0· "
"""Between the name of a room and that of its group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A workshop of the day under the name of its room."""

    name: str
    code: str
    state: Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Supported:
    """An initiative, its action in short, its group, and how many support it."""

    text: str
    action: str
    group: str
    supports: int


def hidden(state: Workshop) -> bool:
    """Tell whether a room keeps what it says to itself: its desk covered the wall, or hides arms until the report."""
    before = (Phase.WELCOME, Phase.REMITS, Phase.ARTICULATIONS)
    return state.covered or (state.discreet and state.phase in before and state.status is Status.OPEN)


def folded(rooms: Sequence[Room], setup: Setup) -> Workshop:
    """Return one workshop of all groups, « Salle A · Groupe 1 », without a person's name.

    `setup`: title, date and place of the day. Actions that some room has not on its sheet become lines of their groups.
    """
    common = _common(rooms)
    groups: list[Group] = []
    decisions: dict[str, Decision] = {}
    people: dict[str, Participant] = {}
    for at, room in enumerate(rooms):
        first = len(groups)
        groups += [_moved(room, group, first, common) for group in room.state.groups]
        decisions |= {f"{at}-{each.id}": _told(room, each, first) for each in room.state.decisions.values()}
        people |= {
            f"{at}-{each.id}": replace(each, name="", group=first + each.group)
            for each in room.state.present()
        }
    actions = tuple(action for action in rooms[0].state.prepared.actions if action.id in common)
    setup = replace(setup, actions=actions, groups=tuple(group.name for group in groups), previous=None)
    return Workshop(
        status=Status.CLOSED, setup=setup, groups=tuple(groups), decisions=decisions, people=people
    )


def nameless(state: Workshop) -> Workshop:
    """Return the workshop without the names of participants, nor who does what was decided."""
    return changed(
        state,
        people={each.id: replace(each, name="") for each in state.people.values()},
        decisions={name: replace(each, who="") for name, each in state.decisions.items()},
    )


def counts(row: Row, arm: str) -> tuple[int, ...]:
    """Return how many groups say each of the five words for one trade, from « jamais » on."""
    reaches = [line.placement.reach(arm) for line in row.lines if line.placement]
    found = Counter(word_number(reach) for reach in reaches if reach is not None)
    return tuple(found[word] for word in range(WORDS))


def most_supported(state: Workshop, most: int) -> tuple[Supported, ...]:
    """Return the initiatives of a room that somebody supports, the most supported first; ties in their order."""
    every = [
        Supported(text=each.text, action=line.action.told, group=group.name, supports=len(each.supporters))
        for group in state.groups
        for line in lines(group)
        for each in by_support(line)
        if each.supporters
    ]
    return tuple(sorted(every, key=lambda each: -each.supports)[:most])


def answered(row: Row) -> bool:
    """Tell whether any group answered for any trade."""
    return any(sum(counts(row, arm)) for arm in ARMS)


def _common(rooms: Sequence[Room]) -> frozenset[str]:
    """Return the ids of the actions that all rooms have in the same words."""
    told = [{(action.id, action.label) for action in room.state.prepared.actions} for room in rooms]
    return frozenset(name for name, _ in set.intersection(*told)) if told else frozenset()


def _moved(room: Room, group: Group, first: int, common: frozenset[str]) -> Group:
    """Return a group as one of the day's, after `first` others."""
    return replace(
        group,
        number=first + group.number,
        name=f"{room.name}{BETWEEN}{group.name}",
        lines=dict(_lines(group, common)),
        rapporteur="",
        pen="",
        photos={},
    )


def _lines(group: Group, common: frozenset[str]) -> Iterator[tuple[str, Line]]:
    for name, line in group.lines.items():
        own = line.free or name in common
        yield (name, line) if own else (f"own-{name}", replace(line, free=True))


def _told(room: Room, decision: Decision, first: int) -> Decision:
    return replace(
        decision,
        id=f"{first}-{decision.id}",
        what=f"{decision.what} ({room.name})",
        who="",
        group=first + decision.group if decision.group else 0,
        action=decision.action,
    )
