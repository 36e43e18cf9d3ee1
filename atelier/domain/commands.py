"""What somebody may ask for. One class a command, imperative; `NAMES` gives the name each has in a form.

Fields `from_…` say where the room was on the screen that was pressed; left out, nothing is checked
(`domain/preconditions.py`).
"""

from dataclasses import dataclass

from atelier.domain.setup import Setup
from atelier.domain.values import ClockStatus, Entrance, Holder, Phase, Scene, Side, Status, TextKind, Trade


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareWorkshop:
    setup: Setup
    key_id: str
    key_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseSetup:
    setup: Setup


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueKey:
    holder: Holder
    key_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeKey:
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWorkshop:
    from_status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenWorkshop:
    from_status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveWorkshop:
    from_status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    trade: Trade
    group: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    participant: str
    to_group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroduceOneself:
    trade: Trade
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    participant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEntrance:
    entrance: Entrance


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveIdle:
    """Everybody who did nothing yet; with `minutes`, only those who came in during the last ones."""

    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """What a facilitator removed during the last minute, by the name that `domain/removals.py` gives it."""

    removal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameGroup:
    group: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPhase:
    """`sure`: the phase is left even where that would cut a table short."""

    phase: Phase
    sure: bool = True
    from_phase: Phase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevertPhase:
    from_phase: Phase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartClock:
    seconds: int = 0
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseClock:
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeClock:
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendClock:
    """`from_total`: the clock's whole time (ms) on the screen that was pressed; it tells two presses from one."""

    seconds: int
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopClock:
    from_phase: Phase | None = None
    from_presenting: int | None = None
    from_clock: ClockStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearAnnouncement:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOnWall:
    scene: Scene
    group: int = 0
    action: str = ""
    page: int = 0
    from_view: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetArmsDiscreet:
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFooterOpen:
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOnePen:
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePen:
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAction:
    """An arm that is left out stays where it is when the command is decided: trades answer at the same time."""

    group: int
    action: str
    fs: int | None = None
    cn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplaceAction:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetActionAside:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAction:
    group: int
    label: str
    mission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameAction:
    group: int
    action: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveAction:
    group: int
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInitiative:
    group: int
    action: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditInitiative:
    group: int
    initiative: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInitiative:
    group: int
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportInitiative:
    group: int
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsupportInitiative:
    group: int
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HideInitiative:
    group: int
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowInitiative:
    group: int
    initiative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightInitiative:
    group: int
    initiative: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMission:
    group: int
    side: Side
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMission:
    group: int
    mission: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMission:
    group: int
    mission: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMission:
    group: int
    mission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SayReady:
    group: int
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentGroup:
    group: int
    from_phase: Phase | None = None
    from_presenting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNote:
    group: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecision:
    what: str
    who: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDecision:
    decision: str
    what: str
    who: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDecision:
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseParticipant:
    participant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetWorkshop:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    kind: TextKind
    group: int
    text: str
    action: str = ""
    side: Side = Side.BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptText:
    text_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTextAside:
    text_id: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoLast:
    pass


Command = (
    PrepareWorkshop | ReviseSetup | IssueKey | RevokeKey | CloseWorkshop | ReopenWorkshop | ArchiveWorkshop
    | Join | ChangeGroup | IntroduceOneself | Leave | SetEntrance | RemoveIdle | PutBack | RenameGroup
    | OpenPhase | RevertPhase | StartClock | PauseClock | ResumeClock | ExtendClock | StopClock
    | Announce | ClearAnnouncement | ShowOnWall | SetArmsDiscreet | SetFooterOpen
    | SetOnePen | TakePen | PlaceAction | UnplaceAction | SetActionAside | AddAction | RenameAction | RemoveAction
    | PostInitiative | EditInitiative | WithdrawInitiative | SupportInitiative | UnsupportInitiative
    | HideInitiative | ShowInitiative | HighlightInitiative
    | AddMission | EditMission | MoveMission | WithdrawMission
    | SayReady | PresentGroup | TakeNote | RecordDecision | EditDecision | WithdrawDecision
    | EraseParticipant | ResetWorkshop | HandIn | AcceptText | SetTextAside | UndoLast
)  # fmt: skip

NAMES: dict[str, type[Command]] = {
    "".join("-" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("-"): kind
    for kind in Command.__args__
}
"""Form name → class: `place-action` → PlaceAction."""
