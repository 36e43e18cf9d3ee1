"""How an event is undone: the event that compensates it, and the target by which a later change is noticed."""

from collections.abc import Callable
from typing import Any

from atelier.domain import events as e
from atelier.domain.state import Group, Workshop


def remedy(before: Workshop, event: e.Event) -> e.Event | None:
    """Return the event that would take `before` + `event` back to `before`, or None where nothing undoes it."""
    build = _REMEDIES.get(type(event))
    return build(before, event) if build else None


def target(state: Workshop, remedy_event: e.Event) -> object:
    """Return how the thing that `remedy_event` would change stands in `state`, comparable by equality."""
    event: Any = remedy_event
    return _TARGETS[type(event)](state.group(event.group), event)


def _initiative_target(group: Group, event: Any) -> object:
    line = group.lines[event.action]
    found = line.initiatives.get(event.initiative)
    # Other people's hearts are no reason to refuse an author's undo.
    return found and (found.text, found.changed_by, found.withdrawn, found.hidden, line.removed)


def _mission_target(group: Group, event: Any) -> object:
    return group.missions.get(event.mission)


def _line_target(group: Group, event: Any) -> object:
    line = group.lines[event.action]
    moved = (line.placement, line.set_aside, line.moved_by, line.moved_at)
    return (line.action.label, line.named_by, line.removed, moved)


def _ready_target(group: Group, event: Any) -> object:
    return (group.ready, group.ready_by)


def _placement_remedy(before: Workshop, event: Any) -> e.Event:
    line = before.group(event.group).lines[event.action]
    if line.set_aside:
        return e.ActionSetAside(group=event.group, action=event.action)
    if line.placement is None:
        return e.ActionUnplaced(group=event.group, action=event.action)
    return e.ActionPlaced(group=event.group, action=event.action, fs=line.placement.fs, cn=line.placement.cn)


def _label_before(before: Workshop, event: Any) -> e.Event:
    label = before.group(event.group).lines[event.action].action.label
    return e.ActionRenamed(group=event.group, action=event.action, label=label)


def _text_before(before: Workshop, event: Any) -> e.Event:
    text = before.group(event.group).lines[event.action].initiatives[event.initiative].text
    return e.InitiativeEdited(group=event.group, action=event.action, initiative=event.initiative, text=text)


def _mission_text_before(before: Workshop, event: Any) -> e.Event:
    text = before.group(event.group).missions[event.mission].text
    return e.MissionEdited(group=event.group, mission=event.mission, text=text)


def _mission_side_before(before: Workshop, event: Any) -> e.Event:
    side = before.group(event.group).missions[event.mission].side
    return e.MissionMoved(group=event.group, mission=event.mission, side=side)


def _about_initiative(kind: Callable[..., e.Event]) -> Callable[[Workshop, Any], e.Event]:
    return lambda before, event: kind(group=event.group, action=event.action, initiative=event.initiative)


def _about_mission(kind: Callable[..., e.Event]) -> Callable[[Workshop, Any], e.Event]:
    return lambda before, event: kind(group=event.group, mission=event.mission)


_REMEDIES: dict[type[e.Event], Callable[[Workshop, Any], e.Event]] = {
    e.ActionPlaced: _placement_remedy,
    e.ActionUnplaced: _placement_remedy,
    e.ActionSetAside: _placement_remedy,
    e.ActionAdded: lambda before, event: e.ActionRemoved(group=event.group, action=event.action),
    e.ActionRemoved: lambda before, event: e.ActionRestored(group=event.group, action=event.action),
    e.ActionRenamed: _label_before,
    e.InitiativePosted: _about_initiative(e.InitiativeWithdrawn),
    e.InitiativeEdited: _text_before,
    e.InitiativeWithdrawn: _about_initiative(e.InitiativeRestored),
    e.InitiativeSupported: _about_initiative(e.InitiativeUnsupported),
    e.InitiativeUnsupported: _about_initiative(e.InitiativeSupported),
    e.MissionAdded: _about_mission(e.MissionWithdrawn),
    e.MissionEdited: _mission_text_before,
    e.MissionMoved: _mission_side_before,
    e.MissionWithdrawn: _about_mission(e.MissionRestored),
    e.GroupSaidReady: lambda before, event: e.GroupSaidNotReady(group=event.group),
    e.GroupSaidNotReady: lambda before, event: e.GroupSaidReady(group=event.group),
}
_TARGETS: dict[type[e.Event], Callable[[Group, Any], object]] = {
    **dict.fromkeys(
        (e.ActionPlaced, e.ActionUnplaced, e.ActionSetAside, e.ActionRemoved, e.ActionRestored, e.ActionRenamed),
        _line_target,
    ),
    **dict.fromkeys(
        (
            e.InitiativeWithdrawn, e.InitiativeRestored, e.InitiativeEdited,
            e.InitiativeSupported, e.InitiativeUnsupported,
        ),
        _initiative_target,
    ),
    **dict.fromkeys(
        (e.MissionWithdrawn, e.MissionRestored, e.MissionEdited, e.MissionMoved), _mission_target
    ),
    **dict.fromkeys((e.GroupSaidReady, e.GroupSaidNotReady), _ready_target),
}  # fmt: skip
"""By the event that would undo: what it would change."""
