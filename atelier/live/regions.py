"""What part of the screens events make stale, as each declares it: the unit of coalescing and of catching up."""

from collections.abc import Iterable
from functools import cache

from atelier.domain.acts import Event, Fact
from atelier.domain.regions import Kind, Region, Stale, region_of
from atelier.domain.registry import STALE
from atelier.domain.state import Workshop

__all__ = ["Kind", "Region", "first_acts", "in_order", "stale", "without_repeats"]


def stale(events: Iterable[Event]) -> frozenset[Region]:
    """Return the regions that `events` make stale, each once. Raises KeyError on what is no event."""
    found: set[Region] = set()
    for event in events:
        always = _always(STALE[type(event)])
        found |= always if always is not None else {region_of(part, event) for part in STALE[type(event)]}
    return frozenset(found)


@cache
def _always(parts: tuple[Stale, ...]) -> frozenset[Region] | None:
    """Return what every event of a kind that declares `parts` makes stale; None where that depends on what it says."""
    return frozenset(Region(part) for part in parts if isinstance(part, Kind)) if _fixed(parts) else None


def _fixed(parts: Iterable[Stale]) -> bool:
    return all(isinstance(part, Kind) for part in parts)


def first_acts(before: Workshop | None, after: Workshop, facts: Iterable[Fact]) -> frozenset[Region]:
    """Return what `facts` make stale when by one of them somebody did something for the first time.

    Where `before` is not known, whoever did something may have done so for the first time.
    """
    for actor in {fact.by.id for fact in facts}:
        if _has_acted(after, actor) and not (before and _has_acted(before, actor)):
            return frozenset({Region(Kind.FIRST_ACTS)})
    return frozenset()


def _has_acted(state: Workshop, actor: str) -> bool:
    person = state.people.get(actor)
    return person is not None and person.acted


def without_repeats(regions: frozenset[Region]) -> frozenset[Region]:
    """Leave out the items of lists that are drawn as a whole; where a line is drawn anew, its list is too."""
    if not any(region.item for region in regions):
        return regions
    if Region(Kind.EVERYTHING) in regions:
        return frozenset(region for region in regions if not region.item)
    return frozenset(_whole_list(region, regions) or region for region in regions)


def in_order(state: Workshop, regions: Iterable[Region]) -> list[Region]:
    """Sort regions, the items of a list as they stand in it: new ones are put at its end one after the other."""
    places: dict[str, int] = {}
    for number, action in {(region.group, region.action) for region in regions if region.item}:
        line = state.group(number).lines.get(action)
        places |= {name: n for n, name in enumerate(line.initiatives if line else ())}
    return sorted(regions, key=lambda region: (*region[:3], places.get(region.item, 0)))


def _whole_list(region: Region, regions: frozenset[Region]) -> Region | None:
    whole, line = region._replace(item=""), Region(Kind.LINES, region.group, region.action)
    return whole if {whole, line} & regions else None
