"""View: what templates render a surface from, and the changes it sends afterwards."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.access.addresses import Reach
from atelier.domain import selectors
from atelier.domain.doctrine import Doctrine
from atelier.domain.setup import Setup
from atelier.domain.state import Line, Workshop
from atelier.domain.values import Actor
from atelier.limits import MARK_KEPT_S, MARKS_BYTES
from atelier.local_time import zone_of
from atelier.runtime.lru import LRUCache

Bar = (
    tuple[int, str, int | None, int | None, str, int] | tuple[int, str, int | None, int | None, str, int, str]
)
"""A line as numbers: group, action, fs, cn, `placed` | `unplaced` | `aside`, visible initiatives.

None: nobody answered for the trade. A seventh names the arms (`fs`, `cn`) whose 0 is of before, answered or not.
"""

_MARKS: LRUCache[int, tuple[Setup, str]] = LRUCache(MARKS_BYTES, MARK_KEPT_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A workshop at one position of its journal, for drawing.

    `at`: now, Unix ms. `connected`: participants whose phone is connected, by group number (presence, not journalled).
    `people`: those same participants, with the acts that their phone still holds. `rejoin`: somebody's code to return.
    `waiting`: newcomers at the entrance whose turn has not come (not journalled either).
    `join_url`: the address people scan or type, without scheme it is what the wall prints; empty when there is none.
    `results_url`: the page of results with its key, for the wall; empty while the desk gives none.
    `moved`: it is a new one. `reach`: the others that a facilitator may choose.
    """

    code: str
    state: Workshop
    seq: int
    head: str
    doctrine: Doctrine
    at: int
    join_url: str
    results_url: str = ""
    moved: bool = False
    reach: Reach = field(default_factory=Reach)
    wifi: tuple[str, str] | None = None
    connected: dict[int, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    rejoin: Callable[[str], str] = str
    waiting: int = 0

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone in which its hours are told."""
        return zone_of(self.state.prepared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reader of a page: rendered in their own page only, never in a broadcast."""

    actor: Actor
    group: int = 0
    opened: str = ""
    """On a phone without scripts: the action whose card was acted on or asked for whole; « * »: all of their texts."""
    miscopied: str = ""
    """On the desk: « reset » or « erase », when the code was just mistyped there."""


@dataclass(slots=True, kw_only=True)
class Changes:
    """What one audience must redraw. Bars are numbers, lists are HTML, flags are `data-…` attributes of the body."""

    bars: list[Bar] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    flags: dict[str, str] = field(default_factory=dict)
    clock: dict[str, Any] | None = None

    @property
    def empty(self) -> bool:
        """True when this audience has nothing to redraw."""
        return not (self.bars or self.html or self.flags or self.clock)


def bar(group: int, line: Line, initiatives: int) -> Bar:
    """Return a line as numbers."""
    at = line.placement
    if at is None:
        return group, line.action.id, None, None, "aside" if line.set_aside else "unplaced", initiatives
    found = group, line.action.id, at.fs, at.cn, "placed", initiatives
    return (*found, " ".join(at.unsure)) if at.unsure else found


def bars(state: Workshop, places: Iterable[tuple[int, str]]) -> list[Bar]:
    """Return those lines, by group and action, as numbers; what is not on a sheet is left out."""
    lines = [(number, state.group(number).lines.get(action)) for number, action in places]
    return [bar(number, line, len(selectors.visible_initiatives(line))) for number, line in lines if line]


def mark_of(setup: Setup) -> str:
    """Return what tells these choices from any others. A setup stays the same object until it is revised."""
    kept, mark = _MARKS.get(id(setup)) or (None, "")
    if kept is not setup:
        words = repr(setup).encode()
        mark = hashlib.sha256(words).hexdigest()[:8]
        _MARKS.put(id(setup), (setup, mark), 2 * len(words))
    return mark
