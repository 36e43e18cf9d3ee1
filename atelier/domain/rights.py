"""Who may do what, when: the table role × phase × status × command as data, and the function that reads it."""

from dataclasses import dataclass

from atelier.domain import commands as c
from atelier.domain.acts import Act
from atelier.domain.limits import GRACE_MS
from atelier.domain.preconditions import moved_on
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.values import Holder, Phase, Role, Status

_OPEN = frozenset({Status.OPEN})
_OPEN_OR_CLOSED = frozenset({Status.OPEN, Status.CLOSED})
_EVERY_PHASE = frozenset(Phase)
_NO_PHASE: frozenset[Phase] = frozenset()
_WRITING = frozenset({Phase.ARTICULATIONS})
_MISSIONS = frozenset({Phase.REMITS, Phase.ARTICULATIONS})
_SUPPORTING = frozenset({Phase.ARTICULATIONS, Phase.REPORT_BACK, Phase.SYNTHESIS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a command is allowed. `phases` bind participants; `statuses` bind everybody, participants to OPEN besides.

    `grace`: a text begun before the phase was left is still taken for a minute. `offer`: the close does not stand in a
    participant's way.
    """

    roles: frozenset[Role]
    phases: frozenset[Phase] = _EVERY_PHASE
    statuses: frozenset[Status] = _OPEN
    grace: bool = False
    offer: bool = False


def _facilitators(statuses: frozenset[Status] = _OPEN) -> Rule:
    return Rule(roles=frozenset({Role.FACILITATOR, Role.HOST}), statuses=statuses)


def _everyone(phases: frozenset[Phase], *, grace: bool = False, after_close: bool = True) -> Rule:
    # After the close, facilitators may still correct texts and type in paper sheets; participants may not.
    return Rule(
        roles=frozenset({Role.PARTICIPANT, Role.FACILITATOR, Role.HOST}),
        phases=phases,
        statuses=_OPEN_OR_CLOSED if after_close else _OPEN,
        grace=grace,
    )


RULES: dict[type[c.Command], Rule] = {
    c.PrepareWorkshop: Rule(roles=frozenset({Role.HOST}), statuses=frozenset({Status.UNPREPARED})),
    c.ReviseSetup: _facilitators(),
    c.IssueKey: _facilitators(frozenset(Status) - {Status.UNPREPARED}),
    c.RevokeKey: _facilitators(frozenset(Status) - {Status.UNPREPARED}),
    c.CloseWorkshop: _facilitators(),
    c.ReopenWorkshop: _facilitators(frozenset({Status.CLOSED})),
    c.ArchiveWorkshop: _facilitators(frozenset({Status.CLOSED})),
    c.Join: Rule(roles=frozenset({Role.GUEST, Role.PARTICIPANT})),
    c.ChangeGroup: _everyone(_EVERY_PHASE, after_close=False),
    c.IntroduceOneself: Rule(roles=frozenset({Role.PARTICIPANT})),
    c.Leave: _everyone(_EVERY_PHASE, after_close=False),
    c.SetEntrance: _facilitators(),
    c.RemoveIdle: _facilitators(),
    c.PutBack: _facilitators(_OPEN_OR_CLOSED),
    c.EraseParticipant: Rule(
        roles=frozenset({Role.PARTICIPANT, Role.FACILITATOR, Role.HOST}),
        statuses=frozenset(Status) - {Status.UNPREPARED},
        offer=True,
    ),
    c.ResetWorkshop: _facilitators(_OPEN_OR_CLOSED),
    c.RenameGroup: _facilitators(_OPEN_OR_CLOSED),
    c.OpenPhase: _facilitators(),
    c.RevertPhase: _facilitators(),
    c.StartClock: _facilitators(),
    c.PauseClock: _facilitators(),
    c.ResumeClock: _facilitators(),
    c.ExtendClock: _facilitators(),
    c.StopClock: _facilitators(),
    c.Announce: _facilitators(_OPEN_OR_CLOSED),
    c.ClearAnnouncement: _facilitators(_OPEN_OR_CLOSED),
    c.ShowOnWall: _facilitators(_OPEN_OR_CLOSED),
    c.SetArmsDiscreet: _facilitators(),
    c.SetFooterOpen: _facilitators(_OPEN_OR_CLOSED),
    c.SetOnePen: _facilitators(),
    c.TakePen: Rule(roles=frozenset({Role.PARTICIPANT}), phases=_WRITING),
    c.PlaceAction: _everyone(_WRITING),
    c.UnplaceAction: _everyone(_WRITING),
    c.SetActionAside: _everyone(_WRITING),
    c.AddAction: _everyone(_WRITING, grace=True),
    c.RenameAction: _everyone(_WRITING, grace=True),
    c.RemoveAction: _everyone(_WRITING),
    c.PostInitiative: _everyone(_WRITING, grace=True),
    c.EditInitiative: _everyone(_WRITING, grace=True),
    c.WithdrawInitiative: _everyone(_WRITING),
    c.SupportInitiative: _everyone(_SUPPORTING),
    c.UnsupportInitiative: _everyone(_SUPPORTING),
    c.HideInitiative: _facilitators(_OPEN_OR_CLOSED),
    c.ShowInitiative: _facilitators(_OPEN_OR_CLOSED),
    c.HighlightInitiative: _facilitators(_OPEN_OR_CLOSED),
    c.AddMission: _everyone(_MISSIONS, grace=True),
    c.EditMission: _everyone(_MISSIONS, grace=True),
    c.MoveMission: _everyone(_MISSIONS),
    c.WithdrawMission: _everyone(_MISSIONS),
    c.SayReady: _everyone(_MISSIONS, after_close=False),
    c.PresentGroup: _facilitators(),
    c.TakeNote: _facilitators(_OPEN_OR_CLOSED),
    c.RecordDecision: _facilitators(_OPEN_OR_CLOSED),
    c.EditDecision: _facilitators(_OPEN_OR_CLOSED),
    c.WithdrawDecision: _facilitators(_OPEN_OR_CLOSED),
    c.HandIn: Rule(roles=frozenset({Role.PARTICIPANT}), statuses=_OPEN_OR_CLOSED, offer=True),
    c.AcceptText: _facilitators(_OPEN_OR_CLOSED),
    c.SetTextAside: _facilitators(_OPEN_OR_CLOSED),
    c.UndoLast: _everyone(_MISSIONS | _SUPPORTING),
}


def allow(state: Workshop, act: Act) -> None:
    """Return when `act` is within its author's rights; raise Refused otherwise."""
    rule = RULES[type(act.command)]
    if not act.by.id and act.by.role in (Role.GUEST, Role.PARTICIPANT):
        raise Refused(Code.NO_IDENTITY)  # nobody: two of them would be one person
    if act.by.role not in rule.roles:
        raise Refused(Code.NOT_JOINED if act.by.role is Role.GUEST else Code.NOT_ALLOWED)
    if state.status not in _statuses(rule, act.by.role):
        raise Refused(_wrong_status(state, act))
    _known(state, act)
    if act.by.role is Role.PARTICIPANT:
        _in_phase(state, act, rule)
        _in_own_group(state, act)


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


def in_phase(state: Workshop, kind: type[c.Command]) -> bool:
    """Tell whether participants may give commands of this `kind` in the current phase."""
    return state.phase in RULES[kind].phases


def _statuses(rule: Rule, role: Role) -> frozenset[Status]:
    # The close freezes participants, whatever facilitators may still do.
    return rule.statuses & _OPEN if role is Role.PARTICIPANT and not rule.offer else rule.statuses


def _wrong_status(state: Workshop, act: Act) -> Code:
    if isinstance(act.command, c.PrepareWorkshop):
        return Code.ALREADY_PREPARED
    if moved_on(state, act.command):
        return Code.MOVED_ON
    return {
        Status.UNPREPARED: Code.UNKNOWN_WORKSHOP,
        Status.OPEN: Code.WORKSHOP_NOT_CLOSED,
        Status.CLOSED: Code.WORKSHOP_CLOSED,
        Status.ARCHIVED: Code.WORKSHOP_ARCHIVED,
    }[state.status]


def _known(state: Workshop, act: Act) -> None:
    match act.by.role:
        case Role.PARTICIPANT:
            person = state.people.get(act.by.id)
            # Somebody who left may come back through the door, and only there.
            if person is None or (person.left and not isinstance(act.command, c.Join)):
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
    # A clock that was put back since would let a minute last for hours.
    if not rule.grace or abs(act.at - max(left)) > GRACE_MS:
        raise Refused(Code.PHASE_OVER)


def _in_own_group(state: Workshop, act: Act) -> None:
    if isinstance(act.command, c.Join):
        return
    group = getattr(act.command, "group", None)
    if group is not None and group != state.people[act.by.id].group:
        raise Refused(Code.OTHER_GROUP)
    person = getattr(act.command, "participant", None)
    if person is not None and person != act.by.id:
        raise Refused(Code.NOT_ALLOWED)
