"""The workshop itself, its setup and its keys."""

from dataclasses import dataclass

from atelier.domain.setup import Setup
from atelier.domain.values import Holder


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
class WorkshopCleared:
    """Blank sheets and nobody there; the words of the facts before this one are overwritten."""
