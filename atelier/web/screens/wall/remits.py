"""The continuum of missions as the wall shows it: same texts merged, sized to fit, the most recent first to stay.

Sizes are those of a 16:9 screen; `wall/fit.js` takes a smaller one where the page is narrower or lower.
"""

from dataclasses import dataclass, replace

from atelier.domain.state import Mission, Workshop
from atelier.domain.values import Side
from atelier.web.screens.wall.paging import rows_of

_SIZES = (3.6, 3.1, 2.6, 2.2)
_WIDTH, _HEIGHT = 50.0, 54.0
_SHAPE = 1.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One text, and the groups that have it; `printed` when the sheet had it from the start, in every group."""

    text: str
    groups: tuple[int, ...]
    printed: bool
    rank: int

    def height(self, size: float) -> float:
        """Return the height (vh) it takes when set in `size`."""
        shapes = 0.0 if self.printed else len(self.groups) * _SHAPE
        # The shapes follow the last word; a narrower line is a cautious way to keep their place.
        width = _WIDTH / size
        rows = max(rows_of(self.text, width), rows_of(self.text, 0.9 * width) if shapes else 0)
        return rows * size * 1.2 + 1.5 + max(0.0, shapes // width) * size


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One part of the continuum; `more` texts did not fit."""

    side: Side
    missions: tuple[Shared, ...]
    more: int = 0


def columns(state: Workshop) -> tuple[int, tuple[Column, ...]]:
    """Return the size (0 the largest) that lets all columns fit, and the columns."""
    found = tuple(Column(side=side, missions=_merged(state, side)) for side in Side)
    for rank, size in enumerate(_SIZES):
        if all(_height(column.missions, size) <= _HEIGHT for column in found):
            return rank, found
    return rank, tuple(_shortened(column, size) for column in found)


def _height(missions: tuple[Shared, ...], size: float) -> float:
    return sum(mission.height(size) for mission in missions)


def _shortened(column: Column, size: float) -> Column:
    # Printed missions stay: they are the ground of the discussion. Then as many of the most recent as fit.
    room = _HEIGHT - 1.6 * size - _height(tuple(m for m in column.missions if m.printed), size)
    kept = []
    for mission in sorted(column.missions, key=lambda m: -m.rank):
        if mission.printed:
            kept.append(mission)
        elif room >= mission.height(size):
            room -= mission.height(size)
            kept.append(mission)
        else:
            room = 0
    ordered = tuple(mission for mission in column.missions if mission in kept)
    return replace(column, missions=ordered, more=len(column.missions) - len(ordered))


def _merged(state: Workshop, side: Side) -> tuple[Shared, ...]:
    found: dict[str, list[tuple[int, int, Mission]]] = {}
    for group in state.groups:
        for rank, mission in enumerate(group.missions.values()):
            if mission.side is side and not mission.withdrawn:
                key = mission.text.casefold().rstrip(" .")
                found.setdefault(key, []).append((rank, group.number, mission))
    return tuple(_shared(entries, len(state.groups)) for entries in found.values())


def _shared(entries: list[tuple[int, int, Mission]], of: int) -> Shared:
    groups = tuple(sorted({number for _, number, _ in entries}))
    printed = len(groups) == of and all(not mission.author for _, _, mission in entries)
    rank = max(rank for rank, _, _ in entries)
    return Shared(text=entries[0][2].text, groups=groups, printed=printed, rank=rank)
