"""Find what a command names, or refuse with the right code; refuse a text too many of one person."""

from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.previous import PreviousDecision
from atelier.domain.refusals import Code, Refused
from atelier.domain.selectors import rapporteur
from atelier.domain.state import Decision, Group, Initiative, LateText, Line, Mission, Participant, Workshop
from atelier.domain.values import Actor, Role


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


def own_mission(state: Workshop, group_number: int, wanted: str, by: Actor) -> Mission:
    """Like `mission`, for its author or a facilitator only."""
    found = mission(state, group_number, wanted)
    if found.author != by.id and not by.facilitates:
        raise Refused(Code.NOT_YOURS)
    return found


def reported(state: Workshop, number: int, by: Actor) -> Group:
    """Return the group `number` for a facilitator or its rapporteur, or refuse."""
    found = group(state, number)
    if not by.facilitates and rapporteur(state, found) is not state.people[by.id]:
        raise Refused(Code.NOT_ALLOWED)
    return found


def participant(state: Workshop, wanted: str) -> Participant:
    """Return that participant, who is present, or refuse."""
    found = state.people.get(wanted)
    if found is None or found.left:
        raise Refused(Code.UNKNOWN_PARTICIPANT)
    return found


def decision(state: Workshop, wanted: str) -> Decision:
    """Return that decision, or refuse."""
    found = state.decisions.get(wanted)
    if found is None:
        raise Refused(Code.UNKNOWN_DECISION)
    return found


def previous_decision(state: Workshop, wanted: str) -> PreviousDecision:
    """Return that decision of the workshop that this one follows, or refuse."""
    previous = state.prepared.previous
    for each in previous.decisions if previous else ():
        if each.id == wanted:
            return each
    raise Refused(Code.UNKNOWN_DECISION)


def late_text(state: Workshop, wanted: str) -> LateText:
    """Return that text which came after its phase, or refuse."""
    found = state.late.get(wanted)
    if found is None:
        raise Refused(Code.UNKNOWN_TEXT)
    return found


def check_quota(state: Workshop, act: Act) -> None:
    """Refuse a text of somebody who wrote as many as one person may, taken back ones included.

    Facilitators type in paper sheets: theirs are not counted.
    """
    if act.by.role is Role.PARTICIPANT and state.people[act.by.id].texts >= limits.TEXTS_PER_PERSON:
        raise Refused(Code.TEXT_QUOTA, str(limits.TEXTS_PER_PERSON))
