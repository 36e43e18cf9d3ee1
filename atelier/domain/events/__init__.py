"""What was decided, in the past tense. `TYPES` holds the stored name of each; it never changes once published."""

from atelier.domain.events.agenda import (
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    GroupPresented,
    PhaseOpened,
    PhaseReverted,
)
from atelier.domain.events.decisions import (
    DecisionEdited,
    DecisionRecorded,
    DecisionRestored,
    DecisionWithdrawn,
    NoteTaken,
)
from atelier.domain.events.entrance import (
    EntranceClosed,
    EntranceFreed,
    EntranceOpened,
    ParticipantReturned,
    PeopleRemoved,
    PeopleReturned,
)
from atelier.domain.events.initiatives import (
    InitiativeDimmed,
    InitiativeEdited,
    InitiativeHidden,
    InitiativeHighlighted,
    InitiativePosted,
    InitiativeRestored,
    InitiativeShown,
    InitiativeSupported,
    InitiativeUnsupported,
    InitiativeWithdrawn,
)
from atelier.domain.events.late import TextAccepted, TextReceived, TextResumed, TextSetAside
from atelier.domain.events.lifecycle import (
    KeyIssued,
    KeyRevoked,
    SetupRevised,
    WorkshopArchived,
    WorkshopCleared,
    WorkshopClosed,
    WorkshopPrepared,
    WorkshopReopened,
)
from atelier.domain.events.missions import (
    MissionAdded,
    MissionEdited,
    MissionMoved,
    MissionRestored,
    MissionWithdrawn,
)
from atelier.domain.events.pens import PensFreed, PensLimited, PenTaken
from atelier.domain.events.people import (
    GroupRenamed,
    GroupSaidNotReady,
    GroupSaidReady,
    LastActUndone,
    ParticipantErased,
    ParticipantIntroduced,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMoved,
)
from atelier.domain.events.sheet import (
    ActionAdded,
    ActionPlaced,
    ActionRemoved,
    ActionRenamed,
    ActionRestored,
    ActionSetAside,
    ActionUnplaced,
)
from atelier.domain.events.wall import (
    AnnouncementCleared,
    AnnouncementMade,
    ArmsHidden,
    ArmsRevealed,
    FooterOpened,
    FooterRestricted,
    WallViewChosen,
)

Event = (
    WorkshopPrepared | SetupRevised | KeyIssued | KeyRevoked | WorkshopClosed | WorkshopReopened | WorkshopArchived
    | ParticipantJoined | ParticipantMoved | ParticipantIntroduced | ParticipantLeft | GroupRenamed
    | ParticipantReturned | PeopleRemoved | PeopleReturned | EntranceClosed | EntranceOpened | EntranceFreed
    | PhaseOpened | PhaseReverted | ClockStarted | ClockPaused | ClockResumed | ClockExtended | ClockStopped
    | AnnouncementMade | AnnouncementCleared | WallViewChosen | ArmsHidden | ArmsRevealed | FooterOpened
    | FooterRestricted | PensLimited | PensFreed | PenTaken
    | ActionPlaced | ActionUnplaced | ActionSetAside | ActionAdded | ActionRenamed | ActionRemoved
    | ActionRestored | InitiativePosted | InitiativeEdited | InitiativeWithdrawn | InitiativeRestored
    | InitiativeSupported | InitiativeUnsupported | InitiativeHidden | InitiativeShown
    | InitiativeHighlighted | InitiativeDimmed
    | MissionAdded | MissionEdited | MissionMoved | MissionWithdrawn | MissionRestored
    | GroupSaidReady | GroupSaidNotReady | GroupPresented | NoteTaken
    | DecisionRecorded | DecisionEdited | DecisionWithdrawn | DecisionRestored
    | ParticipantErased | WorkshopCleared | TextReceived | TextAccepted | TextSetAside | TextResumed | LastActUndone
)  # fmt: skip

TYPES: dict[str, type[Event]] = {
    "workshop.prepared": WorkshopPrepared,
    "setup.revised": SetupRevised,
    "key.issued": KeyIssued, "key.revoked": KeyRevoked,
    "workshop.closed": WorkshopClosed, "workshop.reopened": WorkshopReopened,
    "workshop.archived": WorkshopArchived,
    "participant.joined": ParticipantJoined, "participant.moved": ParticipantMoved,
    "participant.introduced": ParticipantIntroduced, "participant.left": ParticipantLeft,
    "participant.returned": ParticipantReturned,
    "people.removed": PeopleRemoved, "people.returned": PeopleReturned,
    "entrance.closed": EntranceClosed, "entrance.opened": EntranceOpened, "entrance.freed": EntranceFreed,
    "group.renamed": GroupRenamed,
    "phase.opened": PhaseOpened, "phase.reverted": PhaseReverted,
    "clock.started": ClockStarted, "clock.paused": ClockPaused, "clock.resumed": ClockResumed,
    "clock.extended": ClockExtended, "clock.stopped": ClockStopped,
    "announcement.made": AnnouncementMade, "announcement.cleared": AnnouncementCleared,
    "wall-view.chosen": WallViewChosen,
    "arms.hidden": ArmsHidden, "arms.revealed": ArmsRevealed,
    "footer.opened": FooterOpened, "footer.restricted": FooterRestricted,
    "pens.limited": PensLimited, "pens.freed": PensFreed, "pen.taken": PenTaken,
    "action.placed": ActionPlaced, "action.unplaced": ActionUnplaced, "action.set-aside": ActionSetAside,
    "action.added": ActionAdded, "action.renamed": ActionRenamed, "action.removed": ActionRemoved,
    "action.restored": ActionRestored,
    "initiative.posted": InitiativePosted, "initiative.edited": InitiativeEdited,
    "initiative.withdrawn": InitiativeWithdrawn, "initiative.restored": InitiativeRestored,
    "initiative.supported": InitiativeSupported, "initiative.unsupported": InitiativeUnsupported,
    "initiative.hidden": InitiativeHidden, "initiative.shown": InitiativeShown,
    "initiative.highlighted": InitiativeHighlighted, "initiative.dimmed": InitiativeDimmed,
    "mission.added": MissionAdded, "mission.edited": MissionEdited, "mission.moved": MissionMoved,
    "mission.withdrawn": MissionWithdrawn, "mission.restored": MissionRestored,
    "group.said-ready": GroupSaidReady, "group.said-not-ready": GroupSaidNotReady,
    "group.presented": GroupPresented,
    "note.taken": NoteTaken,
    "decision.recorded": DecisionRecorded, "decision.edited": DecisionEdited,
    "decision.withdrawn": DecisionWithdrawn, "decision.restored": DecisionRestored,
    "text.received": TextReceived, "text.accepted": TextAccepted,
    "text.set-aside": TextSetAside, "text.resumed": TextResumed,
    "participant.erased": ParticipantErased, "workshop.cleared": WorkshopCleared,
    "last-act.undone": LastActUndone,
}  # fmt: skip

__all__ = [
    "TYPES",
    "ActionAdded",
    "ActionPlaced",
    "ActionRemoved",
    "ActionRenamed",
    "ActionRestored",
    "ActionSetAside",
    "ActionUnplaced",
    "AnnouncementCleared",
    "AnnouncementMade",
    "ArmsHidden",
    "ArmsRevealed",
    "ClockExtended",
    "ClockPaused",
    "ClockResumed",
    "ClockStarted",
    "ClockStopped",
    "DecisionEdited",
    "DecisionRecorded",
    "DecisionRestored",
    "DecisionWithdrawn",
    "EntranceClosed",
    "EntranceFreed",
    "EntranceOpened",
    "Event",
    "FooterOpened",
    "FooterRestricted",
    "GroupPresented",
    "GroupRenamed",
    "GroupSaidNotReady",
    "GroupSaidReady",
    "InitiativeDimmed",
    "InitiativeEdited",
    "InitiativeHidden",
    "InitiativeHighlighted",
    "InitiativePosted",
    "InitiativeRestored",
    "InitiativeShown",
    "InitiativeSupported",
    "InitiativeUnsupported",
    "InitiativeWithdrawn",
    "KeyIssued",
    "KeyRevoked",
    "LastActUndone",
    "MissionAdded",
    "MissionEdited",
    "MissionMoved",
    "MissionRestored",
    "MissionWithdrawn",
    "NoteTaken",
    "ParticipantErased",
    "ParticipantIntroduced",
    "ParticipantJoined",
    "ParticipantLeft",
    "ParticipantMoved",
    "ParticipantReturned",
    "PenTaken",
    "PensFreed",
    "PensLimited",
    "PeopleRemoved",
    "PeopleReturned",
    "PhaseOpened",
    "PhaseReverted",
    "SetupRevised",
    "TextAccepted",
    "TextReceived",
    "TextResumed",
    "TextSetAside",
    "WallViewChosen",
    "WorkshopArchived",
    "WorkshopCleared",
    "WorkshopClosed",
    "WorkshopPrepared",
    "WorkshopReopened",
]
