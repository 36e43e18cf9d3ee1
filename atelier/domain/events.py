"""What was decided, in the past tense. `TYPES` holds the stored name of each; it never changes once published."""

from dataclasses import dataclass

from atelier.domain.setup import Setup
from atelier.domain.values import Holder, Phase, Scene, Side, Trade


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopPrepared:
    setup: Setup


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupRevised:
    setup: Setup


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIssued:
    key: str
    holder: Holder
    key_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked:
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopClosed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopReopened:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopArchived:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantJoined:
    participant: str
    trade: Trade
    group: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantMoved:
    participant: str
    from_group: int
    to_group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantIntroduced:
    participant: str
    trade: Trade
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLeft:
    participant: str
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRenamed:
    group: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseOpened:
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReverted:
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted:
    total_ms: int
    deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused:
    remaining_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed:
    deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended:
    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementMade:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementCleared:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class WallViewChosen:
    scene: Scene
    group: int
    action: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsHidden:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsRevealed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterOpened:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterRestricted:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlaced:
    group: int
    action: str
    fs: int
    cn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionUnplaced:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSetAside:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdded:
    group: int
    action: str
    label: str
    mission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRenamed:
    group: int
    action: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRemoved:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRestored:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativePosted:
    group: int
    action: str
    initiative: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeEdited:
    group: int
    action: str
    initiative: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeWithdrawn:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeRestored:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeSupported:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeUnsupported:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeHidden:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeShown:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeHighlighted:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeDimmed:
    group: int
    action: str
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionAdded:
    group: int
    mission: str
    side: Side
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionEdited:
    group: int
    mission: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionMoved:
    group: int
    mission: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionWithdrawn:
    group: int
    mission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionRestored:
    group: int
    mission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaidReady:
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaidNotReady:
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPresented:
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken:
    group: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded:
    decision: str
    what: str
    who: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEdited:
    decision: str
    what: str
    who: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastActUndone:
    """Follows the event that compensates, and tells it from the same done on purpose."""


Event = (
    WorkshopPrepared | SetupRevised | KeyIssued | KeyRevoked | WorkshopClosed | WorkshopReopened | WorkshopArchived
    | ParticipantJoined | ParticipantMoved | ParticipantIntroduced | ParticipantLeft | GroupRenamed
    | PhaseOpened | PhaseReverted | ClockStarted | ClockPaused | ClockResumed | ClockExtended | ClockStopped
    | AnnouncementMade | AnnouncementCleared | WallViewChosen | ArmsHidden | ArmsRevealed | FooterOpened
    | FooterRestricted | ActionPlaced | ActionUnplaced | ActionSetAside | ActionAdded | ActionRenamed | ActionRemoved
    | ActionRestored | InitiativePosted | InitiativeEdited | InitiativeWithdrawn | InitiativeRestored
    | InitiativeSupported | InitiativeUnsupported | InitiativeHidden | InitiativeShown
    | InitiativeHighlighted | InitiativeDimmed
    | MissionAdded | MissionEdited | MissionMoved | MissionWithdrawn | MissionRestored
    | GroupSaidReady | GroupSaidNotReady | GroupPresented | NoteTaken
    | DecisionRecorded | DecisionEdited | DecisionWithdrawn | LastActUndone
)  # fmt: skip

TYPES: dict[str, type[Event]] = {
    "workshop.prepared": WorkshopPrepared,
    "setup.revised": SetupRevised,
    "key.issued": KeyIssued, "key.revoked": KeyRevoked,
    "workshop.closed": WorkshopClosed, "workshop.reopened": WorkshopReopened,
    "workshop.archived": WorkshopArchived,
    "participant.joined": ParticipantJoined, "participant.moved": ParticipantMoved,
    "participant.introduced": ParticipantIntroduced, "participant.left": ParticipantLeft,
    "group.renamed": GroupRenamed,
    "phase.opened": PhaseOpened, "phase.reverted": PhaseReverted,
    "clock.started": ClockStarted, "clock.paused": ClockPaused, "clock.resumed": ClockResumed,
    "clock.extended": ClockExtended, "clock.stopped": ClockStopped,
    "announcement.made": AnnouncementMade, "announcement.cleared": AnnouncementCleared,
    "wall-view.chosen": WallViewChosen,
    "arms.hidden": ArmsHidden, "arms.revealed": ArmsRevealed,
    "footer.opened": FooterOpened, "footer.restricted": FooterRestricted,
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
    "decision.withdrawn": DecisionWithdrawn,
    "last-act.undone": LastActUndone,
}  # fmt: skip
