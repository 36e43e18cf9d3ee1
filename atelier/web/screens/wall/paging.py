"""How much text fits on a projected screen: pages and sizes, worked out once here so that desk and wall agree.

The narrowest screen counts (4:3, an announcement shown), in hundredths of the screen's height (vh).
"""

import unicodedata
from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from atelier.domain.selectors import by_support
from atelier.domain.state import Decision, Initiative, Line, Workshop
from atelier.domain.values import Scene

_T = TypeVar("_T")
_NARROW = frozenset("iIjlrtf.,:;!|'’()-· ")
_INITIATIVE_SIZE, _INITIATIVE_LINE, _INITIATIVE_GAP = 4.4, 5.3, 1.7
_INITIATIVES_WIDTH, _INITIATIVES_HEIGHT = 108.0, 43.0
_DECISION_SIZES = (4.4, 3.4, 2.7)
_DECISIONS_HEIGHT = 48.0
_WHAT_WIDTH, _WHO_WIDTH, _DUE_WIDTH = 66.0, 27.0, 21.0


def pages(line: Line) -> list[list[Initiative]]:
    """Share the visible initiatives of a line, most supported first, into screens that nothing is cut from."""
    return _filled(by_support(line), _initiative_height, _INITIATIVES_HEIGHT)


def too_tall(initiative: Initiative) -> bool:
    """True for the rare text (280 capitals, say) that fills more than a screen and must be set smaller."""
    return _initiative_height(initiative) > _INITIATIVES_HEIGHT


def decision_pages(state: Workshop) -> tuple[int, list[list[Decision]]]:
    """Return the size (0 the largest) at which the decisions are shown, and their pages."""
    decisions = list(state.decisions.values())
    for rank in range(len(_DECISION_SIZES)):
        found = _filled(decisions, _decision_height(rank), _DECISIONS_HEIGHT)
        if len(found) <= 1:
            return rank, found
    return rank, found


def wall_pages(state: Workshop) -> int:
    """Return how many pages there are to turn in what the wall shows; 1 when there is nothing to turn."""
    if state.wall.scene is Scene.DECISIONS:
        return max(1, len(decision_pages(state)[1]))
    if state.wall.scene is not Scene.ACTION:
        return 1
    line = state.group(state.wall.group).lines.get(state.wall.action)
    return max(1, len(pages(line))) if line and not line.removed else 1


def rows_of(text: str, width: float) -> int:
    """Return on how many lines `text` wraps in `width` (in em), words kept whole where they fit."""
    rows, left = 1, width
    for word in text.split(" "):
        length = sum(map(_em, word))
        if length > width:  # it is broken where the line ends
            rows += ceil((length - left) / width) if length > left else 0
            left = width - (length % width)
        elif length > left:
            rows, left = rows + 1, width - length
        else:
            left -= length
        left -= _em(" ")
    return rows


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if unicodedata.east_asian_width(character) in "WF" or character in "MW—…@":
        return 1.05
    return 0.68 if character.isupper() else 0.57


def _filled(items: Sequence[_T], height: Callable[[_T], float], room: float) -> list[list[_T]]:
    found: list[list[_T]] = []
    left = 0.0
    for item in items:
        needed = height(item)
        if not found or needed > left:
            found.append([])
            left = room
        found[-1].append(item)
        left -= needed
    return found


def _initiative_height(initiative: Initiative) -> float:
    return (
        rows_of(initiative.text, _INITIATIVES_WIDTH / _INITIATIVE_SIZE) * _INITIATIVE_LINE + _INITIATIVE_GAP
    )


def _decision_height(rank: int) -> Callable[[Decision], float]:
    size = _DECISION_SIZES[rank]

    def height(decision: Decision) -> float:
        columns = ((decision.what, _WHAT_WIDTH), (decision.who, _WHO_WIDTH), (decision.due, _DUE_WIDTH))
        return max(rows_of(text, width / size) for text, width in columns) * size * 1.2 + 0.45 * size

    return height
