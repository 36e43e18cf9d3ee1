"""The phone: one participant's page, and what the phones of a table must redraw when something changed.

Fragments are drawn for a whole table: they hold nothing personal and no form. What is « mine » is in the page only.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from atelier.domain import selectors, tally
from atelier.domain.setup import FREE_LINE_PREFIX
from atelier.domain.state import Group, Line, Workshop
from atelier.domain.values import Role, Side, Trade
from atelier.live.regions import Kind, Region, in_order
from atelier.web.render.view import Changes, Reader, View, bars, mark_of
from atelier.web.screens.fragment import presented_line
from atelier.web.screens.phone.drawn_cards import drawn_card
from atelier.web.screens.phone.fragments import TABLE, compared
from atelier.web.screens.phone.personal import editable, pen_mark, personal, rapporteur_mark, seated
from atelier.web.screens.phone.vote import about_vote


def page(view: View, reader: Reader) -> dict[str, Any]:
    """Return the context of the whole page of somebody at the table `reader.group`."""
    group = view.state.group(reader.group)
    own = personal(view.state, reader)
    # Who types in a paper sheet follows the order of the paper.
    first = selectors.starting_line(view.state, group.number) if own.person else 0
    return {
        "group": group,
        "cards": cards(view, group, first),
        "drawn_card": drawn_card,
        "sides": tuple(Side),
        "trades": tuple(Trade),
        "poles": ("cn", "fs") if own.trade is Trade.CONSEILLER_NUMERIQUE else ("fs", "cn"),
        "first_number": first + 1,
        "own": own,
        "editable": editable(own, reader.opened),
        "table": seated(view.state, group.number),
        "pen_mark": pen_mark(view.state, group.number),
        "rapporteur_mark": rapporteur_mark(view.state, group.number),
        "rows": compared(view.state),
        "about_vote": about_vote(view.state),
        "follow_up": TABLE.draw(view, "followed"),
        "tallied": tally.revealed(view.state),
        "phone_data": own.data(view),
        "body": flags(view) | _seat(view, reader),
    }


def _seat(view: View, reader: Reader) -> dict[str, str]:
    if reader.actor.role is not Role.PARTICIPANT:
        return {}
    person = view.state.people[reader.actor.id]
    return {
        "rejoin": view.rejoin(person.id),
        # So that a journal put back from an older copy can be told again who sits here.
        "trade": person.trade.value,
        "name": person.name,
    }


def changes(view: View, regions: frozenset[Region], group: int = 0) -> Changes:
    """Return what the phones of the group `group` must redraw."""
    lines = sorted(_lines(view.state, regions, group))
    found = Changes(
        bars=bars(view.state, lines), html=TABLE.redrawn(view, in_order(view.state, regions), (group,))
    )
    if TABLE.flags_stale(regions):
        found.flags = flags(view)
    return found


def concerns(state: Workshop, regions: frozenset[Region], group: int) -> bool:
    """Tell whether the phones of the group `group` have anything to redraw, the clock apart."""
    return (
        TABLE.flags_stale(regions)
        or any(True for _ in _lines(state, regions, group))
        or TABLE.draws(state, regions, (group,))
    )


def _lines(state: Workshop, regions: frozenset[Region], group: int) -> Iterator[tuple[int, str]]:
    """Yield the lines whose bars may have moved: the group's own, and those that every phone sees."""
    lines = [
        (region.group, region.action)
        for region in regions
        if region.kind in TABLE.bars
        if region.group == group or (region.kind is not Kind.LINES and presented_line(state, region))
    ]
    everything = Region(Kind.EVERYTHING) in regions
    return iter({*lines, *((group, action) for action in state.group(group).lines if everything)})


def flags(view: View) -> dict[str, str]:
    """What CSS and scripts go by; a revised setup changes the forms too, so the page loads itself again."""
    return {
        "phase": view.state.phase.value,
        "status": view.state.status.value,
        "presenting": str(view.state.presenting),
        "setup": mark_of(view.state.prepared) + ("-answers" if view.state.answers_first else ""),
    }


def cards(view: View, group: Group, first: int) -> list[tuple[int, Line]]:
    """The numbered lines, from `first` on (counted from 0), then the free ones, unfilled slots included."""
    numbered = list(enumerate(selectors.common_lines(group), start=1))
    slots = range(1, view.state.prepared.free_lines + 1)
    free = [(len(numbered) + n, _free_line(group, f"{FREE_LINE_PREFIX}{n}")) for n in slots]
    return numbered[first:] + numbered[:first] + free


def _free_line(group: Group, slot: str) -> Line:
    return group.lines.get(slot) or _blank(slot)


@cache
def _blank(slot: str) -> Line:
    # The same object each time: a card that was drawn from it is known again.
    return selectors.empty_line(slot)
