"""The continuum of missions as the wall shows it: same texts merged, the printed ones first, then the most recent."""

from dataclasses import dataclass

from atelier.domain.state import Mission, Workshop
from atelier.domain.values import Side

_ADDED = 24
"""Missions that groups added, of one column: more pages than that nobody waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One text, and the groups that have it; `printed` when the sheet had it from the start, in every group."""

    text: str
    groups: tuple[int, ...]
    printed: bool
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One part of the continuum; `more` texts did not fit."""

    side: Side
    missions: tuple[Shared, ...]
    more: int = 0


def columns(state: Workshop) -> tuple[Column, ...]:
    """Return the three columns."""
    return tuple(_column(side, _merged(state, side)) for side in Side)


def _column(side: Side, missions: tuple[Shared, ...]) -> Column:
    printed = tuple(mission for mission in missions if mission.printed)
    added = sorted((mission for mission in missions if not mission.printed), key=lambda each: -each.rank)
    return Column(side=side, missions=(*printed, *added[:_ADDED]), more=max(0, len(added) - _ADDED))


def _merged(state: Workshop, side: Side) -> tuple[Shared, ...]:
    found: dict[str, list[tuple[int, int, Mission]]] = {}
    for group in state.groups:
        for rank, mission in enumerate(group.missions.values()):
            if mission.side is side and mission.visible:
                key = mission.text.casefold().rstrip(" .")
                found.setdefault(key, []).append((rank, group.number, mission))
    return tuple(_shared(entries, len(state.groups)) for entries in found.values())


def _shared(entries: list[tuple[int, int, Mission]], of: int) -> Shared:
    groups = tuple(sorted({number for _, number, _ in entries}))
    printed = len(groups) == of and all(not mission.author for _, _, mission in entries)
    rank = max(rank for rank, _, _ in entries)
    return Shared(text=entries[0][2].text, groups=groups, printed=printed, rank=rank)
