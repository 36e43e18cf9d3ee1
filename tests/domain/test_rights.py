"""The whole table role × phase × status × command, against an expectation written by hand below.

It is written as the rules are said in the room, and not read from the rule that stands beside each command: two ways
of saying the same. What only facilitators may do, while the workshop is open or closed, needs no row here: without one,
a command is expected to be theirs alone. So a right that is given to participants by mistake is red, and a button more
on the desk costs nothing.
"""

from dataclasses import MISSING, dataclass, fields, replace
from itertools import product
from typing import get_type_hints

import pytest

from atelier.domain import commands as c
from atelier.domain.acts import Act
from atelier.domain.decide import decide
from atelier.domain.refusals import Code, Refused
from atelier.domain.registry import RULES
from atelier.domain.rights import allow, in_phase, may
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop
from atelier.domain.values import (
    Actor,
    DecisionStatus,
    Entrance,
    Holder,
    Phase,
    Role,
    Scene,
    Side,
    Status,
    TextKind,
    Trade,
)
from tests.support.histories import ALICE, FACILITATOR, GUEST, HOST, MINUTE, SETUP, T0, state_of, workshop

BY_NAME: dict[str, object] = {"participant": "alice", "action": "orienter", "group": 1}
BY_TYPE: dict[object, object] = {
    str: "x",
    int: 2,
    bool: True,
    Setup: SETUP,
    Trade: Trade.OTHER,
    Side: Side.BOTH,
    Phase: Phase.REMITS,
    Holder: Holder.WALL,
    Scene: Scene.BLANK,
    Entrance: Entrance.CLOSED,
    TextKind: TextKind.MISSION,
    DecisionStatus: DecisionStatus.DONE,
}


def example(kind: type[c.Command]) -> c.Command:
    """Return a command of that kind; what may be left out is."""
    hints = get_type_hints(kind)
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    return kind(**{name: BY_NAME.get(name, BY_TYPE[hints[name]]) for name in needed})


EXAMPLES = tuple(example(kind) for kind in c.NAMES.values())
ACTORS = {Role.GUEST: GUEST, Role.PARTICIPANT: ALICE, Role.FACILITATOR: FACILITATOR, Role.HOST: HOST}


@dataclass(frozen=True)
class Expected:
    """A row of the table: phases (by initial) and statuses (by initial) for each kind of people."""

    participants: str = ""
    guests: str = ""
    facilitators: str = ""
    grace: bool = False
    taken: str = "o"


# Phases: w(elcome) r(emits) a(rticulations) b(ack: report-back) s(ynthesis); participants and guests: workshop open.
# Statuses: u(nprepared) o(pen) c(losed) A(rchived); facilitators and the host: in every phase.
TABLE: dict[str, Expected] = {
    "ReviseSetup": Expected(facilitators="o"),
    "IssueKey": Expected(facilitators="ocA"),
    "RevokeKey": Expected(facilitators="ocA"),
    "CloseWorkshop": Expected(facilitators="o"),
    "ReopenWorkshop": Expected(facilitators="c"),
    "ArchiveWorkshop": Expected(facilitators="c"),
    "Join": Expected(participants="wrabs", guests="wrabs"),
    "ChangeGroup": Expected(participants="wrabs", facilitators="o"),
    "Leave": Expected(participants="wrabs", facilitators="o"),
    "SetEntrance": Expected(facilitators="o"),
    "RemoveIdle": Expected(facilitators="o"),
    "PutBack": Expected(facilitators="oc"),
    "RenameGroup": Expected(facilitators="oc"),
    "OpenPhase": Expected(facilitators="o"),
    "RevertPhase": Expected(facilitators="o"),
    "StartClock": Expected(facilitators="o"),
    "PauseClock": Expected(facilitators="o"),
    "ResumeClock": Expected(facilitators="o"),
    "ExtendClock": Expected(facilitators="o"),
    "StopClock": Expected(facilitators="o"),
    "Announce": Expected(facilitators="oc"),
    "ClearAnnouncement": Expected(facilitators="oc"),
    "ShowOnWall": Expected(facilitators="oc"),
    "SetArmsDiscreet": Expected(facilitators="o"),
    "SetFooterOpen": Expected(facilitators="oc"),
    "ShowJoinCode": Expected(facilitators="o"),
    "SetOnePen": Expected(facilitators="o"),
    "TakePen": Expected(participants="a"),
    "SetAnswersFirst": Expected(facilitators="o"),
    "GiveAnswer": Expected(participants="a"),
    "RevealAnswers": Expected(participants="a", facilitators="oc"),
    "PlaceAction": Expected(participants="a", facilitators="oc"),
    "UnplaceAction": Expected(participants="a", facilitators="oc"),
    "SetActionAside": Expected(participants="a", facilitators="oc"),
    "AddAction": Expected(participants="a", facilitators="oc", grace=True),
    "RenameAction": Expected(participants="a", facilitators="oc", grace=True),
    "RemoveAction": Expected(participants="a", facilitators="oc"),
    "PostInitiative": Expected(participants="a", facilitators="oc", grace=True),
    "EditInitiative": Expected(participants="a", facilitators="oc", grace=True),
    "MoveInitiative": Expected(participants="a", facilitators="oc"),
    "WithdrawInitiative": Expected(participants="a", facilitators="oc"),
    "SupportInitiative": Expected(participants="abs", facilitators="oc"),
    "UnsupportInitiative": Expected(participants="abs", facilitators="oc"),
    "HideInitiative": Expected(facilitators="oc"),
    "ShowInitiative": Expected(facilitators="oc"),
    "HighlightInitiative": Expected(facilitators="oc"),
    "AddMission": Expected(participants="ra", facilitators="oc", grace=True),
    "EditMission": Expected(participants="ra", facilitators="oc", grace=True),
    "MoveMission": Expected(participants="ra", facilitators="oc"),
    "WithdrawMission": Expected(participants="ra", facilitators="oc"),
    "SayReady": Expected(participants="ra", facilitators="o"),
    "PresentGroup": Expected(facilitators="o"),
    "GatherInitiatives": Expected(participants="abs", facilitators="oc"),
    "SeparateInitiative": Expected(participants="abs", facilitators="oc"),
    "NameGathering": Expected(participants="abs", facilitators="oc"),
    "OpenVote": Expected(facilitators="o"),
    "PlaceDots": Expected(participants="wrabs"),
    "CloseVote": Expected(facilitators="o"),
    "ReopenVote": Expected(facilitators="o"),
    "SharePhone": Expected(facilitators="o"),
    "TakeNote": Expected(participants="abs", facilitators="oc"),
    "KeepPhoto": Expected(participants="abs", facilitators="oc"),
    "RemovePhoto": Expected(participants="abs", facilitators="oc"),
    "RecordDecision": Expected(facilitators="oc"),
    "EditDecision": Expected(facilitators="oc"),
    "PlanNextMeeting": Expected(facilitators="oc"),
    "WithdrawDecision": Expected(facilitators="oc"),
    "EraseParticipant": Expected(participants="wrabs", facilitators="ocA", taken="ocA"),
    "ResetWorkshop": Expected(facilitators="oc"),
    "HandIn": Expected(participants="wrabs", taken="oc"),
    "AcceptText": Expected(facilitators="oc"),
    "SetTextAside": Expected(facilitators="oc"),
    "UndoLast": Expected(participants="rabs", facilitators="oc"),
}
STATUSES = {Status.UNPREPARED: "u", Status.OPEN: "o", Status.CLOSED: "c", Status.ARCHIVED: "A"}
PHASES = {
    Phase.WELCOME: "w",
    Phase.REMITS: "r",
    Phase.ARTICULATIONS: "a",
    Phase.REPORT_BACK: "b",
    Phase.SYNTHESIS: "s",
}
STATES = {(phase, status): state_of(workshop(phase, status)) for phase, status in product(Phase, Status)}


def row_of(command: c.Command) -> Expected:
    """Return the row, or that of the facilitators' alone."""
    by_themselves = RULES[type(command)].statuses & {Status.OPEN, Status.CLOSED}
    alone = Expected(facilitators="".join(STATUSES[status] for status in by_themselves))
    return TABLE.get(type(command).__name__, alone)


def expected(command: c.Command, role: Role, phase: Phase, status: Status) -> bool:
    """Read the table."""
    if isinstance(command, c.PrepareWorkshop):
        return role is Role.HOST and status is Status.UNPREPARED
    if isinstance(command, c.NoteLinkOpened):
        return role is Role.HOST and status is not Status.UNPREPARED
    row = row_of(command)
    if role in (Role.FACILITATOR, Role.HOST):
        return STATUSES[status] in row.facilitators
    phases = row.participants if role is Role.PARTICIPANT else row.guests
    return STATUSES[status] in row.taken and PHASES[phase] in phases


def act(command: c.Command, by: Actor, at: int = T0 + 10 * MINUTE) -> Act:
    """An act long after the last change of phase."""
    return Act(command=command, by=by, at=at, fresh_id="new")


def test_every_row_is_about_a_command() -> None:
    assert TABLE.keys() <= {kind.__name__ for kind in c.NAMES.values()}


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: type(command).__name__)
def test_the_whole_table_role_by_phase_by_status(command: c.Command) -> None:
    for role, phase, status in product(Role, Phase, Status):
        allowed = may(STATES[phase, status], act(command, ACTORS[role]))
        assert allowed == expected(command, role, phase, status), (role, phase, status)


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: type(command).__name__)
def test_the_minute_of_grace_is_for_texts_only(command: c.Command) -> None:
    row = row_of(command)
    state = replace(
        STATES[Phase.REPORT_BACK, Status.OPEN], left_at={Phase.REMITS: T0, Phase.ARTICULATIONS: T0}
    )
    within = may(state, act(command, ALICE, at=T0 + MINUTE))
    assert within == (row.grace or PHASES[Phase.REPORT_BACK] in row.participants)
    after = may(state, act(command, ALICE, at=T0 + MINUTE + 1))
    assert after == (PHASES[Phase.REPORT_BACK] in row.participants)


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: type(command).__name__)
def test_what_rights_refuse_is_never_decided(command: c.Command) -> None:
    for role, phase, status in product(Role, Phase, Status):
        if not expected(command, role, phase, status):
            with pytest.raises(Refused):
                decide(STATES[phase, status], act(command, ACTORS[role]))


def refusal(state: Workshop, command: c.Command, by: Actor) -> Code:
    """Why rights refuse."""
    with pytest.raises(Refused) as caught:
        allow(state, act(command, by))
    return caught.value.code


@pytest.mark.parametrize("role", [Role.GUEST, Role.PARTICIPANT])
def test_the_reason_for_what_is_the_facilitators_alone(role: Role) -> None:
    reason = Code.NOT_JOINED if role is Role.GUEST else Code.NOT_ALLOWED
    for example in EXAMPLES:
        row = row_of(example)
        if not row.participants and not row.guests:
            assert refusal(STATES[Phase.ARTICULATIONS, Status.OPEN], example, ACTORS[role]) is reason


def test_the_reason_follows_the_status() -> None:
    announce = c.Announce(text="x")
    assert refusal(STATES[Phase.WELCOME, Status.UNPREPARED], announce, HOST) is Code.UNKNOWN_WORKSHOP
    assert refusal(STATES[Phase.WELCOME, Status.ARCHIVED], announce, HOST) is Code.WORKSHOP_ARCHIVED
    assert (
        refusal(STATES[Phase.WELCOME, Status.CLOSED], c.OpenPhase(phase=Phase.REMITS), HOST)
        is Code.WORKSHOP_CLOSED
    )
    assert refusal(STATES[Phase.WELCOME, Status.OPEN], c.ReopenWorkshop(), HOST) is Code.WORKSHOP_NOT_CLOSED


@pytest.mark.parametrize("command", [each for each in EXAMPLES if hasattr(each, "group")])
def test_no_participant_acts_on_another_groups_sheet(command: c.Command) -> None:
    if isinstance(command, c.Join):
        return
    row = row_of(command)
    phase = next((phase for phase, letter in PHASES.items() if letter in row.participants), None)
    if phase is not None:
        elsewhere = replace(command, group=2)  # type: ignore[call-arg]
        assert refusal(STATES[phase, Status.OPEN], elsewhere, ALICE) is Code.OTHER_GROUP


def test_a_facilitator_without_a_working_key_is_nobody() -> None:
    stranger = Actor(Role.FACILITATOR, "clef-9")
    assert refusal(STATES[Phase.WELCOME, Status.OPEN], c.CloseWorkshop(), stranger) is Code.NOT_ALLOWED


def test_pages_ask_whether_a_kind_of_command_is_open_now() -> None:
    assert in_phase(STATES[Phase.ARTICULATIONS, Status.OPEN], c.PlaceAction)
    assert not in_phase(STATES[Phase.REMITS, Status.OPEN], c.PlaceAction)
