"""Who may do what, when: what the rule beside each command (`rules.py`) comes to for somebody, at a moment."""

from atelier.domain.acts import Act, Command
from atelier.domain.limits import GRACE_MS
from atelier.domain.preconditions import moved_on
from atelier.domain.refusals import Code, Refused
from atelier.domain.registry import RULES
from atelier.domain.rules import OPEN, UNPREPARED, Rule
from atelier.domain.state import Workshop
from atelier.domain.values import Holder, Role, Status
from atelier.domain.windows import is_open


def allow(state: Workshop, act: Act) -> None:
    """Return when `act` is within its author's rights; raise Refused otherwise."""
    rule = RULES[type(act.command)]
    if not act.by.id and act.by.role in (Role.GUEST, Role.PARTICIPANT):
        raise Refused(Code.NO_IDENTITY)  # nobody: two of them would be one person
    if act.by.role not in rule.roles:
        raise Refused(Code.NOT_JOINED if act.by.role is Role.GUEST else Code.NOT_ALLOWED)
    if state.status not in _statuses(rule, act.by.role):
        raise Refused(_wrong_status(state, act, rule))
    _known(state, act, rule)
    if act.by.role is Role.PARTICIPANT:
        _in_phase(state, act, rule)
        _in_own_group(state, act, rule)


def may(state: Workshop, act: Act) -> bool:
    """Tell whether `act` is within its author's rights, for a page that shows or hides a control."""
    try:
        allow(state, act)
    except Refused:
        return False
    return True


def holds(state: Workshop, key_id: str, holder: Holder) -> bool:
    """Tell whether `key_id` is a working key of that kind."""
    key = state.keys.get(key_id)
    return key is not None and not key.revoked and key.holder is holder


def in_phase(state: Workshop, kind: type[Command]) -> bool:
    """Tell whether participants may give commands of this `kind` in the current phase."""
    return state.phase in RULES[kind].phases


def _statuses(rule: Rule, role: Role) -> frozenset[Status]:
    # The close freezes participants, whatever facilitators may still do.
    return rule.statuses & OPEN if role is Role.PARTICIPANT and not rule.offer else rule.statuses


def _wrong_status(state: Workshop, act: Act, rule: Rule) -> Code:
    if rule.statuses == UNPREPARED:
        return Code.ALREADY_PREPARED
    if moved_on(state, act.command):
        return Code.MOVED_ON
    return {
        Status.UNPREPARED: Code.UNKNOWN_WORKSHOP,
        Status.OPEN: Code.WORKSHOP_NOT_CLOSED,
        Status.CLOSED: Code.WORKSHOP_CLOSED,
        Status.ARCHIVED: Code.WORKSHOP_ARCHIVED,
    }[state.status]


def _known(state: Workshop, act: Act, rule: Rule) -> None:
    match act.by.role:
        case Role.PARTICIPANT:
            person = state.people.get(act.by.id)
            # Somebody who left may come back through the door, and only there.
            if person is None or (person.left and not rule.entering):
                raise Refused(Code.NOT_JOINED)
        case Role.FACILITATOR:
            if not holds(state, act.by.id, Holder.FACILITATOR):
                raise Refused(Code.NOT_ALLOWED)


def _in_phase(state: Workshop, act: Act, rule: Rule) -> None:
    if state.phase in rule.phases:
        return
    left = [at for phase, at in state.left_at.items() if phase in rule.phases]
    if not left:
        raise Refused(Code.PHASE_NOT_OPEN)
    if not (rule.grace and is_open(GRACE_MS, max(left), act.at)):
        raise Refused(Code.PHASE_OVER)


def _in_own_group(state: Workshop, act: Act, rule: Rule) -> None:
    if rule.entering:
        return
    group = getattr(act.command, "group", None)
    if group is not None and group != state.people[act.by.id].group:
        raise Refused(Code.OTHER_GROUP)
    person = getattr(act.command, "participant", None)
    if person is not None and person != act.by.id:
        raise Refused(Code.NOT_ALLOWED)
