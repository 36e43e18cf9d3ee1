"""The small vocabularies of a workshop: phases, trades, sides, scenes, and a placement's two reaches."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """The five moments of the agenda, in their order."""

    WELCOME = "welcome"
    REMITS = "remits"
    ARTICULATIONS = "articulations"
    REPORT_BACK = "report-back"
    SYNTHESIS = "synthesis"


class Status(StrEnum):
    """Where a workshop is in its life; only an open one lets participants write."""

    UNPREPARED = "unprepared"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Trade(StrEnum):
    """What a participant does for a living, as asked at the door."""

    FRANCE_SERVICES = "fs"
    CONSEILLER_NUMERIQUE = "cn"
    COORDINATION = "coordination"
    OTHER = "other"


class Side(StrEnum):
    """Where a mission stands on the continuum."""

    FRANCE_SERVICES = "fs"
    BOTH = "both"
    CONSEILLER_NUMERIQUE = "cn"


class Role(StrEnum):
    """In what quality somebody acts. A guest holds an identity but has not joined yet; the host is this machine."""

    GUEST = "guest"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    HOST = "host"


class Entrance(StrEnum):
    """Who may come in who never was: a pace for a crowd that nobody expected, everybody at once, or nobody new."""

    PACED = "paced"
    FREE = "free"
    CLOSED = "closed"


class Holder(StrEnum):
    """What a secret key opens: the facilitator's desk, only the projected wall, or only the page of results.

    `day`: nothing by itself; as long as it is not revoked, the day that has its name may read the results.
    """

    FACILITATOR = "facilitator"
    WALL = "wall"
    RESULTS = "results"
    DAY = "day"


class ClockStatus(StrEnum):
    """A stopped clock shows its full duration; a paused one what remains."""

    STOPPED = "stopped"
    RUNNING = "running"
    PAUSED = "paused"


class TextKind(StrEnum):
    """What a text that came too late was meant to be."""

    INITIATIVE = "initiative"
    MISSION = "mission"
    LINE = "line"


class NoteKind(StrEnum):
    """What a group’s note of the report-back is about; NOTE: one of before there were three."""

    AGREEMENT = "agreement"
    DISAGREEMENT = "disagreement"
    LAUNCH = "launch"
    NOTE = "note"


class DecisionStatus(StrEnum):
    """How far a decision has come."""

    TO_DO = "to-do"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    DROPPED = "dropped"


class VoteStatus(StrEnum):
    """How far a vote has come: phones place dots, nobody does any more, everybody sees the counts."""

    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


class Scene(StrEnum):
    """What the wall can show."""

    WELCOME = "welcome"
    REMITS = "remits"
    DEMONSTRATION = "demonstration"
    OVERVIEW = "overview"
    GROUP = "group"
    ACTION = "action"
    OVERLAY = "overlay"
    ACROSS = "across"
    VOTE = "vote"
    DECISIONS = "decisions"
    FOLLOW_UP = "follow-up"
    MESSAGE = "message"
    BLANK = "blank"


class Verdict(StrEnum):
    """How the groups together see an action. The French words are in `atelier/wording.py`."""

    SHARED = "shared"
    RATHER_FS = "rather-fs"
    MOSTLY_FS = "mostly-fs"
    RATHER_CN = "rather-cn"
    MOSTLY_CN = "mostly-cn"
    SOMETIMES_BOTH = "sometimes-both"
    SOMETIMES_FS = "sometimes-fs"
    SOMETIMES_CN = "sometimes-cn"
    RARE_BOTH = "rare-both"
    CLOSE = "close"
    DISCUSS = "discuss"
    TOO_FEW = "too-few"
    TO_COMPLETE = "to-complete"
    SET_ASIDE = "set-aside"


REACH_MAX = 100
REACH_STEP = 5
WORDS = 5
"""How many words name a reach."""


def is_reach(value: int) -> bool:
    """Tell whether `value` is a reach: 0 to 100 in steps of 5."""
    return 0 <= value <= REACH_MAX and value % REACH_STEP == 0


def word_number(reach: int) -> int:
    """Return which of the five words names `reach`, 0 (« jamais ») to 4: that of the nearest quarter."""
    return min(4, (reach + 12) // 25)


ARMS = ("fs", "cn")
"""The two arms of a card, by the names of their fields."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How regularly each trade does an action: two independent reaches; None where nobody answered for the trade yet.

    `unsure`: arms whose 0 was written before December 2026, when an arm that nobody answered was a 0 too.
    """

    fs: int | None
    cn: int | None
    unsure: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True when somebody answered for both trades."""
        return self.fs is not None and self.cn is not None

    def reach(self, arm: str) -> int | None:
        """Return how far `arm` (`fs` or `cn`) reaches."""
        return self.fs if arm == "fs" else self.cn


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a role, and the identifier of the participant or of the facilitator's key."""

    role: Role
    id: str

    @property
    def facilitates(self) -> bool:
        """True for those who may write in every group."""
        return self.role in (Role.FACILITATOR, Role.HOST)
