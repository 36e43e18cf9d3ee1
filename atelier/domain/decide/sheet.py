"""Placing actions on a group's sheet, and filling its free lines."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.decide import finding, pens, quota
from atelier.domain.refusals import Code, Refused
from atelier.domain.setup import FREE_LINE_PREFIX
from atelier.domain.state import Line, Workshop
from atelier.domain.text import clean
from atelier.domain.values import Placement, is_reach


def place(state: Workshop, act: Act, command: c.PlaceAction) -> tuple[e.Event, ...]:
    """Say how regularly each trade does it. Any member may, unless one phone a table does; the last word wins."""
    line = finding.line(state, command.group, command.action)
    wanted = _arms(line, command)
    if line.placement == wanted and not line.set_aside:
        return ()
    placed = e.ActionPlaced(group=command.group, action=command.action, fs=wanted.fs, cn=wanted.cn)
    return (*pens.claimed(state, act, command.group), placed)


def unplace(state: Workshop, act: Act, command: c.UnplaceAction) -> tuple[e.Event, ...]:
    """Back to « à placer »."""
    line = finding.line(state, command.group, command.action)
    if line.placement is None and not line.set_aside:
        return ()
    unplaced = e.ActionUnplaced(group=command.group, action=command.action)
    return (*pens.claimed(state, act, command.group), unplaced)


def set_aside(state: Workshop, act: Act, command: c.SetActionAside) -> tuple[e.Event, ...]:
    """« Sans objet » here."""
    if finding.line(state, command.group, command.action).set_aside:
        return ()
    put_aside = e.ActionSetAside(group=command.group, action=command.action)
    return (*pens.claimed(state, act, command.group), put_aside)


def add(state: Workshop, act: Act, command: c.AddAction) -> tuple[e.ActionAdded, ...]:
    """Fill the next free line, with words of one's own or with a mission of the continuum."""
    group = finding.group(state, command.group)
    label = clean(command.label, limits.LABEL_CHARACTERS)
    if command.mission:
        finding.mission(state, command.group, command.mission)
    taken = {line.action.id for line in group.lines.values() if line.free and not line.removed}
    slots = (f"{FREE_LINE_PREFIX}{n}" for n in range(1, state.prepared.free_lines + 1))
    slot = next((slot for slot in slots if slot not in taken), None)
    if slot is None:
        raise Refused(Code.NO_FREE_LINE, str(state.prepared.free_lines))
    quota.check(state, act)
    return (e.ActionAdded(group=command.group, action=slot, label=label, mission=command.mission),)


def rename(state: Workshop, act: Act, command: c.RenameAction) -> tuple[e.Event, ...]:
    """Find better words for a free line; the ten common ones are the sheet's own."""
    line = _free_line(state, command.group, command.action)
    label = clean(command.label, limits.LABEL_CHARACTERS)
    if line.action.label == label:
        return ()
    return (e.ActionRenamed(group=command.group, action=command.action, label=label),)


def remove(state: Workshop, act: Act, command: c.RemoveAction) -> tuple[e.Event, ...]:
    """Empty a free line. Refused while it carries initiatives: they would vanish with it."""
    _free_line(state, command.group, command.action)
    check_empty(state, command.group, command.action)
    return (e.ActionRemoved(group=command.group, action=command.action),)


def check_empty(state: Workshop, group: int, action: str) -> None:
    """Refuse when a line carries initiatives, hidden ones included."""
    line = finding.line(state, group, action)
    if any(not initiative.withdrawn for initiative in line.initiatives.values()):
        raise Refused(Code.LINE_HAS_INITIATIVES)


def _free_line(state: Workshop, group: int, action: str) -> Line:
    line = finding.line(state, group, action)
    if not line.free:
        raise Refused(Code.COMMON_ACTION)
    return line


def _arms(line: Line, command: c.PlaceAction) -> Placement:
    given = [reach for reach in (command.fs, command.cn) if reach is not None]
    if not given or not all(is_reach(reach) for reach in given):
        raise Refused(Code.NOT_A_REACH)
    now = line.placement or Placement(0, 0)
    return Placement(
        now.fs if command.fs is None else command.fs,
        now.cn if command.cn is None else command.cn,
    )
