"""What the phones of one table redraw, region by region. One audience: nothing here depends on who looks."""

from collections.abc import Callable

from atelier.domain import selectors
from atelier.domain.state import Group, Line, Workshop
from atelier.domain.synthesis import Row, overlay
from atelier.domain.values import Phase, Side
from atelier.live.regions import Kind, Region
from atelier.web.render.templating import render_macro
from atelier.web.render.view import View, bar
from atelier.web.screens.phone.personal import pen_mark, seated


class Table:
    """Collects the fragments (each once, by its macro and place) and the bars that the phones of `number` redraw."""

    def __init__(self, view: View, number: int) -> None:
        self._view = view
        self._group: Group = view.state.group(number)
        self._drawn_bars: dict[tuple[int, str], tuple[int, str, int, int, str, int]] = {}
        self.html: dict[tuple[str, ...], str] = {}

    @property
    def bars(self) -> list[tuple[int, str, int, int, str, int]]:
        """The bars to move, as numbers."""
        return list(self._drawn_bars.values())

    def redraw(self, region: Region) -> None:
        """Draw again what `region` made stale. Regions that no phone shows draw nothing."""
        draw = _DRAWERS.get(region.kind)
        if draw is not None:
            draw(self, region)

    def line(self, region: Region) -> None:
        """A card moved: numbers, and who moved it."""
        found = self._own_line(region)
        if found is not None:
            self._bar(self._group, found)
            self._add("sheet.html", "placed_by", found.action.id, group=self._group, line=found)
        self._presented_line(region, "presented_words")
        if self._comparing:
            self._overlay()

    def ideas(self, region: Region) -> None:
        """The initiatives of a line, or one of them."""
        found = self._own_line(region)
        if found is not None:
            self._bar(self._group, found)
            if region.item:
                self._idea(found, region.item)
            else:
                self._add("ideas.html", "ideas", found.action.id, group=self._group, line=found)
        self._presented_line(region)

    def lines(self, region: Region) -> None:
        """A free line was filled, renamed or emptied."""
        found = self._own_line(region)
        if found is not None:
            self._add("sheet.html", "label", found.action.id, line=found, group=self._group)
            self.line(region)
            self.ideas(region)
            self._missions()
        if region.group == self._presented:
            self._presentation()

    def missions(self, region: Region) -> None:
        """The continuum."""
        if region.group == self._group.number:
            self._missions()

    def groups(self, region: Region) -> None:
        """Names of groups, and who is ready."""
        self._add("frame.html", "group_name", group=self._group)
        self._add("sheet.html", "ready", group=self._group)
        self._presentation()
        self._overlay()

    def people(self, region: Region) -> None:
        """Who sits here. First names are for their own table only."""
        table = seated(self._view.state, self._group.number)
        self._add("frame.html", "members", group=self._group, table=table)
        self._pen()

    def pens(self, region: Region) -> None:
        """Who places, where one phone a table does."""
        if region.group in (0, self._group.number):
            self._pen()

    def phase(self, region: Region) -> None:
        """The moment of the agenda, and what it lets phones see of other groups."""
        self._add("frame.html", "phase_title")
        self._presentation()
        self._overlay()
        self._add("plenary.html", "decisions")

    def announcement(self, region: Region) -> None:
        """The facilitator's line of text."""
        self._add("frame.html", "announcement")

    def inbox(self, region: Region) -> None:
        """What became of texts that came too late. Ids only; their authors may sit anywhere by now."""
        self._add("frame.html", "decided")

    def decisions(self, region: Region) -> None:
        """What the room settled on."""
        self._add("plenary.html", "decisions")

    def everything(self, region: Region) -> None:
        """All of it, for somebody who was away."""
        number = self._group.number
        for action in self._group.lines:
            self.lines(Region(Kind.LINES, number, action))
        self._missions()
        for draw in (self.groups, self.people, self.phase, self.announcement, self.inbox):
            draw(region)

    @property
    def _presented(self) -> int:
        """The group that every phone may see, 0 when there is none."""
        return self._view.state.presenting if self._view.state.phase is Phase.REPORT_BACK else 0

    @property
    def _comparing(self) -> bool:
        return self._view.state.phase is Phase.SYNTHESIS

    def _own_line(self, region: Region) -> Line | None:
        return self._group.lines.get(region.action) if region.group == self._group.number else None

    def _presented_line(self, region: Region, *more: str) -> None:
        if region.group != self._presented:
            return
        group = self._view.state.group(region.group)
        found = group.lines.get(region.action)
        if found is not None and not found.removed:
            self._bar(group, found)
            for macro in (*more, "presented_ideas"):
                self._add("plenary.html", macro, found.action.id, group=group, line=found)

    def _idea(self, line: Line, name: str) -> None:
        idea = line.initiatives.get(name)
        if idea is not None and idea.visible:
            self._add("ideas.html", "idea", name, group=self._group, line=line, idea=idea)
        else:
            self._add("ideas.html", "no_idea", name, name=name)

    def _missions(self) -> None:
        for side in Side:
            self._add("missions.html", "missions", side.value, group=self._group, side=side)

    def _pen(self) -> None:
        mark = pen_mark(self._view.state, self._group.number)
        self._add("sheet.html", "pen", group=self._group, mark=mark)

    def _presentation(self) -> None:
        self._add("plenary.html", "presented")

    def _overlay(self) -> None:
        self._add("plenary.html", "overlay", rows=compared(self._view.state))

    def _bar(self, group: Group, line: Line) -> None:
        ideas = len(selectors.visible_initiatives(line))
        self._drawn_bars[group.number, line.action.id] = bar(group.number, line, ideas)

    def _add(self, template: str, macro: str, place: str = "", **arguments: object) -> None:
        key = (template, macro, place)
        if key not in self.html:
            self.html[key] = render_macro(f"phone/{template}", macro, view=self._view, oob=True, **arguments)


def compared(state: Workshop) -> tuple[Row, ...]:
    """The groups side by side: nothing before the synthesis, until then phones see their own sheet."""
    return overlay(state) if state.phase is Phase.SYNTHESIS else ()


_DRAWERS: dict[Kind, Callable[[Table, Region], None]] = {
    Kind.LINE: Table.line,
    Kind.IDEAS: Table.ideas,
    Kind.LINES: Table.lines,
    Kind.MISSIONS: Table.missions,
    Kind.GROUPS: Table.groups,
    Kind.PEOPLE: Table.people,
    Kind.PHASE: Table.phase,
    Kind.ANNOUNCEMENT: Table.announcement,
    Kind.DECISIONS: Table.decisions,
    Kind.PENS: Table.pens,
    Kind.INBOX: Table.inbox,
    Kind.EVERYTHING: Table.everything,
}
