"""Why the domain says no. Codes only: the sentences people read are in `atelier/wording.py`."""

from enum import StrEnum


class Code(StrEnum):
    """One code a reason; each has a French sentence, held by a test."""

    UNKNOWN_WORKSHOP = "unknown-workshop"
    ALREADY_PREPARED = "already-prepared"
    WORKSHOP_CLOSED = "workshop-closed"
    WORKSHOP_ARCHIVED = "workshop-archived"
    WORKSHOP_NOT_CLOSED = "workshop-not-closed"
    WORKSHOP_FULL = "workshop-full"
    ENTRANCE_CLOSED = "entrance-closed"
    WORKSHOP_STARTED = "workshop-started"
    NOT_ALLOWED = "not-allowed"
    NOT_JOINED = "not-joined"
    NO_IDENTITY = "no-identity"
    PHASE_NOT_OPEN = "phase-not-open"
    PHASE_OVER = "phase-over"
    PHASE_ALREADY_OPEN = "phase-already-open"
    MOVED_ON = "moved-on"
    LEAVES_EARLY = "leaves-early"
    UNDO_TOO_LATE = "undo-too-late"
    PUT_BACK_TOO_LATE = "put-back-too-late"
    OTHER_GROUP = "other-group"
    PEN_ELSEWHERE = "pen-elsewhere"
    UNKNOWN_GROUP = "unknown-group"
    UNKNOWN_ACTION = "unknown-action"
    UNKNOWN_INITIATIVE = "unknown-initiative"
    UNKNOWN_MISSION = "unknown-mission"
    UNKNOWN_PARTICIPANT = "unknown-participant"
    UNKNOWN_DECISION = "unknown-decision"
    UNKNOWN_KEY = "unknown-key"
    UNKNOWN_TEXT = "unknown-text"
    NOT_YOURS = "not-yours"
    TEXT_EMPTY = "text-empty"
    TEXT_TOO_LONG = "text-too-long"
    TEXT_UNREADABLE = "text-unreadable"
    NOT_A_REACH = "not-a-reach"
    NOT_A_DATE = "not-a-date"
    NOT_A_SETUP = "not-a-setup"
    NOT_A_VIEW = "not-a-view"
    ALREADY_PLACED = "already-placed"
    ANSWERS_NOT_ASKED = "answers-not-asked"
    ANSWER_STANDS = "answer-stands"
    OTHER_TRADE = "other-trade"
    COMMON_ACTION = "common-action"
    NO_FREE_LINE = "no-free-line"
    LINE_HAS_INITIATIVES = "line-has-initiatives"
    GROUP_IN_USE = "group-in-use"
    TEXT_QUOTA = "text-quota"
    TOO_MANY = "too-many"
    CLOCK_NOT_RUNNING = "clock-not-running"
    CLOCK_NOT_PAUSED = "clock-not-paused"
    CLOCK_RUNNING = "clock-running"
    CLOCK_DURATION = "clock-duration"
    NOTHING_TO_UNDO = "nothing-to-undo"
    CHANGED_SINCE = "changed-since"
    ALREADY_USED = "already-used"
    LAST_KEY = "last-key"


class Refused(Exception):  # noqa: N818 - a refusal is not an error
    """The act does not change anything, for the reason given by `code` (and `detail`, a number to show)."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
