"""Phases, the clock, whose turn it is."""

from dataclasses import dataclass

from atelier.domain.values import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseOpened:
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReverted:
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted:
    total_ms: int
    deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused:
    remaining_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed:
    deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended:
    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPresented:
    group: int
