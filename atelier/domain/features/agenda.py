"""The agenda: phases, which tables are done, and whose turn it is to present."""

from collections.abc import Mapping

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.features.clock import full_clock, full_clock_again
from atelier.domain.features.wall import WallViewChosen
from atelier.domain.leaving import leaving
from atelier.domain.parts import changed, with_group, with_sound_wall
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import command, decides, event, evolves, inverts, looks_at
from atelier.domain.rules import MISSIONS, OPEN, everyone, facilitators
from atelier.domain.state import BeforePhase, Group, Workshop
from atelier.domain.values import Phase, Scene
from atelier.domain.windows import is_open

SCENE_OF_PHASE = {
    Phase.WELCOME: Scene.WELCOME,
    Phase.REMITS: Scene.REMITS,
    Phase.ARTICULATIONS: Scene.OVERVIEW,
    Phase.REPORT_BACK: Scene.OVERVIEW,
    Phase.SYNTHESIS: Scene.OVERLAY,
}

# --- commands


@command(facilitators())
class OpenPhase(Command):
    """Go to any phase; the wall follows. With `sure` 0 it is refused (`leaves-early`) where it would cut the current
    phase short; the desk’s forms ask that way first, and again with 1."""

    phase: Phase
    sure: bool = True
    from_phase: Phase | None = None


@command(facilitators())
class RevertPhase(Command):
    """Within a minute: as if the phase had not been opened."""

    from_phase: Phase | None = None


@command(facilitators())
class PresentGroup(Command):
    """In the report-back, it is that group’s turn: its sheet on the wall, a full turn on the clock. Asked again during
    the turn, it brings the sheet back to the wall and leaves the clock alone."""

    group: int
    from_phase: Phase | None = None
    from_presenting: int | None = None


@command(everyone(MISSIONS, statuses=OPEN))
class SayReady(Command):
    """« Notre groupe a terminé », or not after all; nothing closes by it."""

    group: int
    on: bool


# --- events


_NEW_PHASE = (Kind.PHASE, Kind.CLOCK, Kind.WALL, Kind.GROUPS)


@event("phase.opened", stale=_NEW_PHASE, story="phase ouverte : {phase}")
class PhaseOpened(Event):
    """Another phase; its full time on a stopped clock; nobody is ready."""

    phase: Phase


@event("phase.reverted", stale=_NEW_PHASE, story="retour à la phase : {phase}")
class PhaseReverted(Event):
    """The phase before, its clock, wall, turn and readiness as they were."""

    phase: Phase


@event("group.presented", stale=(Kind.PHASE, Kind.CLOCK, Kind.WALL), story="le groupe {group} présente")
class GroupPresented(Event):
    """That group’s turn, with the time of one turn."""

    group: int


@event(
    "group.said-ready",
    stale=(Part(Kind.GROUPS, ("group",)),),
    story="le groupe {group} a terminé",
    allowed_by=SayReady,
)
class GroupSaidReady(Event):
    """A table is done."""

    group: int


@event(
    "group.said-not-ready",
    stale=(Part(Kind.GROUPS, ("group",)),),
    story="le groupe {group} continue",
    allowed_by=SayReady,
)
class GroupSaidNotReady(Event):
    """It goes on after all."""

    group: int


# --- deciding


@decides
def open_phase(state: Workshop, act: Act, command: OpenPhase) -> tuple[Event, ...]:
    """The wall follows with the scene that belongs to the phase."""
    if state.phase is command.phase:
        raise Refused(Code.PHASE_ALREADY_OPEN)
    if not command.sure and leaving(state, act.at).early:
        raise Refused(Code.LEAVES_EARLY)
    scene = WallViewChosen(scene=SCENE_OF_PHASE[command.phase], group=0, action="", page=0)
    return (PhaseOpened(phase=command.phase), scene)


@decides
def revert_phase(state: Workshop, act: Act, command: RevertPhase) -> tuple[Event, ...]:
    """Clock, wall and turn come back too."""
    if state.before_phase is None:
        raise Refused(Code.NOTHING_TO_UNDO)
    if not is_open(limits.PHASE_UNDO_MS, state.phase_since, act.at):
        raise Refused(Code.UNDO_TOO_LATE)
    return (PhaseReverted(phase=state.before_phase.phase),)


@decides
def present_group(state: Workshop, act: Act, command: PresentGroup) -> tuple[Event, ...]:
    """During its turn only the wall changes."""
    lookup.group(state, command.group)
    if state.phase is not Phase.REPORT_BACK:
        raise Refused(Code.PHASE_NOT_OPEN)
    view = WallViewChosen(scene=Scene.GROUP, group=command.group, action="", page=0)
    return (view,) if state.presenting == command.group else (GroupPresented(group=command.group), view)


@decides
def say_ready(state: Workshop, act: Act, command: SayReady) -> tuple[Event, ...]:
    """Nothing changes where it was said already."""
    if lookup.group(state, command.group).ready == command.on:
        return ()
    return (GroupSaidReady(group=command.group) if command.on else GroupSaidNotReady(group=command.group),)


# --- evolving


@evolves
def phase_opened(state: Workshop, fact: Fact, event: PhaseOpened) -> Workshop:
    """How things stood before is kept, for the minute in which it can be taken back."""
    before = BeforePhase(
        phase=state.phase,
        phase_since=state.phase_since,
        clock=state.clock,
        wall=state.wall,
        presenting=state.presenting,
        ready={group.number: group.ready_by for group in state.groups if group.ready},
        presented=state.presented,
    )
    return changed(
        state,
        phase=event.phase,
        phase_since=fact.at,
        left_at={**state.left_at, state.phase: fact.at},
        before_phase=before,
        clock=full_clock(state, event.phase),
        presenting=0,
        presented=frozenset(),
        groups=_with_ready(state, {}),
    )


@evolves
def phase_reverted(state: Workshop, fact: Fact, event: PhaseReverted) -> Workshop:
    """The deadline is absolute, so a running clock lost nothing."""
    before = state.before_phase
    if before is None:
        raise LookupError("no phase to go back to")
    as_before = changed(
        state,
        phase=before.phase,
        phase_since=before.phase_since,
        left_at={**state.left_at, state.phase: fact.at},
        before_phase=None,
        clock=before.clock,
        wall=before.wall,
        presenting=before.presenting,
        presented=before.presented,
        groups=_with_ready(state, before.ready),
    )
    return with_sound_wall(as_before)


@evolves
def group_presented(state: Workshop, fact: Fact, event: GroupPresented) -> Workshop:
    """The time of one turn again."""
    presented = state.presented | {event.group}
    return changed(state, presenting=event.group, presented=presented, clock=full_clock_again(state))


@evolves
def group_said_ready(state: Workshop, fact: Fact, event: GroupSaidReady) -> Workshop:
    """Who said it is known, for the undo."""
    return with_group(state, event.group, ready=True, ready_by=fact.by.id)


@evolves
def group_said_not_ready(state: Workshop, fact: Fact, event: GroupSaidNotReady) -> Workshop:
    """Who said it is known, for the undo."""
    return with_group(state, event.group, ready=False, ready_by=fact.by.id)


def _with_ready(state: Workshop, ready: Mapping[int, str]) -> tuple[Group, ...]:
    return tuple(
        changed(group, ready=group.number in ready, ready_by=ready.get(group.number, ""))
        for group in state.groups
    )


# --- undoing


@inverts
def _not_ready(before: Workshop, event: GroupSaidReady) -> GroupSaidNotReady:
    return GroupSaidNotReady(group=event.group)


@inverts
def _ready(before: Workshop, event: GroupSaidNotReady) -> GroupSaidReady:
    return GroupSaidReady(group=event.group)


@looks_at
def _readiness(state: Workshop, event: GroupSaidReady | GroupSaidNotReady) -> object:
    group = state.group(event.group)
    return (group.ready, group.ready_by)
