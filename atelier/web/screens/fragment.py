"""Fragments: one table a screen of what is redrawn, when, from which template, with which arguments.

The page draws the same fragments by the same names, so that a broadcast cannot differ from a reload.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple

from markupsafe import Markup

from atelier.domain.state import Group, Line, Workshop
from atelier.domain.values import Phase, Side
from atelier.live.regions import Kind, Region
from atelier.web.render.templating import render_macro
from atelier.web.render.view import View


class Scope(Enum):
    """How often a fragment is on a screen, and which of them a region is about."""

    SCREEN = auto()
    """Once."""
    GROUP = auto()
    """Once a group: the region's, or every group that this screen shows."""
    SIDE = auto()
    """Once a side of a group's missions."""
    LINE = auto()
    """Once a line of such a group, every one where the region is about none, where it is not about one item of it."""
    ITEM = auto()
    """Once an item of a line."""
    LIST = auto()
    """Once a line of such a group, whatever changed of it."""
    LISTS = auto()
    """Once a line of that action in every group, for screens that show all of them."""
    PRESENTED = auto()
    """Once a line of the group that every phone sees, whatever changed of the line."""
    ACTION = auto()
    """Once an action, over all groups."""


class Place(NamedTuple):
    """Which one of the fragments of a name; what its scope does not tell apart is empty."""

    group: int = 0
    action: str = ""
    item: str = ""
    side: str = ""


Arguments = Callable[[View, Place], Mapping[str, Any]]
When = Callable[[Workshop, Region], bool]


def always(state: Workshop, region: Region) -> bool:
    """Let a fragment follow its kinds and nothing else."""
    return True


def follows(state: Workshop, region: Region) -> bool:
    """Let a fragment be there only where the workshop follows another."""
    return state.prepared.previous is not None


@dataclass(frozen=True, slots=True)
class Fragment:
    """The macro `name` of `templates/fragments/<template>`, drawn again for regions of `kinds`.

    `when`: and only while this holds. `within`: the name of the fragment that contains it, which makes it needless.
    """

    name: str
    scope: Scope
    kinds: frozenset[Kind]
    template: str
    arguments: Arguments
    when: When = always
    within: str = ""

    def draw(self, view: View, place: Place = Place(), *, oob: bool = False) -> Markup:  # noqa: B008 - immutable
        """Return its HTML; `oob`: as a message has it, to take the place of its twin in the page."""
        drawn = render_macro(self.template, self.name, oob=oob, **self.arguments(view, place))
        return Markup(drawn)  # noqa: S704 - a template of ours, which escapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All that a screen redraws. `bars` and `flags`: the kinds that change those; `nothing`: those it does not show."""

    fragments: tuple[Fragment, ...]
    bars: frozenset[Kind]
    flags: frozenset[Kind]
    nothing: frozenset[Kind]
    _by_kind: dict[Kind, tuple[int, ...]] = field(init=False)
    _by_name: dict[str, Fragment] = field(init=False)

    def __post_init__(self) -> None:
        rows = list(enumerate(self.fragments))
        by_kind = {kind: tuple(n for n, each in rows if kind in each.kinds) for kind in Kind}
        by_kind[Kind.EVERYTHING] = tuple(n for n, _ in rows)
        object.__setattr__(self, "_by_kind", by_kind)
        object.__setattr__(self, "_by_name", {each.name: each for each in self.fragments})

    @property
    def answered(self) -> frozenset[Kind]:
        """The kinds that change something on this screen."""
        return self.bars | self.flags | frozenset(kind for each in self.fragments for kind in each.kinds)

    def flags_stale(self, regions: Iterable[Region]) -> bool:
        """Tell whether `regions` change flags of this screen."""
        return any(region.kind in self.flags or region.kind is Kind.EVERYTHING for region in regions)

    def draws(self, state: Workshop, regions: Iterable[Region], groups: tuple[int, ...]) -> bool:
        """Tell whether `regions` make a fragment stale on a screen that shows these `groups`; nothing is drawn."""
        return any(True for _ in self._stale(state, regions, groups))

    def draw(self, view: View, name: str, group: int = 0) -> Markup:
        """Return a fragment as the page has it."""
        return self._by_name[name].draw(view, Place(group))

    def redrawn(self, view: View, regions: Iterable[Region], groups: tuple[int, ...]) -> list[str]:
        """Return each fragment that `regions` make stale, once, on a screen that shows these `groups`."""
        return [
            str(each.draw(view, place, oob=True)) for each, place in self._stale(view.state, regions, groups)
        ]

    def _stale(
        self, state: Workshop, regions: Iterable[Region], groups: tuple[int, ...]
    ) -> Iterator[tuple[Fragment, Place]]:
        rows: dict[int, list[Region]] = {}
        for region in regions:
            for n in self._by_kind[region.kind]:
                if self.fragments[n].when(state, region):
                    rows.setdefault(n, []).append(region)
        names, seen = {self.fragments[n].name for n in rows}, set()
        for n, about in sorted(rows.items()):
            fragment = self.fragments[n]
            if fragment.within in names:
                continue
            for place in (
                each for region in about for each in _places(fragment.scope, region, state, groups)
            ):
                if (fragment.template, fragment.name, place) not in seen:
                    seen.add((fragment.template, fragment.name, place))
                    yield fragment, place


def kinds(*named: Kind) -> frozenset[Kind]:
    """Return these kinds as a set."""
    return frozenset(named)


def presented(state: Workshop) -> int:
    """Return the group that every phone may see, 0 when there is none."""
    return state.presenting if state.phase is Phase.REPORT_BACK else 0


def presented_line(state: Workshop, region: Region) -> Line | None:
    """Return the line that `region` is about, if every phone may see it."""
    if not region.group or region.group != presented(state):
        return None
    line = state.group(region.group).lines.get(region.action)
    return None if line is None or line.gone else line


def is_gathered(state: Workshop, region: Region) -> bool:
    """Tell whether `region` is about an initiative that is together with others: they are drawn with it."""
    line = state.group(region.group).lines.get(region.action) if region.group else None
    initiative = line.initiatives.get(region.item) if line else None
    return initiative is not None and bool(initiative.gathered)


def _places(scope: Scope, region: Region, state: Workshop, groups: tuple[int, ...]) -> Iterator[Place]:
    numbers = [number for number in groups if region.group in (0, number)]
    return _PLACES[scope](region, state, numbers)


def _once(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    yield Place()


def _by_group(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    return map(Place, numbers)


def _by_side(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    return (Place(number, side=side.value) for number in numbers for side in Side)


def _by_line(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    return iter(()) if region.item else _by_list(region, state, numbers)


def _by_list(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    return (Place(number, action) for number in numbers for action in _actions(region, state.group(number)))


def _by_lists(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    everywhere = (group for group in state.groups if region.action in group.lines)
    return (Place(group.number, region.action) for group in everywhere)


def _by_item(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    return (Place(number, region.action, region.item) for number in numbers if region.item)


def _presented(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    if presented_line(state, region):
        yield Place(region.group, region.action)


def _by_action(region: Region, state: Workshop, numbers: list[int]) -> Iterator[Place]:
    if region.action:
        yield Place(action=region.action)


_PLACES = {
    Scope.SCREEN: _once,
    Scope.GROUP: _by_group,
    Scope.SIDE: _by_side,
    Scope.LINE: _by_line,
    Scope.LIST: _by_list,
    Scope.LISTS: _by_lists,
    Scope.ITEM: _by_item,
    Scope.PRESENTED: _presented,
    Scope.ACTION: _by_action,
}


def _actions(region: Region, group: Group) -> Iterable[str]:
    if not region.action:
        return group.lines
    return (region.action,) if region.action in group.lines else ()
