"""How full laid-out pages are: which parts of a document leave a page three quarters empty. In the worker only."""

from collections.abc import Iterator
from typing import Any

EMPTY = 0.25
"""Of the height between head and foot: a page filled less than this is three quarters empty."""


def loose_parts(document: Any) -> frozenset[str]:
    """Return the ids of the parts, elements with `data-part`, that leave a page of theirs three quarters empty."""
    return frozenset(part for part, filled in fills(document) if filled < EMPTY)


def fills(document: Any) -> Iterator[tuple[str, float]]:
    """Yield for each page the part that stands on it and how far down it reaches, from 0 to 1."""
    for page in document.pages:
        box = page._page_box
        part, lowest = "", box.content_box_y()
        for inner in _flowing(box):
            part = part or (inner.element.get("data-part", "") if inner.element is not None else "")
            lowest = max(lowest, _bottom(inner))
        yield part, (lowest - box.content_box_y()) / box.height


def _flowing(page: Any) -> Iterator[Any]:
    """All boxes of a page but its margins': the root comes first, head and foot after it."""
    waiting = [page.children[0]]
    while waiting:
        box = waiting.pop()
        yield box
        waiting.extend(reversed(getattr(box, "children", ())))


def _bottom(box: Any) -> float:
    """Return where something that is seen ends: texts and pictures; boxes around them may be taller."""
    seen = hasattr(box, "text") or hasattr(box, "replacement")
    return float(box.position_y + box.height) if seen else 0.0
