"""An act is a command with all that makes it decidable; a fact is an event with all that makes it history."""

from dataclasses import dataclass

from atelier.domain.commands import Command
from atelier.domain.events import Event
from atelier.domain.values import Actor


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
