"""What people propose under an action."""

from dataclasses import dataclass


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
