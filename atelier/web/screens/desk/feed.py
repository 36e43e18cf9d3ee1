"""The feed to moderate: every initiative of every group, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from atelier.domain.state import Group, Initiative, Line, Workshop
from atelier.limits import FEED_HELD

FEED_SHOWN = 60
"""How many the feed shows before « tout afficher »."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One initiative with the place where it was written."""

    group: Group
    line: Line
    initiative: Initiative


def feed(state: Workshop) -> list[Entry]:
    """Return the newest entries, hidden ones included, withdrawn ones not."""
    entries = [entry for group in state.groups for entry in _of_lines(group, group.lines.values())]
    entries.sort(key=lambda entry: (entry.initiative.posted_at, entry.initiative.id), reverse=True)
    return entries[:FEED_HELD]


def feed_of_line(state: Workshop, number: int, action: str) -> list[Entry]:
    """Return the entries of one line, newest first: what a change there makes stale."""
    group = state.group(number)
    line = group.lines.get(action)
    return list(_of_lines(group, [line] if line else []))[::-1][:FEED_HELD]


def feed_of_initiative(state: Workshop, number: int, action: str, name: str) -> list[Entry]:
    """Return the entry of one initiative, if it is still there."""
    group = state.group(number)
    line = group.lines.get(action)
    initiative = line.initiatives.get(name) if line else None
    return (
        [Entry(group, line, initiative)]
        if line and initiative and not (line.removed or initiative.withdrawn)
        else []
    )


def feed_size(state: Workshop) -> int:
    """Count all initiatives that were not withdrawn."""
    return sum(
        not initiative.withdrawn
        for group in state.groups
        for line in group.lines.values()
        if not line.removed
        for initiative in line.initiatives.values()
    )


def _of_lines(group: Group, lines: Iterable[Line]) -> Iterable[Entry]:
    for line in lines:
        if line.removed:
            continue
        for initiative in line.initiatives.values():
            if not initiative.withdrawn:
                yield Entry(group, line, initiative)
