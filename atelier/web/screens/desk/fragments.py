"""The fragments of the desk: how each is drawn, and which of them a region makes stale.

The page draws the same fragments by the same names, so that a broadcast cannot differ from a reload.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from atelier.domain import selectors
from atelier.domain.leaving import leaving
from atelier.domain.state import Workshop
from atelier.domain.values import Phase
from atelier.limits import CROWD_TIMES
from atelier.live.regions import Kind, Region
from atelier.web.render.templating import render_macro
from atelier.web.render.view import View
from atelier.web.screens.desk import agenda, feed, groups, held, inbox, people, removals
from atelier.web.screens.desk.wall import wall_now
from atelier.web.screens.wall.scenes import spoken
from atelier.wording import left_words

MEMBERS_LISTED = 40
ARRIVALS_LISTED = 4


class Fragment(NamedTuple):
    """A fragment by its name, and by its group where every group has one."""

    name: str
    group: int = 0


def draw(view: View, fragment: Fragment, *, oob: bool = False) -> Markup:
    """Return the HTML of one fragment."""
    template, arguments = _FRAGMENTS[fragment.name]
    drawn = render_macro(f"desk/{template}.html", fragment.name, oob=oob, **arguments(view, fragment.group))
    return Markup(drawn)  # noqa: S704 - a template of ours, which escapes


def stale_fragments(state: Workshop, regions: frozenset[Region]) -> Iterator[Fragment]:
    """Yield what `regions` make stale, possibly more than once."""
    if Region(Kind.EVERYTHING) in regions:
        everywhere = [group.number for group in state.groups]
        yield from (Fragment(name) for name in _WHOLE)
        yield from (Fragment(name, number) for name in _PER_GROUP for number in everywhere)
        return
    for region in regions:
        numbers = [region.group] if region.group else [group.number for group in state.groups]
        for name in _STALE[region.kind]:
            yield from (Fragment(name, n) for n in numbers) if name in _PER_GROUP else (Fragment(name),)


_PER_GROUP = ("head", "numbers", "sheet", "people", "members", "note_kept")
_STALE: dict[Kind, tuple[str, ...]] = {
    Kind.LINE: ("numbers",),
    Kind.IDEAS: ("numbers", "feed_count"),
    Kind.LINES: ("numbers", "feed_count", "sheet", "wall_state", "action_walk"),
    Kind.MISSIONS: ("numbers", "missions_summary"),
    Kind.GROUPS: ("head", "wall_state", "leaving"),
    Kind.PEOPLE: (
        "held",
        "held_at_close",
        "leaving",
        "joined",
        "presence",
        "people",
        "members",
        "people_summary",
        "arrivals",
        "moved_strip",
        "crowd_strip",
        "entrance_control",
        "came_in",
        "idle_people",
    ),
    Kind.PHASE: ("phase_title", "phase_undo", "action_walk", "leaving"),
    Kind.CLOCK: ("start_label", "leaving"),
    Kind.WALL: ("wall_state", "action_walk"),
    Kind.ANNOUNCEMENT: ("announcement", "wall_state"),
    Kind.NOTES: ("note_kept",),
    Kind.DECISIONS: ("decisions", "decisions_summary"),
    Kind.KEYS: (),
    Kind.ENTRANCE: ("entrance_state", "crowd_strip", "entrance_control", "idle_people"),
    Kind.REMOVALS: ("removals", "removals_people", "removals_invite"),
    Kind.PENS: ("people",),
    Kind.INBOX: ("inbox", "inbox_strip"),
    Kind.NETWORK: ("network",),
}
"""By kind: the fragments to draw anew, those of `_PER_GROUP` for the region's group or for all."""


def _summary(phase: Phase) -> Callable[[View, int], dict[str, Any]]:
    return lambda view, group: {"text": agenda.summary(view.state, phase)}


def _group(view: View, group: int) -> dict[str, Any]:
    return {"group": view.state.group(group)}


def _numbers(view: View, group: int) -> dict[str, Any]:
    found = view.state.group(group)
    return {
        "group": found,
        "progress": selectors.progress(found),
        "missions": groups.added_missions(found),
    }


def _people(view: View, group: int) -> dict[str, Any]:
    counts = groups.people_by_trade(view.state, group)
    found = view.state.group(group)
    holder = selectors.pen_holder(view.state, found)
    return {"group": found, "counts": counts, "connected": view.connected.get(group, 0), "holder": holder}


def _members(view: View, group: int) -> dict[str, Any]:
    found = selectors.members(view.state, group)
    listed = found[-MEMBERS_LISTED:]
    return {
        "group": view.state.group(group),
        "people": listed,
        "others": len(found) - len(listed),
        "rejoin": view.rejoin,
    }


def _presence(view: View, group: int) -> dict[str, Any]:
    return {"connected": sum(view.connected.values()), "joined": sum(1 for _ in view.state.present())}


def _arrivals(view: View, group: int) -> dict[str, Any]:
    found = sorted(view.state.present(), key=lambda person: person.joined_at, reverse=True)
    return {"people": found[:ARRIVALS_LISTED], "count": len(found), "zone": view.zone}


def _entrance(view: View, group: int) -> dict[str, Any]:
    return {
        "code": view.code,
        "join_url": view.join_url,
        "spoken_address": spoken(view.join_url),
        "reach": view.reach,
    }


def _tables(view: View, group: int) -> dict[str, Any]:
    return {"groups": view.state.groups, "join_url": view.join_url}


def _held(view: View, group: int) -> dict[str, Any]:
    return {"held": held.held(view.state, view.people), "named": held.named}


def _offers(view: View, group: int) -> dict[str, Any]:
    return {"offers": removals.offers(view)}


def _crowd(view: View, group: int) -> dict[str, Any]:
    return {"waiting": view.waiting, "expected": view.state.prepared.expected}


def _entrance_control(view: View, group: int) -> dict[str, Any]:
    crowd = CROWD_TIMES * view.state.prepared.expected
    return {"entrance": view.state.entrance, "crowd": crowd, **_crowd(view, group)}


def _leaving(view: View, group: int) -> dict[str, Any]:
    found = leaving(view.state, view.at)
    return {"leaving": found, "left": left_words(found.left_ms)}


def _inbox(view: View, group: int) -> dict[str, Any]:
    return {"items": inbox.inbox(view.state), "zone": view.zone}


def _phase_title(view: View, group: int) -> dict[str, Any]:
    return {"phase": view.state.phase, "number": list(Phase).index(view.state.phase) + 1, "of": len(Phase)}


_FRAGMENTS: dict[str, tuple[str, Callable[[View, int], dict[str, Any]]]] = {
    "presence": ("header", _presence),
    "phase_title": ("now", _phase_title),
    "phase_undo": ("now", lambda view, group: {"left_ms": agenda.undo_left(view)}),
    "joined": ("header", lambda view, group: {"joined": sum(1 for _ in view.state.present())}),
    "start_label": ("now", lambda view, group: {"text": agenda.duration_text(view.state.clock.total_ms)}),
    "people_summary": ("agenda", _summary(Phase.WELCOME)),
    "missions_summary": ("agenda", _summary(Phase.REMITS)),
    "decisions_summary": ("agenda", _summary(Phase.SYNTHESIS)),
    "action_walk": (
        "report",
        lambda view, group: {"walk": agenda.walk(view.state), "view": view.state.wall},
    ),
    "decisions": ("decisions", lambda view, group: {"decisions": list(view.state.decisions.values())}),
    "wall_state": ("wall", lambda view, group: {"wall": wall_now(view.state), "view": view.state.wall}),
    "announcement": ("message", lambda view, group: {"text": view.state.announcement}),
    "feed_count": ("feed", lambda view, group: {"count": feed.feed_size(view.state)}),
    "feed": ("feed", lambda view, group: {"entries": feed.feed(view.state), "zone": view.zone}),
    "arrivals": ("invite", _arrivals),
    "entrance": ("invite", _entrance),
    "tables": ("invite", _tables),
    "network": ("invite", lambda view, group: {"code": view.code, "reach": view.reach}),
    "moved_strip": ("header", lambda view, group: {"address": spoken(view.join_url) if view.moved else ""}),
    "entrance_state": ("people", lambda view, group: {"entrance": view.state.entrance}),
    "crowd_strip": ("people", lambda view, group: {**_crowd(view, group), "at": view.at // 30_000}),
    "entrance_control": ("people", _entrance_control),
    "came_in": ("people", lambda view, group: {"minutes": people.minutes(view), "zone": view.zone}),
    "idle_people": (
        "people",
        lambda view, group: {"idle": people.idle(view), "entrance": view.state.entrance},
    ),
    "removals": ("removals", _offers),
    "removals_people": ("removals", _offers),
    "removals_invite": ("removals", _offers),
    "held": ("held", _held),
    "held_at_close": ("held", _held),
    "leaving": ("held", _leaving),
    "inbox": ("inbox", _inbox),
    "inbox_strip": ("inbox", lambda view, group: {"waiting": inbox.waiting(view.state)}),
    "head": ("groups", _group),
    "numbers": ("groups", _numbers),
    "sheet": ("groups", _group),
    "people": ("groups", _people),
    "members": ("members", _members),
    "note_kept": ("report", _group),
}
"""By name: the template that holds the macro of that name, and its arguments."""

_WHOLE = tuple(name for name in _FRAGMENTS if name not in _PER_GROUP)
