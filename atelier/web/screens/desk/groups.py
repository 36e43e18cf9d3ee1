"""The groups at a glance: who lags behind the others, who sits where."""

from collections.abc import Callable
from statistics import median

from atelier.domain import selectors
from atelier.domain.state import Group, Mission, Workshop
from atelier.domain.values import Phase, Trade

_PLACES_BEHIND = 3
_MEDIAN_WORTH_COMPARING = 6
_TRADES = (Trade.FRANCE_SERVICES, Trade.CONSEILLER_NUMERIQUE, Trade.COORDINATION, Trade.OTHER)


def lagging(state: Workshop) -> list[int]:
    """Return the groups clearly behind the others in the phase that runs. Nobody lags who says to be ready."""
    if state.phase is Phase.ARTICULATIONS:
        progress = {group.number: selectors.progress(group) for group in state.groups}
        placed = _behind(
            state, lambda group: progress[group.number].done, lambda usual, own: usual - own >= _PLACES_BEHIND
        )
        found = placed | _behind(state, lambda group: progress[group.number].initiatives, _far_below)
    elif state.phase is Phase.REMITS:
        found = _behind(state, added_missions, _far_below)
    else:
        found = set()
    return sorted(number for number in found if not state.group(number).ready)


def added_missions(group: Group) -> int:
    """Count the missions that the group itself wrote."""
    return sum(bool(mission.author) and mission.visible for mission in group.missions.values())


def missions_as_they_come(group: Group) -> list[Mission]:
    """Return the missions that the group itself wrote, newest first."""
    return [each for each in group.missions.values() if each.author and each.visible][::-1]


def people_by_trade(state: Workshop, number: int) -> list[tuple[Trade, int]]:
    """Return the trades at a table with their counts, those that nobody has left out."""
    counts = selectors.trades(state, number)
    return [(trade, counts[trade]) for trade in _TRADES if counts[trade]]


def _behind(state: Workshop, measure: Callable[[Group], int], far: Callable[[float, int], bool]) -> set[int]:
    """Compare with the median of the tables that are in use: an empty table is no laggard."""
    used = {
        group.number: count
        for group in state.groups
        if (count := measure(group)) or any(person.group == group.number for person in state.present())
    }
    if len(used) < 2:
        return set()
    usual = median(used.values())
    return {number for number, own in used.items() if far(usual, own)}


def _far_below(usual: float, own: int) -> bool:
    return usual >= _MEDIAN_WORTH_COMPARING and own * 3 <= usual
