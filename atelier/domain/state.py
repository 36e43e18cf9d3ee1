"""The state of a workshop: what the journal adds up to. Frozen; mappings are replaced, never changed in place.

Without slots: `evolve` copies one of these several times an event, and an instance dictionary copies ten times faster.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from atelier.domain.acts import Event
from atelier.domain.doctrine import SheetAction
from atelier.domain.setup import Setup
from atelier.domain.values import (
    ClockStatus,
    DecisionStatus,
    Entrance,
    Holder,
    NoteKind,
    Phase,
    Placement,
    Scene,
    Side,
    Status,
    TextKind,
    Trade,
    VoteStatus,
)


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """A text under an action. Withdrawn ones stay, so that a withdrawal can be undone with its supports.

    `gathered`: the same for all that it was brought together with; `heading`: what is written over them, by whom.
    """

    id: str
    action: str
    text: str
    author: str
    posted_at: int
    edited_at: int = 0
    changed_by: str = ""
    supporters: frozenset[str] = frozenset()
    hidden: bool = False
    highlighted: bool = False
    withdrawn: bool = False
    gathered: str = ""
    heading: str = ""
    headed_by: str = ""

    @property
    def visible(self) -> bool:
        """True when rooms and documents may show it."""
        return not (self.hidden or self.withdrawn)


@dataclass(frozen=True, kw_only=True)
class Mission:
    """A mission on a group's continuum; `author` is empty for those printed on the sheet."""

    id: str
    side: Side
    text: str
    author: str = ""
    changed_by: str = ""
    added_at: int = 0
    hidden: bool = False
    withdrawn: bool = False

    @property
    def visible(self) -> bool:
        """True when rooms and documents may show it."""
        return not (self.hidden or self.withdrawn)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one person said for their trade before the table placed; no `reach` where that was erased.

    `late`: it came after the reveal. `shown`: it did not come alone of its trade, so that it may show.
    """

    arm: str
    reach: int | None
    late: bool = False
    shown: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """One action on one group's sheet: not placed (None), placed for one trade or both, or « sans objet ».

    `answers`: each person's own, by their id, for nobody else to see before it is `revealed`, and then as `answers.py`
    lets show.
    """

    action: SheetAction
    free: bool = False
    placement: Placement | None = None
    set_aside: bool = False
    moved_by: str = ""
    moved_at: int = 0
    named_by: str = ""
    named_at: int = 0
    removed: bool = False
    hidden: bool = False
    mission: str = ""
    initiatives: Mapping[str, Initiative] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    revealed: bool = False

    @property
    def gone(self) -> bool:
        """True when neither rooms nor documents may show it."""
        return self.removed or self.hidden


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a group says in the report-back; `author`: who wrote it last."""

    text: str
    author: str


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo of a group's sheet of paper; `digest`: the SHA-256 of its bytes, which the journal's file holds by
    `id`."""

    id: str
    digest: str
    kept_at: int


@dataclass(frozen=True, kw_only=True)
class Group:
    """A table and its sheet. `lines` are in the order of the sheet, the group's free lines last.

    `pen`: who took it last; `selectors.pen_holder` says who holds it. `rapporteur`: whom the desk named last;
    `selectors.rapporteur` says who writes.
    """

    number: int
    name: str
    lines: Mapping[str, Line] = field(default_factory=dict)
    missions: Mapping[str, Mission] = field(default_factory=dict)
    ready: bool = False
    ready_by: str = ""
    notes: Mapping[NoteKind, Note] = field(default_factory=dict)
    rapporteur: str = ""
    pen: str = ""
    photos: Mapping[str, Photo] = field(default_factory=dict)

    @property
    def note(self) -> str:
        """The one note of a journal of before there were three."""
        return self.noted(NoteKind.NOTE)

    def noted(self, kind: NoteKind) -> str:
        """Return what that note says, "" where there is none."""
        return self.notes[kind].text if kind in self.notes else ""


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One phone, as a rule one person. `acted`: they wrote, placed, supported or said something; `texts`: how many.

    `people`: for how many it votes.
    """

    id: str
    trade: Trade
    group: int
    name: str
    joined_at: int
    left: bool = False
    acted: bool = False
    texts: int = 0
    people: int = 1


@dataclass(frozen=True, kw_only=True)
class Key:
    """A secret link that was handed out, known by its hash only. Times in Unix ms.

    `name`: whose it is, in the desk's words; `opened_at`: 0 when nobody opened it yet, None when that was not noted.
    """

    id: str
    holder: Holder
    key_hash: str
    name: str = ""
    issued_at: int = 0
    opened_at: int | None = None
    revoked: bool = False


@dataclass(frozen=True, kw_only=True)
class Extension:
    """Time that was added to a clock: by whom, when, how much of it was asked for, what the total was before."""

    by: str
    at: int
    asked_ms: int
    from_total_ms: int


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`deadline` (Unix ms) counts while running, `remaining_ms` while paused; `has_run`: ever, in this phase."""

    status: ClockStatus = ClockStatus.STOPPED
    total_ms: int = 0
    deadline: int = 0
    remaining_ms: int = 0
    has_run: bool = False
    extension: Extension | None = None

    def remaining(self, at: int) -> int:
        """Return the milliseconds left at `at`; below zero, the time that was overrun."""
        match self.status:
            case ClockStatus.RUNNING:
                return self.deadline - at
            case ClockStatus.PAUSED:
                return self.remaining_ms
            case ClockStatus.STOPPED:
                return self.total_ms


@dataclass(frozen=True, kw_only=True)
class WallView:
    """What the wall shows. `page` counts from 0."""

    scene: Scene = Scene.WELCOME
    group: int = 0
    action: str = ""
    page: int = 0

    @property
    def mark(self) -> str:
        """The view in one word, for a form to say from where it was pressed."""
        return f"{self.scene.value}/{self.group}/{self.action}/{self.page}"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the room settled on: quoi, qui, échéance (words, or the ISO date `due_on`), and where it comes from.

    `quoted`: its words are still those of `initiative`, and go when those are erased.
    """

    id: str
    what: str
    who: str = ""
    due: str = ""
    due_on: str = ""
    stake: str = ""
    action: str = ""
    group: int = 0
    initiative: str = ""
    status: DecisionStatus = DecisionStatus.TO_DO
    quoted: bool = False


@dataclass(frozen=True, kw_only=True)
class NextMeeting:
    """When the room meets again: the ISO date `on`, hour and place in words; both empty while nobody said."""

    on: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A vote of `each` dots (« gommettes ») a person over the initiatives of all groups, or the `starred` ones.

    `ballots`: by participant, the dots on each initiative. Nothing shows them before the vote is revealed.
    """

    id: str
    each: int
    starred: bool = False
    status: VoteStatus = VoteStatus.OPEN
    ballots: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LateText:
    """What a participant wrote and could send only when its phase was over. The desk decides."""

    id: str
    kind: TextKind
    group: int
    action: str
    side: Side
    text: str
    author: str
    received_at: int
    accepted: bool = False
    set_aside: bool = False

    @property
    def waiting(self) -> bool:
        """True while nobody decided."""
        return not (self.accepted or self.set_aside)


@dataclass(frozen=True, kw_only=True)
class BeforePhase:
    """How things stood before the current phase was opened, for the minute in which that can be undone."""

    phase: Phase
    phase_since: int
    clock: Clock
    wall: WallView
    presenting: int
    ready: Mapping[int, str]
    presented: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class LastAct:
    """What somebody did last: the event that would undo it, and how its target stood just after."""

    remedy: Event
    left_as: object


@dataclass(frozen=True, kw_only=True)
class Restoration:
    """The events that would put back what is being removed.

    A decision, a vote and people who did nothing are no part of the state any more: they are kept here.
    """

    remedies: tuple[Event, ...]
    decision: Decision | None = None
    place: int = 0
    people: Mapping[str, Participant] = field(default_factory=dict)
    vote: Vote | None = None


@dataclass(frozen=True, kw_only=True)
class Removal(Restoration):
    """What a facilitator removed, and how it stood just after."""

    id: str
    at: int
    left_as: object


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """Everything the journal says, at one position of it."""

    status: Status = Status.UNPREPARED
    setup: Setup | None = None
    keys: Mapping[str, Key] = field(default_factory=dict)
    people: Mapping[str, Participant] = field(default_factory=dict)
    entrance: Entrance = Entrance.PACED
    groups: tuple[Group, ...] = ()
    phase: Phase = Phase.WELCOME
    phase_since: int = 0
    left_at: Mapping[Phase, int] = field(default_factory=dict)
    before_phase: BeforePhase | None = None
    clock: Clock = Clock()
    wall: WallView = WallView()
    presenting: int = 0
    presented: frozenset[int] = frozenset()
    announcement: str = ""
    announced_in: Phase = Phase.WELCOME
    discreet: bool = False
    footer_open: bool = False
    discuss_first: bool = False
    covered: bool = False
    """The desk hid every text of participants from the wall."""
    join_code_until: int = 0
    """Until when (Unix ms) the QR code stands in large over the wall’s scene."""
    one_pen: bool = False
    answers_first: bool = False
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    next_meeting: NextMeeting = NextMeeting()
    followed_up: Mapping[str, DecisionStatus] = field(default_factory=dict)
    """How far the decisions of the workshop that this one follows have come, by their id; none where nobody told."""
    vote: Vote | None = None
    late: Mapping[str, LateText] = field(default_factory=dict)
    last_acts: Mapping[str, LastAct] = field(default_factory=dict)
    removals: Mapping[str, Removal] = field(default_factory=dict)

    @property
    def prepared(self) -> Setup:
        """The setup of a workshop that exists. Raises LookupError before it was prepared."""
        if self.setup is None:
            raise LookupError("this workshop was never prepared")
        return self.setup

    def group(self, number: int) -> Group:
        """Return the group `number`. Raises LookupError when there is none."""
        if not 1 <= number <= len(self.groups):
            raise LookupError(number)
        return self.groups[number - 1]

    def present(self) -> Iterator[Participant]:
        """Everyone who joined and did not leave, in order of arrival."""
        return (person for person in self.people.values() if not person.left)


def blank_group(setup: Setup, number: int) -> Group:
    """Return the group `number` of `setup` before anybody wrote on its sheet."""
    missions = [
        Mission(id=f"{mission.side.value}-{n}", side=mission.side, text=mission.text)
        for n, mission in enumerate(setup.missions, start=1)
    ]
    return Group(
        number=number,
        name=setup.groups[number - 1],
        lines={action.id: Line(action=action) for action in setup.actions},
        missions={mission.id: mission for mission in missions},
    )


def initial_state() -> Workshop:
    """Return the state before the first event."""
    return Workshop()
