"""evolve(state, fact) → state. Never refuses: what the journal says has happened. One module a concern."""

from collections.abc import Callable, Iterable
from typing import Any

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve import (
    agenda,
    entrance,
    initiatives,
    late,
    lifecycle,
    missions,
    pens,
    people,
    sheet,
    wall,
)
from atelier.domain.evolve.parts import changed, put
from atelier.domain.remedies import remedy, target
from atelier.domain.removals import remembered
from atelier.domain.state import LastAct, Workshop, initial_state

EVOLVERS: dict[type[e.Event], Callable[[Workshop, Fact, Any], Workshop]] = {
    e.WorkshopPrepared: lifecycle.prepared,
    e.SetupRevised: lifecycle.revised,
    e.KeyIssued: lifecycle.key_issued,
    e.KeyRevoked: lifecycle.key_revoked,
    e.WorkshopClosed: lifecycle.closed,
    e.WorkshopReopened: lifecycle.reopened,
    e.WorkshopArchived: lifecycle.archived,
    e.ParticipantJoined: people.joined,
    e.ParticipantMoved: people.moved,
    e.ParticipantIntroduced: people.introduced,
    e.ParticipantLeft: people.left,
    e.ParticipantReturned: entrance.put_back,
    e.PeopleRemoved: entrance.removed,
    e.PeopleReturned: entrance.returned,
    e.EntranceClosed: entrance.closed,
    e.EntranceOpened: entrance.opened,
    e.EntranceFreed: entrance.freed,
    e.GroupRenamed: people.group_renamed,
    e.GroupSaidReady: people.said_ready,
    e.GroupSaidNotReady: people.said_not_ready,
    e.PhaseOpened: agenda.phase_opened,
    e.PhaseReverted: agenda.phase_reverted,
    e.ClockStarted: agenda.clock_started,
    e.ClockPaused: agenda.clock_paused,
    e.ClockResumed: agenda.clock_resumed,
    e.ClockExtended: agenda.clock_extended,
    e.ClockStopped: agenda.clock_stopped,
    e.GroupPresented: agenda.group_presented,
    e.AnnouncementMade: wall.announced,
    e.AnnouncementCleared: wall.announcement_cleared,
    e.WallViewChosen: wall.view_chosen,
    e.ArmsHidden: wall.arms_hidden,
    e.ArmsRevealed: wall.arms_revealed,
    e.FooterOpened: wall.footer_opened,
    e.FooterRestricted: wall.footer_restricted,
    e.NoteTaken: wall.note_taken,
    e.DecisionRecorded: wall.decision_recorded,
    e.DecisionEdited: wall.decision_recorded,
    e.DecisionWithdrawn: wall.decision_withdrawn,
    e.DecisionRestored: wall.decision_restored,
    e.PensLimited: pens.limited,
    e.PensFreed: pens.freed,
    e.PenTaken: pens.taken,
    e.ActionPlaced: sheet.placed,
    e.ActionUnplaced: sheet.unplaced,
    e.ActionSetAside: sheet.set_aside,
    e.ActionAdded: sheet.added,
    e.ActionRenamed: sheet.renamed,
    e.ActionRemoved: sheet.removed,
    e.ActionRestored: sheet.restored,
    e.InitiativePosted: initiatives.posted,
    e.InitiativeEdited: initiatives.edited,
    e.InitiativeWithdrawn: initiatives.withdrawn,
    e.InitiativeRestored: initiatives.restored,
    e.InitiativeSupported: initiatives.supported,
    e.InitiativeUnsupported: initiatives.unsupported,
    e.InitiativeHidden: initiatives.hidden,
    e.InitiativeShown: initiatives.shown,
    e.InitiativeHighlighted: initiatives.highlighted,
    e.InitiativeDimmed: initiatives.dimmed,
    e.MissionAdded: missions.added,
    e.MissionEdited: missions.edited,
    e.MissionMoved: missions.moved,
    e.MissionWithdrawn: missions.withdrawn,
    e.MissionRestored: missions.restored,
    e.ParticipantErased: people.erased,
    e.WorkshopCleared: lifecycle.reset,
    e.TextReceived: late.received,
    e.TextAccepted: late.accepted,
    e.TextSetAside: late.set_aside,
    e.TextResumed: late.resumed,
    e.LastActUndone: people.undone,
}


def evolve(state: Workshop, fact: Fact) -> Workshop:
    """Return the state after `fact`. Raises KeyError on an event that nobody taught it."""
    after = people.noticed(EVOLVERS[type(fact.event)](state, fact, fact.event), fact)
    removals = remembered(state, after, fact)
    if removals is not None:
        after = changed(after, removals=removals)
    return _remember(state, after, fact)


def fold(facts: Iterable[Fact], state: Workshop | None = None) -> Workshop:
    """Return the state that `facts` add up to, from `state` or from nothing."""
    folded = initial_state() if state is None else state
    for fact in facts:
        folded = evolve(folded, fact)
    return folded


def _remember(before: Workshop, after: Workshop, fact: Fact) -> Workshop:
    undoing = remedy(before, fact.event)
    if undoing is None:
        return after
    act = LastAct(remedy=undoing, left_as=target(after, undoing))
    return changed(after, last_acts=put(after.last_acts, fact.by.id, act))
