"""A group's sheet: how far each trade reaches in an action, and the lines that a group fills itself."""

from dataclasses import dataclass, replace
from typing import Any

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.doctrine import SheetAction
from atelier.domain.features.answers import revealed_first
from atelier.domain.features.pen import pen_claimed
from atelier.domain.parts import put, with_group, with_line, with_sound_wall
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import (
    command,
    decides,
    event,
    evolves,
    inverts,
    looks_at,
    names_removal,
    restores,
)
from atelier.domain.rules import OPEN_OR_CLOSED, WRITING, everyone, facilitators
from atelier.domain.setup import FREE_LINE_PREFIX
from atelier.domain.state import Line, Restoration, Workshop
from atelier.domain.text import clean
from atelier.domain.values import Placement, is_reach

# --- commands


@command(everyone(WRITING))
class PlaceAction(Command):
    """Say how regularly each trade does it: a reach or both, 0 to 100 by 5; one left out stays as it is when the act
    is decided, unanswered too, since trades answer at the same time."""

    group: int
    action: str
    fs: int | None = None
    cn: int | None = None


@command(everyone(WRITING))
class UnplaceAction(Command):
    """Back to « à placer »."""

    group: int
    action: str


@command(everyone(WRITING))
class SetActionAside(Command):
    """« Sans objet » here."""

    group: int
    action: str


@command(everyone(WRITING, grace=True))
class AddAction(Command):
    """Fill the next free line, in words of one’s own or with a `mission` of the continuum (140 characters)."""

    group: int
    label: str
    mission: str = ""


@command(everyone(WRITING, grace=True))
class RenameAction(Command):
    """Find other words for a free line; the common ones are the sheet’s own."""

    group: int
    action: str
    label: str


@command(everyone(WRITING))
class RemoveAction(Command):
    """Empty a free line that carries no initiative."""

    group: int
    action: str


@command(facilitators(OPEN_OR_CLOSED))
class HideAction(Command):
    """Take a free line off every screen, with its initiatives, and out of the documents."""

    group: int
    action: str


@command(facilitators(OPEN_OR_CLOSED))
class ShowAction(Command):
    """Put a hidden free line on the screens again."""

    group: int
    action: str


# --- events


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfALine(Event):
    group: int
    action: str


_THE_BAR = Part(Kind.LINE, ("group", "action"))
_THE_LINE = Part(Kind.LINES, ("group", "action"))


@event(
    "action.placed",
    stale=(_THE_BAR,),
    story="groupe {group}, {action} : {fs}, {cn}",
    allowed_by=PlaceAction,
)
class ActionPlaced(_OfALine):
    """The card stretches; an arm that nobody answered has no reach. `unsure`: 0 of before, answered or not."""

    fs: int | None
    cn: int | None
    unsure: tuple[str, ...] = ()


@event(
    "action.unplaced",
    stale=(_THE_BAR,),
    story="groupe {group}, {action} : à placer",
    allowed_by=UnplaceAction,
)
class ActionUnplaced(_OfALine):
    """The card waits to be placed."""


@event(
    "action.set-aside",
    stale=(_THE_BAR,),
    story="groupe {group}, {action} : sans objet",
    allowed_by=SetActionAside,
)
class ActionSetAside(_OfALine):
    """« Sans objet »: the action does not concern this territory."""


@event("action.added", stale=(_THE_LINE,), story="groupe {group} ajoute « {label} »")
class ActionAdded(_OfALine):
    """A free line (`libre-1`…) has words; nothing of an earlier line in its place."""

    label: str
    mission: str


@event(
    "action.renamed",
    stale=(_THE_LINE,),
    story="groupe {group}, {action} devient « {label} »",
    allowed_by=RenameAction,
)
class ActionRenamed(_OfALine):
    """The line has other words."""

    label: str


@event(
    "action.removed",
    stale=(_THE_LINE, Kind.WALL, Kind.REMOVALS),
    story="groupe {group} retire {action}",
    allowed_by=RemoveAction,
)
class ActionRemoved(_OfALine):
    """The line is free again; a wall that showed it shows its group."""


@event(
    "action.restored",
    stale=(_THE_LINE, Kind.REMOVALS),
    story="groupe {group} reprend {action}",
    allowed_by=AddAction,
)
class ActionRestored(_OfALine):
    """Undone or put back: the line is there again with all that it carried."""


@event(
    "action.hidden",
    stale=(_THE_LINE, Kind.WALL),
    story="groupe {group} : {action} est masquée",
)
class ActionHidden(_OfALine):
    """Off the screens with all that it carries; a wall that showed it shows its group."""


@event("action.shown", stale=(_THE_LINE,), story="groupe {group} : {action} est remontrée")
class ActionShown(_OfALine):
    """On the screens again, with all that it carries."""


# --- deciding


@decides
def place_action(state: Workshop, act: Act, command: PlaceAction) -> tuple[Event, ...]:
    """Any member may, unless one phone a table does; the last word wins."""
    line = lookup.line(state, command.group, command.action)
    wanted = _arms(line, command)
    if line.placement == wanted and not line.set_aside:
        return ()
    return (*_settling(state, act, command), _placed(command.group, command.action, wanted))


@decides
def unplace_action(state: Workshop, act: Act, command: UnplaceAction) -> tuple[Event, ...]:
    """Nothing changes where it waits already."""
    line = lookup.line(state, command.group, command.action)
    if line.placement is None and not line.set_aside:
        return ()
    unplaced = ActionUnplaced(group=command.group, action=command.action)
    return (*pen_claimed(state, act, command.group), unplaced)


@decides
def set_action_aside(state: Workshop, act: Act, command: SetActionAside) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if lookup.line(state, command.group, command.action).set_aside:
        return ()
    put_aside = ActionSetAside(group=command.group, action=command.action)
    return (*_settling(state, act, command), put_aside)


@decides
def add_action(state: Workshop, act: Act, command: AddAction) -> tuple[ActionAdded, ...]:
    """The next free line that carries no words."""
    group = lookup.group(state, command.group)
    label = clean(command.label, limits.LABEL_CHARACTERS)
    if command.mission:
        lookup.mission(state, command.group, command.mission)
    taken = {line.action.id for line in group.lines.values() if line.free and not line.removed}
    slots = (f"{FREE_LINE_PREFIX}{n}" for n in range(1, state.prepared.free_lines + 1))
    slot = next((slot for slot in slots if slot not in taken), None)
    if slot is None:
        raise Refused(Code.NO_FREE_LINE, str(state.prepared.free_lines))
    lookup.check_quota(state, act)
    return (ActionAdded(group=command.group, action=slot, label=label, mission=command.mission),)


@decides
def rename_action(state: Workshop, act: Act, command: RenameAction) -> tuple[Event, ...]:
    """Any member may."""
    line = _free_line(state, command.group, command.action)
    label = clean(command.label, limits.LABEL_CHARACTERS)
    if line.action.label == label:
        return ()
    return (ActionRenamed(group=command.group, action=command.action, label=label),)


@decides
def remove_action(state: Workshop, act: Act, command: RemoveAction) -> tuple[Event, ...]:
    """Refused while it carries initiatives: they would vanish with it."""
    _free_line(state, command.group, command.action)
    check_empty(state, command.group, command.action)
    return (ActionRemoved(group=command.group, action=command.action),)


@decides
def hide_action(state: Workshop, act: Act, command: HideAction) -> tuple[Event, ...]:
    """The common lines are the sheet’s own."""
    if _free_line(state, command.group, command.action).hidden:
        return ()
    return (ActionHidden(group=command.group, action=command.action),)


@decides
def show_action(state: Workshop, act: Act, command: ShowAction) -> tuple[Event, ...]:
    """Nothing changes where it shows already."""
    if not _free_line(state, command.group, command.action).hidden:
        return ()
    return (ActionShown(group=command.group, action=command.action),)


def _settling(state: Workshop, act: Act, command: PlaceAction | SetActionAside) -> tuple[Event, ...]:
    """What comes with a table’s settling a line: it takes the pen, and what each had answered alone is revealed."""
    revealed = revealed_first(state, command.group, command.action)
    return (*pen_claimed(state, act, command.group), *revealed)


def check_empty(state: Workshop, group: int, action: str) -> None:
    """Refuse when a line carries initiatives, hidden ones included."""
    line = lookup.line(state, group, action)
    if any(not initiative.withdrawn for initiative in line.initiatives.values()):
        raise Refused(Code.LINE_HAS_INITIATIVES)


def _free_line(state: Workshop, group: int, action: str) -> Line:
    line = lookup.line(state, group, action)
    if not line.free:
        raise Refused(Code.COMMON_ACTION)
    return line


def _arms(line: Line, command: PlaceAction) -> Placement:
    given = [reach for reach in (command.fs, command.cn) if reach is not None]
    if not given or not all(is_reach(reach) for reach in given):
        raise Refused(Code.NOT_A_REACH)
    now = line.placement or Placement(None, None)
    return Placement(
        now.fs if command.fs is None else command.fs,
        now.cn if command.cn is None else command.cn,
        tuple(arm for arm in now.unsure if getattr(command, arm) is None),
    )


def _placed(group: int, action: str, at: Placement) -> ActionPlaced:
    return ActionPlaced(group=group, action=action, fs=at.fs, cn=at.cn, unsure=at.unsure)


# --- evolving


@evolves
def action_placed(state: Workshop, fact: Fact, event: ActionPlaced) -> Workshop:
    """It concerns the territory after all."""
    return _moved(state, fact, event, placement=Placement(event.fs, event.cn, event.unsure), set_aside=False)


@evolves
def action_unplaced(state: Workshop, fact: Fact, event: ActionUnplaced) -> Workshop:
    """Neither placed nor set aside."""
    return _moved(state, fact, event, placement=None, set_aside=False)


@evolves
def action_set_aside(state: Workshop, fact: Fact, event: ActionSetAside) -> Workshop:
    """Where it was placed is forgotten."""
    return _moved(state, fact, event, placement=None, set_aside=True)


@evolves
def action_added(state: Workshop, fact: Fact, event: ActionAdded) -> Workshop:
    """Whatever an earlier line in the same place carried is gone."""
    action = SheetAction(id=event.action, short=event.label, label=event.label)
    line = Line(action=action, free=True, mission=event.mission, named_by=fact.by.id, named_at=fact.at)
    lines = put(state.group(event.group).lines, event.action, line)
    return with_group(state, event.group, lines=_ordered(lines))


@evolves
def action_renamed(state: Workshop, fact: Fact, event: ActionRenamed) -> Workshop:
    """The words are whose who wrote them last."""
    line = state.group(event.group).lines[event.action]
    action = replace(line.action, short=event.label, label=event.label)
    return with_line(state, event.group, event.action, action=action, named_by=fact.by.id)


@evolves
def action_removed(state: Workshop, fact: Fact, event: ActionRemoved) -> Workshop:
    """It stays in the state, for an undo."""
    return with_sound_wall(with_line(state, event.group, event.action, removed=True))


@evolves
def action_restored(state: Workshop, fact: Fact, event: ActionRestored) -> Workshop:
    """Just as it was."""
    return with_line(state, event.group, event.action, removed=False)


@evolves
def action_hidden(state: Workshop, fact: Fact, event: ActionHidden) -> Workshop:
    """It stays in the state, and its place is taken."""
    return with_sound_wall(with_line(state, event.group, event.action, hidden=True))


@evolves
def action_shown(state: Workshop, fact: Fact, event: ActionShown) -> Workshop:
    """Just as it was, or as it was changed meanwhile."""
    return with_line(state, event.group, event.action, hidden=False)


def _moved(state: Workshop, fact: Fact, event: _OfALine, **changes: Any) -> Workshop:
    return with_line(state, event.group, event.action, moved_by=fact.by.id, moved_at=fact.at, **changes)


def _ordered(lines: dict[str, Line]) -> dict[str, Line]:
    common = {key: line for key, line in lines.items() if not line.free}
    free = sorted(
        (key for key, line in lines.items() if line.free), key=lambda key: int(key.rpartition("-")[2])
    )
    return common | {key: lines[key] for key in free}


# --- undoing, and putting back


@inverts
def _placement_before(
    before: Workshop, event: ActionPlaced | ActionUnplaced | ActionSetAside
) -> ActionPlaced | ActionUnplaced | ActionSetAside:
    line = before.group(event.group).lines[event.action]
    if line.set_aside:
        return ActionSetAside(group=event.group, action=event.action)
    if line.placement is None:
        return ActionUnplaced(group=event.group, action=event.action)
    return _placed(event.group, event.action, line.placement)


@inverts
def _not_added(before: Workshop, event: ActionAdded) -> ActionRemoved:
    return ActionRemoved(group=event.group, action=event.action)


@inverts
def _not_removed(before: Workshop, event: ActionRemoved) -> ActionRestored:
    return ActionRestored(group=event.group, action=event.action)


@inverts
def _label_before(before: Workshop, event: ActionRenamed) -> ActionRenamed:
    label = before.group(event.group).lines[event.action].action.label
    return ActionRenamed(group=event.group, action=event.action, label=label)


@looks_at
def _how_the_line_stands(
    state: Workshop,
    event: ActionPlaced | ActionUnplaced | ActionSetAside | ActionRemoved | ActionRestored | ActionRenamed,
) -> object:
    line = state.group(event.group).lines[event.action]
    moved = (line.placement, line.set_aside, line.moved_by, line.moved_at)
    return (line.action.label, line.named_by, line.removed, moved)


@names_removal
def _line(event: ActionRemoved | ActionRestored) -> str:
    return f"line-{event.group}-{event.action}"


@restores
def _with_all_it_carried(before: Workshop, event: ActionRemoved) -> Restoration:
    return Restoration(remedies=(ActionRestored(group=event.group, action=event.action),))
