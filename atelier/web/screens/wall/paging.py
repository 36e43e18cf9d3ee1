"""Paging of the wall: how much text fits on a projected screen, computed once so that desk and wall agree.

The narrowest screen counts (4:3, an announcement shown), in hundredths of the screen's height (vh).
"""

import unicodedata
from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from atelier.domain.answers import spreads
from atelier.domain.selectors import across, by_support
from atelier.domain.state import Decision, Group, Initiative, Line, Workshop
from atelier.domain.values import Scene
from atelier.movement import Followed, followed
from atelier.wording import decision_more, due_text

_T = TypeVar("_T")
_NARROW = frozenset("iIjlrtf.,:;!|'’()-· ")
_LARGE, _LINE = 4.4, 5.0
_INITIATIVE_GAP, _DECISION_GAP = 1.7, 1.4
_WIDTH = 112.0
_ROOM = 56.0
"""What an action’s label and initiatives, or the decisions, have of the height."""
_BAR_AND_SCALE = 10.5
_WHAT_WIDTH, _WHO_WIDTH, _DUE_WIDTH = 66.0, 27.0, 21.0
_ASIDE = 3.3
_ACROSS_WIDTH, _ACROSS_ROOM = 91.0, 49.0
"""What initiatives have beside the arms of all groups on a wide screen (16:9); a narrower one turns by itself."""
_DOT, _FEW = 1.8, 7.4
"""A dot; words of two lines."""
_STACKED = 5
"""Beyond so many dots, one above the other, their number stands there (`fragments/spread.html`)."""


def action_pages(line: Line) -> list[list[Initiative]]:
    """Share the visible initiatives of a line, most supported first, into screens that nothing is cut from."""
    label = rows_of(line.action.label, _WIDTH / _LARGE) * _LINE
    return _filled(
        by_support(line), _initiative_height, _ROOM - label - _BAR_AND_SCALE - _spread_height(line)
    )


def _spread_height(line: Line) -> float:
    """What dots above the bar take, or a line that says that they are too few."""
    found = spreads(line)
    dots = max((count if count <= _STACKED else 2 for each in found for count in each.counts), default=0)
    few = any(each.held and not each.shown for each in found)
    return max(_DOT * dots, _FEW * few)


def across_pages(state: Workshop, action: str) -> list[list[tuple[Group, Initiative]]]:
    """Share all that was written under an action, most supported first, into screens that begin with a whole text."""
    return _filled(across(state, action), _across_height, _ACROSS_ROOM)


def decision_pages(state: Workshop) -> list[list[Decision]]:
    """Share the decisions into screens."""
    return _filled(list(state.decisions.values()), _decision_height, _ROOM)


def follow_up_pages(state: Workshop) -> list[list[Followed]]:
    """Share the decisions of the last time into screens."""
    return _filled(list(followed(state)), _followed_height, _ROOM)


def wall_pages(state: Workshop) -> int:
    """Return how many pages there are to turn in what the wall shows; 1 when there is nothing to turn."""
    if state.wall.scene is Scene.DECISIONS:
        return max(1, len(decision_pages(state)))
    if state.wall.scene is Scene.FOLLOW_UP:
        return max(1, len(follow_up_pages(state)))
    if state.wall.scene is Scene.ACROSS:
        return max(1, len(across_pages(state, state.wall.action)))
    if state.wall.scene is not Scene.ACTION:
        return 1
    line = state.group(state.wall.group).lines.get(state.wall.action)
    return max(1, len(action_pages(line))) if line and not line.gone else 1


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


def longest_word(text: str) -> float:
    """Return the width of the longest word of `text`, in em; words part at blanks and after hyphens."""
    return max(sum(map(_em, word)) for word in text.replace("-", "- ").split())


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
    return rows_of(initiative.text, _WIDTH / _LARGE) * _LINE + _INITIATIVE_GAP


def _across_height(written: tuple[Group, Initiative]) -> float:
    return rows_of(f"■ {written[1].text}", _ACROSS_WIDTH / _LARGE) * _LINE + _INITIATIVE_GAP


def _decision_height(decision: Decision) -> float:
    said = " ".join(filter(None, (decision.what, decision_more(decision))))
    return _told_height(said, decision.who, due_text(decision))


def _followed_height(each: Followed) -> float:
    said = " ".join(filter(None, (each.decision.what, due_text(each.decision))))
    return _told_height(said, each.decision.who, each.words)


def _told_height(said: str, who: str, last: str) -> float:
    what = rows_of(said, _WHAT_WIDTH / _LARGE) * _LINE
    beside = ((who, _WHO_WIDTH), (last, _DUE_WIDTH))
    aside = max(rows_of(text, width / _ASIDE) for text, width in beside) * _ASIDE * 1.15
    return max(what, aside) + _DECISION_GAP
