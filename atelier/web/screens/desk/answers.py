"""« Chacun·e répond d’abord » as the desk follows it: how many have answered what, never what they said."""

from collections.abc import Iterable
from dataclasses import dataclass

from atelier.domain import selectors
from atelier.domain.answers import asked_by_group
from atelier.domain.doctrine import SheetAction
from atelier.domain.state import Group, Line, Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of those asked at a table have answered one line, or (`lines`) several, and how many were revealed."""

    group: Group
    so_far: int
    of: int
    revealed: int
    lines: int = 1


def by_action(state: Workshop) -> list[tuple[SheetAction, list[Count]]]:
    """Return the common actions, each with the counts of every table."""
    asked = asked_by_group(state)
    tables = list(zip(state.groups, asked, strict=True))
    return [
        (action, [_count(group, people, [group.lines[action.id]]) for group, people in tables])
        for action in state.prepared.actions
    ]


def of_group(state: Workshop, number: int) -> Count:
    """Return the count of a table over all common actions."""
    group = state.group(number)
    return _count(group, asked_by_group(state)[number - 1], selectors.common_lines(group))


def _count(group: Group, asked: frozenset[str], lines: Iterable[Line]) -> Count:
    counted = list(lines)
    return Count(
        group=group,
        so_far=sum(len(asked & line.answers.keys()) for line in counted),
        of=len(asked) * len(counted),
        revealed=sum(line.revealed for line in counted),
        lines=len(counted),
    )
