"""Who may come in, and who was shown out again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceClosed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceOpened:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceFreed:
    """Everybody may come in at once, however many were expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRemoved:
    """They did nothing, and are strangers again."""

    removal: str
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleReturned:
    removal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantReturned:
    participant: str
