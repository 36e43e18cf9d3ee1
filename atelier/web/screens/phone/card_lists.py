"""The initiatives of a card: the latest ones, which a page brings; all of them, once the card is asked for; and whose.

What is worked out of a card is kept for as long as its initiatives stay the same object: a page looks at fourteen.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from atelier.domain import selectors
from atelier.domain.state import Initiative, Line
from atelier.limits import CARD_LISTS_BYTES, CARD_SHOWS, SKELETON_S
from atelier.runtime.lru import LRUCache

T = TypeVar("T")
_BYTES, _INITIATIVE_BYTES = 2_000, 200
"""What a card takes, and each of its initiatives, besides what the state holds (tracemalloc, CPython 3.11)."""


class Listed(NamedTuple):
    """What a list shows: initiatives that were brought together side by side, others each alone."""

    sets: Sequence[Sequence[Initiative]]
    has_older: bool


class CardList(NamedTuple):
    """Every initiative of a card that was not withdrawn, `written` and `supported` by the people who did."""

    initiatives: tuple[Initiative, ...]
    latest: Listed
    written: Mapping[str, tuple[Initiative, ...]]
    supported: Mapping[str, tuple[str, ...]]


_KEPT: LRUCache[int, tuple[Mapping[str, Initiative], CardList]] = LRUCache(CARD_LISTS_BYTES, SKELETON_S)


def card_list(line: Line) -> CardList:
    """Return the initiatives of `line`, sorted out once."""
    kept, found = _KEPT.get(id(line.initiatives)) or (None, None)
    if found is None or kept is not line.initiatives:
        found = _sorted_out(line)
        size = _BYTES + _INITIATIVE_BYTES * len(line.initiatives)
        _KEPT.put(id(line.initiatives), (line.initiatives, found), size)
    return found


def listed(line: Line, *, whole: bool = False) -> Listed:
    """Return what the list of `line` shows."""
    return Listed(selectors.together(line), has_older=False) if whole else card_list(line).latest


def is_latest(line: Line, initiative: str) -> bool:
    """Tell whether `initiative` is one of the latest, without sorting out its card, which just changed."""
    visible = (each for each in reversed(list(line.initiatives.values())) if each.visible)
    return any(each.id == initiative for each in islice(visible, CARD_SHOWS))


def _sorted_out(line: Line) -> CardList:
    initiatives = tuple(each for each in line.initiatives.values() if not each.withdrawn)
    return CardList(
        initiatives,
        _latest(selectors.together(line)),
        _by_person((each.author, each) for each in initiatives),
        _by_person((person, each.id) for each in initiatives for person in each.supporters),
    )


def _latest(sets: Sequence[Sequence[Initiative]]) -> Listed:
    start, shown = len(sets), 0
    while start and shown < CARD_SHOWS:
        start -= 1
        shown += len(sets[start])
    return Listed(sets[start:], has_older=start > 0)


def _by_person(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for person, each in pairs:
        found.setdefault(person, []).append(each)
    return {person: tuple(those) for person, those in found.items()}
