"""How a group's sheet changes: placements and free lines."""

from dataclasses import replace
from typing import Any

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import put, with_group, with_line, with_sound_wall
from atelier.domain.setup import SheetAction
from atelier.domain.state import Line, Workshop
from atelier.domain.values import Placement


def placed(state: Workshop, fact: Fact, event: e.ActionPlaced) -> Workshop:
    """The card stretches."""
    return _moved(state, fact, event, placement=Placement(event.fs, event.cn), set_aside=False)


def unplaced(state: Workshop, fact: Fact, event: e.ActionUnplaced) -> Workshop:
    """The card waits to be placed."""
    return _moved(state, fact, event, placement=None, set_aside=False)


def set_aside(state: Workshop, fact: Fact, event: e.ActionSetAside) -> Workshop:
    """The action does not concern this territory."""
    return _moved(state, fact, event, placement=None, set_aside=True)


def added(state: Workshop, fact: Fact, event: e.ActionAdded) -> Workshop:
    """A free line has words. Whatever an earlier line in the same place carried is gone."""
    action = SheetAction(id=event.action, short=event.label, label=event.label)
    line = Line(action=action, free=True, mission=event.mission, named_by=fact.by.id)
    lines = put(state.group(event.group).lines, event.action, line)
    return with_group(state, event.group, lines=_ordered(lines))


def renamed(state: Workshop, fact: Fact, event: e.ActionRenamed) -> Workshop:
    """Better words."""
    line = state.group(event.group).lines[event.action]
    action = replace(line.action, short=event.label, label=event.label)
    return with_line(state, event.group, event.action, action=action, named_by=fact.by.id)


def removed(state: Workshop, fact: Fact, event: e.ActionRemoved) -> Workshop:
    """The line is free again; a wall that showed it shows its group."""
    return with_sound_wall(with_line(state, event.group, event.action, removed=True))


def restored(state: Workshop, fact: Fact, event: e.ActionRestored) -> Workshop:
    """The line is back with all that it carried."""
    return with_line(state, event.group, event.action, removed=False)


def _moved(state: Workshop, fact: Fact, event: Any, **changes: Any) -> Workshop:
    return with_line(state, event.group, event.action, moved_by=fact.by.id, moved_at=fact.at, **changes)


def _ordered(lines: dict[str, Line]) -> dict[str, Line]:
    common = {key: line for key, line in lines.items() if not line.free}
    free = sorted(
        (key for key, line in lines.items() if line.free), key=lambda key: int(key.rpartition("-")[2])
    )
    return common | {key: lines[key] for key in free}
