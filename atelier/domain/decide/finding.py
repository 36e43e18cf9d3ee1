"""Finding what a command names, or refusing with the right code."""

from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Group, Initiative, Line, Mission, Workshop
from atelier.domain.values import Actor


def group(state: Workshop, number: int) -> Group:
    """Return the group `number`, or refuse."""
    if not 1 <= number <= len(state.groups):
        raise Refused(Code.UNKNOWN_GROUP)
    return state.groups[number - 1]


def line(state: Workshop, group_number: int, action: str) -> Line:
    """Return that line of that group's sheet, or refuse."""
    found = group(state, group_number).lines.get(action)
    if found is None or found.removed:
        raise Refused(Code.UNKNOWN_ACTION)
    return found


def initiative(state: Workshop, group_number: int, wanted: str) -> Initiative:
    """Return that initiative of that group, not withdrawn, or refuse."""
    for each in group(state, group_number).lines.values():
        found = each.initiatives.get(wanted)
        if found is not None and not found.withdrawn:
            return found
    raise Refused(Code.UNKNOWN_INITIATIVE)


def own_initiative(state: Workshop, group_number: int, wanted: str, by: Actor) -> Initiative:
    """Like `initiative`, for its author or a facilitator only."""
    found = initiative(state, group_number, wanted)
    if found.author != by.id and not by.facilitates:
        raise Refused(Code.NOT_YOURS)
    return found


def mission(state: Workshop, group_number: int, wanted: str) -> Mission:
    """Return that mission of that group's continuum, not withdrawn, or refuse."""
    found = group(state, group_number).missions.get(wanted)
    if found is None or found.withdrawn:
        raise Refused(Code.UNKNOWN_MISSION)
    return found
