"""Who is there, at which table; who took an act back."""

from dataclasses import dataclass

from atelier.domain.values import Trade


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
class ParticipantErased:
    """Their words are overwritten in the facts before this one."""

    participant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRenamed:
    group: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaidReady:
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSaidNotReady:
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastActUndone:
    """Follows the event that compensates, and tells it from the same done on purpose."""
