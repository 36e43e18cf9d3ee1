"""« Une plume par table »: one phone of each table places."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PensLimited:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PensFreed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class PenTaken:
    group: int
