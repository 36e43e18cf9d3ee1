"""Commands and events, and what makes them decidable and history: acts and facts."""

from dataclasses import dataclass

from atelier.domain.values import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What somebody may ask for, in the imperative. Each is a class of `features/`, decorated with `@command`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What was decided, in the past tense. Each is a class of `features/`, decorated with `@event`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`at` in Unix milliseconds by the server's clock; `fresh_id` names what the command creates, if anything."""

    command: Command
    by: Actor
    at: int
    fresh_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One event as it happened: what, by whom, when (Unix milliseconds)."""

    event: Event
    by: Actor
    at: int
