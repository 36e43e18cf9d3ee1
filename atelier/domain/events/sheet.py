"""The lines of a sheet and how far each trade reaches."""

from dataclasses import dataclass


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
