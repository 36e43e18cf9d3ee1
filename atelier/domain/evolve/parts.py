"""Replacing one part of the state while sharing the rest."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from atelier.domain.state import Initiative, Mission, WallView, Workshop
from atelier.domain.values import Scene

V = TypeVar("V")


def with_group(state: Workshop, number: int, /, **changes: Any) -> Workshop:
    """Return `state` with `changes` in the group `number`."""
    groups = list(state.groups)
    groups[number - 1] = replace(groups[number - 1], **changes)
    return replace(state, groups=tuple(groups))


def with_line(state: Workshop, group: int, action: str, /, **changes: Any) -> Workshop:
    """Return `state` with `changes` in one line of one sheet."""
    lines = state.group(group).lines
    return with_group(state, group, lines=put(lines, action, replace(lines[action], **changes)))


def with_initiative(state: Workshop, group: int, action: str, initiative: str, /, **changes: Any) -> Workshop:
    """Return `state` with `changes` in one initiative."""
    initiatives: Mapping[str, Initiative] = state.group(group).lines[action].initiatives
    changed = put(initiatives, initiative, replace(initiatives[initiative], **changes))
    return with_line(state, group, action, initiatives=changed)


def with_mission(state: Workshop, group: int, mission: str, /, **changes: Any) -> Workshop:
    """Return `state` with `changes` in one mission."""
    missions: Mapping[str, Mission] = state.group(group).missions
    return with_group(state, group, missions=put(missions, mission, replace(missions[mission], **changes)))


def with_sound_wall(state: Workshop) -> Workshop:
    """Return `state` with a wall that shows nothing which is not there any more."""
    wall = state.wall
    if wall.scene is Scene.MESSAGE and not state.announcement:
        return replace(state, wall=WallView(scene=Scene.BLANK))
    if wall.group > len(state.groups):
        return replace(state, wall=WallView())
    if wall.action:
        line = state.group(wall.group).lines.get(wall.action)
        if line is None or line.removed:
            return replace(state, wall=WallView(scene=Scene.GROUP, group=wall.group))
    return state


def put(mapping: Mapping[str, V], key: str, value: V) -> dict[str, V]:
    """Return a copy of `mapping` with `key` set."""
    return {**mapping, key: value}
