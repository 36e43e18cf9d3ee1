"""The continuum: each group completes the missions of both trades and of both together."""

from dataclasses import dataclass

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import put, with_group, with_mission
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
from atelier.domain.rules import MISSIONS, OPEN_OR_CLOSED, everyone, facilitators
from atelier.domain.state import Mission, Restoration, Workshop
from atelier.domain.text import clean
from atelier.domain.values import Side

# --- commands


@command(everyone(MISSIONS, grace=True))
class AddMission(Command):
    """Complete one side of the continuum (140 characters)."""

    group: int
    side: Side
    text: str


@command(everyone(MISSIONS, grace=True))
class EditMission(Command):
    """Find other words for one’s own mission; facilitators for any."""

    group: int
    mission: str
    text: str


@command(everyone(MISSIONS))
class MoveMission(Command):
    """Move it along the continuum: the group’s to discuss, so any member may."""

    group: int
    mission: str
    side: Side


@command(everyone(MISSIONS))
class WithdrawMission(Command):
    """Take one’s own mission away; facilitators any."""

    group: int
    mission: str


@command(facilitators(OPEN_OR_CLOSED))
class HideMission(Command):
    """Take it off every screen but its author’s, and out of the documents."""

    group: int
    mission: str


@command(facilitators(OPEN_OR_CLOSED))
class ShowMission(Command):
    """Put a hidden mission on the screens again."""

    group: int
    mission: str


# --- events


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAMission(Event):
    group: int
    mission: str


_THE_CONTINUUM = Part(Kind.MISSIONS, ("group",))


@event("mission.added", stale=(_THE_CONTINUUM,), story="groupe {group}, mission, {side} : « {text} »")
class MissionAdded(_OfAMission):
    """One more mission on the continuum."""

    side: Side
    text: str


@event(
    "mission.edited",
    stale=(_THE_CONTINUUM,),
    story="groupe {group}, mission reformulée : « {text} »",
    allowed_by=EditMission,
)
class MissionEdited(_OfAMission):
    """The mission has other words."""

    text: str


@event(
    "mission.moved",
    stale=(_THE_CONTINUUM,),
    story="groupe {group} : une mission passe à {side}",
    allowed_by=MoveMission,
)
class MissionMoved(_OfAMission):
    """Elsewhere on the continuum."""

    side: Side


@event(
    "mission.withdrawn",
    stale=(_THE_CONTINUUM, Kind.REMOVALS),
    story="groupe {group} : une mission est retirée",
    allowed_by=WithdrawMission,
)
class MissionWithdrawn(_OfAMission):
    """Gone from the continuum."""


@event(
    "mission.restored",
    stale=(_THE_CONTINUUM, Kind.REMOVALS),
    story="groupe {group} : une mission revient",
    allowed_by=AddMission,
)
class MissionRestored(_OfAMission):
    """Undone or put back: on the continuum again."""


@event("mission.hidden", stale=(_THE_CONTINUUM,), story="groupe {group} : une mission est masquée")
class MissionHidden(_OfAMission):
    """Off the screens, still its author’s."""


@event("mission.shown", stale=(_THE_CONTINUUM,), story="groupe {group} : une mission est remontrée")
class MissionShown(_OfAMission):
    """On the screens again."""


# --- deciding


@decides
def add_mission(state: Workshop, act: Act, command: AddMission) -> tuple[Event, ...]:
    """Up to what a table and a person may write."""
    group = lookup.group(state, command.group)
    text = clean(command.text, limits.MISSION_CHARACTERS)
    if act.fresh_id in group.missions:
        raise Refused(Code.ALREADY_USED)
    if len(group.missions) >= limits.MISSIONS_PER_GROUP:
        raise Refused(Code.TOO_MANY, str(limits.MISSIONS_PER_GROUP))
    lookup.check_quota(state, act)
    return (MissionAdded(group=command.group, mission=act.fresh_id, side=command.side, text=text),)


@decides
def edit_mission(state: Workshop, act: Act, command: EditMission) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    found = lookup.own_mission(state, command.group, command.mission, act.by)
    text = clean(command.text, limits.MISSION_CHARACTERS)
    return () if found.text == text else (MissionEdited(group=command.group, mission=found.id, text=text),)


@decides
def move_mission(state: Workshop, act: Act, command: MoveMission) -> tuple[Event, ...]:
    """Nothing changes where it stands there already."""
    found = lookup.mission(state, command.group, command.mission)
    if found.side is command.side:
        return ()
    return (MissionMoved(group=command.group, mission=found.id, side=command.side),)


@decides
def withdraw_mission(state: Workshop, act: Act, command: WithdrawMission) -> tuple[Event, ...]:
    """Those printed on the sheet are the facilitators' to take away."""
    found = lookup.own_mission(state, command.group, command.mission, act.by)
    return (MissionWithdrawn(group=command.group, mission=found.id),)


@decides
def hide_mission(state: Workshop, act: Act, command: HideMission) -> tuple[Event, ...]:
    """Nothing changes where it is hidden already."""
    found = lookup.mission(state, command.group, command.mission)
    return () if found.hidden else (MissionHidden(group=command.group, mission=found.id),)


@decides
def show_mission(state: Workshop, act: Act, command: ShowMission) -> tuple[Event, ...]:
    """Nothing changes where it shows already."""
    found = lookup.mission(state, command.group, command.mission)
    return (MissionShown(group=command.group, mission=found.id),) if found.hidden else ()


# --- evolving


@evolves
def mission_added(state: Workshop, fact: Fact, event: MissionAdded) -> Workshop:
    """Last of its side."""
    mission = Mission(
        id=event.mission,
        side=event.side,
        text=event.text,
        author=fact.by.id,
        changed_by=fact.by.id,
        added_at=fact.at,
    )
    missions = put(state.group(event.group).missions, mission.id, mission)
    return with_group(state, event.group, missions=missions)


@evolves
def mission_edited(state: Workshop, fact: Fact, event: MissionEdited) -> Workshop:
    """It stays its author's."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, text=event.text)


@evolves
def mission_moved(state: Workshop, fact: Fact, event: MissionMoved) -> Workshop:
    """It stays its author's."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, side=event.side)


@evolves
def mission_withdrawn(state: Workshop, fact: Fact, event: MissionWithdrawn) -> Workshop:
    """It stays in the state, for an undo."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, withdrawn=True)


@evolves
def mission_restored(state: Workshop, fact: Fact, event: MissionRestored) -> Workshop:
    """Where it stood in its list."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, withdrawn=False)


@evolves
def mission_hidden(state: Workshop, fact: Fact, event: MissionHidden) -> Workshop:
    """Its place in the list stays."""
    return with_mission(state, event.group, event.mission, hidden=True)


@evolves
def mission_shown(state: Workshop, fact: Fact, event: MissionShown) -> Workshop:
    """Where it stood in its list."""
    return with_mission(state, event.group, event.mission, hidden=False)


# --- undoing, and putting back


@inverts
def _not_added(before: Workshop, event: MissionAdded) -> MissionWithdrawn:
    return MissionWithdrawn(group=event.group, mission=event.mission)


@inverts
def _text_before(before: Workshop, event: MissionEdited) -> MissionEdited:
    text = before.group(event.group).missions[event.mission].text
    return MissionEdited(group=event.group, mission=event.mission, text=text)


@inverts
def _side_before(before: Workshop, event: MissionMoved) -> MissionMoved:
    side = before.group(event.group).missions[event.mission].side
    return MissionMoved(group=event.group, mission=event.mission, side=side)


@inverts
def _not_withdrawn(before: Workshop, event: MissionWithdrawn) -> MissionRestored:
    return MissionRestored(group=event.group, mission=event.mission)


@looks_at
def _how_it_stands(
    state: Workshop, event: MissionWithdrawn | MissionRestored | MissionEdited | MissionMoved
) -> object:
    return state.group(event.group).missions.get(event.mission)


@names_removal
def _mission(event: MissionWithdrawn | MissionRestored) -> str:
    return f"mission-{event.mission}"


@restores
def _as_it_was(before: Workshop, event: MissionWithdrawn) -> Restoration:
    return Restoration(remedies=(MissionRestored(group=event.group, mission=event.mission),))
