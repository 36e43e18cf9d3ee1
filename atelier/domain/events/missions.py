"""The continuum of missions."""

from dataclasses import dataclass

from atelier.domain.values import Side


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
