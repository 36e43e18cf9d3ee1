"""What part of the screens an event makes stale. Regions are the unit of coalescing and of catching up."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from atelier.domain import events as e
from atelier.domain.state import Workshop
from atelier.domain.values import TextKind


class Kind(StrEnum):
    """LINE: one bar. IDEAS: the initiatives of one line. LINES: which lines a sheet has, and their labels."""

    LINE = "line"
    IDEAS = "ideas"
    LINES = "lines"
    MISSIONS = "missions"
    GROUPS = "groups"
    PEOPLE = "people"
    PHASE = "phase"
    CLOCK = "clock"
    WALL = "wall"
    ANNOUNCEMENT = "announcement"
    NOTES = "notes"
    DECISIONS = "decisions"
    KEYS = "keys"
    INBOX = "inbox"
    PENS = "pens"
    ENTRANCE = "entrance"
    REMOVALS = "removals"
    NETWORK = "network"
    EVERYTHING = "everything"


class Region(NamedTuple):
    """A kind, where it makes sense one group's (0: the whole workshop), one action's, one item's of its list."""

    kind: Kind
    group: int = 0
    action: str = ""
    item: str = ""


_PLACEMENTS = (e.ActionPlaced, e.ActionUnplaced, e.ActionSetAside)
_LINES = (e.ActionAdded, e.ActionRenamed, e.ActionRemoved, e.ActionRestored)
_ONE_IDEA = (
    e.InitiativePosted, e.InitiativeEdited, e.InitiativeWithdrawn, e.InitiativeSupported, e.InitiativeUnsupported,
    e.InitiativeHidden, e.InitiativeHighlighted, e.InitiativeDimmed,
)  # fmt: skip
"""One item of the list changes, goes, or comes at its end."""
_IDEAS = (e.InitiativeRestored, e.InitiativeShown)
"""It comes back where it was: only the whole list tells where that is."""
_MISSIONS = (e.MissionAdded, e.MissionEdited, e.MissionMoved, e.MissionWithdrawn, e.MissionRestored)
_OF_AN_ACTION: dict[tuple[type[e.Event], ...], Kind] = {
    _PLACEMENTS: Kind.LINE,
    _ONE_IDEA: Kind.IDEAS,
    _IDEAS: Kind.IDEAS,
    _LINES: Kind.LINES,
}
_OF_A_GROUP: dict[tuple[type[e.Event], ...], Kind] = {
    _MISSIONS: Kind.MISSIONS,
    (e.NoteTaken,): Kind.NOTES,
    (e.PenTaken,): Kind.PENS,
}
_OF_A_TEXT = {
    TextKind.INITIATIVE: Kind.IDEAS,
    TextKind.LINE: Kind.LINES,
    TextKind.MISSION: Kind.MISSIONS,
}
_WHOLE: dict[type[e.Event], frozenset[Region]] = {
    kind: frozenset(Region(k) for k in kinds)
    for kind, kinds in {
        e.WorkshopPrepared: (Kind.EVERYTHING,),
        e.SetupRevised: (Kind.EVERYTHING,),
        e.KeyIssued: (Kind.KEYS,),
        e.KeyRevoked: (Kind.KEYS,),
        e.WorkshopClosed: (Kind.PHASE, Kind.ANNOUNCEMENT),
        e.WorkshopReopened: (Kind.PHASE,),
        e.WorkshopArchived: (Kind.PHASE,),
        e.ParticipantJoined: (Kind.PEOPLE,),
        e.ParticipantMoved: (Kind.PEOPLE,),
        e.ParticipantIntroduced: (Kind.PEOPLE,),
        e.ParticipantLeft: (Kind.PEOPLE, Kind.REMOVALS),
        e.ParticipantReturned: (Kind.PEOPLE, Kind.REMOVALS),
        e.PeopleRemoved: (Kind.PEOPLE, Kind.REMOVALS),
        e.PeopleReturned: (Kind.PEOPLE, Kind.REMOVALS),
        e.EntranceClosed: (Kind.ENTRANCE,),
        e.EntranceOpened: (Kind.ENTRANCE,),
        e.EntranceFreed: (Kind.ENTRANCE,),
        e.GroupRenamed: (Kind.GROUPS,),
        e.GroupSaidReady: (Kind.GROUPS,),
        e.GroupSaidNotReady: (Kind.GROUPS,),
        e.PhaseOpened: (Kind.PHASE, Kind.CLOCK, Kind.WALL, Kind.GROUPS),
        e.PhaseReverted: (Kind.PHASE, Kind.CLOCK, Kind.WALL, Kind.GROUPS),
        e.ClockStarted: (Kind.CLOCK,),
        e.ClockPaused: (Kind.CLOCK,),
        e.ClockResumed: (Kind.CLOCK,),
        e.ClockExtended: (Kind.CLOCK,),
        e.ClockStopped: (Kind.CLOCK,),
        e.GroupPresented: (Kind.PHASE, Kind.CLOCK, Kind.WALL),
        e.AnnouncementMade: (Kind.ANNOUNCEMENT, Kind.REMOVALS),
        e.AnnouncementCleared: (Kind.ANNOUNCEMENT, Kind.WALL, Kind.REMOVALS),
        e.WallViewChosen: (Kind.WALL,),
        e.ArmsHidden: (Kind.WALL,),
        e.ArmsRevealed: (Kind.WALL,),
        e.FooterOpened: (Kind.WALL,),
        e.FooterRestricted: (Kind.WALL,),
        e.PensLimited: (Kind.PENS,),
        e.PensFreed: (Kind.PENS,),
        e.DecisionRecorded: (Kind.DECISIONS,),
        e.DecisionEdited: (Kind.DECISIONS,),
        e.DecisionWithdrawn: (Kind.DECISIONS, Kind.REMOVALS),
        e.DecisionRestored: (Kind.DECISIONS, Kind.REMOVALS),
        e.TextReceived: (Kind.INBOX,),
        e.TextSetAside: (Kind.INBOX,),
        e.TextResumed: (Kind.INBOX,),
        e.ParticipantErased: (Kind.EVERYTHING,),
        e.WorkshopCleared: (Kind.EVERYTHING,),
        e.LastActUndone: (),  # what compensates comes with it
    }.items()
}


def stale(events: Iterable[e.Event]) -> frozenset[Region]:
    """Return the regions that `events` make stale, each once."""
    found: set[Region] = set()
    for event in events:
        found |= _of(event)
    return frozenset(found)


def without_repeats(regions: frozenset[Region]) -> frozenset[Region]:
    """Leave out the items of lists that are drawn as a whole; where a line is drawn anew, its list is too."""
    if not any(region.item for region in regions):
        return regions
    if Region(Kind.EVERYTHING) in regions:
        return frozenset(region for region in regions if not region.item)
    return frozenset(_whole_list(region, regions) or region for region in regions)


def in_order(state: Workshop, regions: Iterable[Region]) -> list[Region]:
    """Sort regions, the items of a list as they stand in it: new ones are put at its end one after the other."""
    places: dict[str, int] = {}
    for number, action in {(region.group, region.action) for region in regions if region.item}:
        line = state.group(number).lines.get(action)
        places |= {name: n for n, name in enumerate(line.initiatives if line else ())}
    return sorted(regions, key=lambda region: (*region[:3], places.get(region.item, 0)))


def _whole_list(region: Region, regions: frozenset[Region]) -> Region | None:
    whole, line = region._replace(item=""), Region(Kind.LINES, region.group, region.action)
    return whole if {whole, line} & regions else None


_REMOVALS = frozenset({Region(Kind.REMOVALS)})
_REMOVED_OR_BACK = (
    e.InitiativeWithdrawn, e.InitiativeRestored, e.MissionWithdrawn, e.MissionRestored,
    e.ActionRemoved, e.ActionRestored,
)  # fmt: skip


def _of(event: Any) -> frozenset[Region]:
    return _shown_by(event) | (_REMOVALS if type(event) in _REMOVED_OR_BACK else frozenset())


def _shown_by(event: Any) -> frozenset[Region]:
    whole = _WHOLE.get(type(event))
    if whole is not None:
        return whole
    if isinstance(event, e.ActionRemoved):
        # A wall that showed this line shows its group from now on.
        return frozenset({Region(Kind.LINES, event.group, event.action), Region(Kind.WALL)})
    if isinstance(event, e.TextAccepted):
        kind, action = _OF_A_TEXT[event.kind], event.action
        return frozenset({Region(Kind.INBOX), Region(kind, event.group, action)})
    for kinds, kind in _OF_AN_ACTION.items():
        if type(event) in kinds:
            item = event.initiative if kinds is _ONE_IDEA else ""
            return frozenset({Region(kind, event.group, event.action, item)})
    for kinds, kind in _OF_A_GROUP.items():
        if type(event) in kinds:
            return frozenset({Region(kind, event.group)})
    raise KeyError(type(event))
