"""Who may give a command, and when: the rule that stands beside each one."""

from dataclasses import dataclass

from atelier.domain.values import Phase, Role, Status

UNPREPARED = frozenset({Status.UNPREPARED})
OPEN = frozenset({Status.OPEN})
CLOSED = frozenset({Status.CLOSED})
OPEN_OR_CLOSED = OPEN | CLOSED
ONCE_PREPARED = frozenset(Status) - UNPREPARED

EVERY_PHASE = frozenset(Phase)
WRITING = frozenset({Phase.ARTICULATIONS})
MISSIONS = frozenset({Phase.REMITS, Phase.ARTICULATIONS})
SUPPORTING = frozenset({Phase.ARTICULATIONS, Phase.REPORT_BACK, Phase.SYNTHESIS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a command is allowed. `phases` bind participants; `statuses` bind everybody, participants to OPEN besides.

    `grace`: a text begun before the phase was left is still taken for a minute. `offer`: the close does not stand in a
    participant's way. `entering`: it is how people come in, to whatever table, those who left included.
    """

    roles: frozenset[Role]
    phases: frozenset[Phase] = EVERY_PHASE
    statuses: frozenset[Status] = OPEN
    grace: bool = False
    offer: bool = False
    entering: bool = False


def facilitators(statuses: frozenset[Status] = OPEN) -> Rule:
    """Allow facilitators alone, in every phase."""
    return Rule(roles=frozenset({Role.FACILITATOR, Role.HOST}), statuses=statuses)


def everyone(
    phases: frozenset[Phase] = EVERY_PHASE,
    *,
    statuses: frozenset[Status] = OPEN_OR_CLOSED,
    grace: bool = False,
    offer: bool = False,
) -> Rule:
    """Allow participants in these phases while the workshop is open, facilitators in every phase.

    After the close, facilitators may still correct texts and type in paper sheets.
    """
    roles = frozenset({Role.PARTICIPANT, Role.FACILITATOR, Role.HOST})
    return Rule(roles=roles, phases=phases, statuses=statuses, grace=grace, offer=offer)


def participants(
    phases: frozenset[Phase] = EVERY_PHASE, *, statuses: frozenset[Status] = OPEN, offer: bool = False
) -> Rule:
    """Allow participants alone."""
    return Rule(roles=frozenset({Role.PARTICIPANT}), phases=phases, statuses=statuses, offer=offer)
