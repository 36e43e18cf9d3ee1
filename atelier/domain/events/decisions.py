"""Notes of the report-back, and what was decided."""

from dataclasses import dataclass


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
class DecisionRestored:
    decision: str
