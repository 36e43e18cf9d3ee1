"""The desk: the facilitator's page, and what it must redraw when something changed. Forms stay in the page."""

from typing import Any

from markupsafe import Markup

from atelier.domain import selectors
from atelier.domain.values import Phase
from atelier.live.regions import Kind, Region
from atelier.web.render.templating import render_macro
from atelier.web.render.view import Changes, Reader, View, bar
from atelier.web.screens.desk import agenda, feed, invite, wall
from atelier.web.screens.desk.flags import Shown, desk_flags
from atelier.web.screens.desk.fragments import Fragment, draw, stale_fragments

_BARS = (Kind.LINE, Kind.IDEAS)
_SUMMARIES = {
    Phase.WELCOME: "people_summary",
    Phase.REMITS: "missions_summary",
    Phase.SYNTHESIS: "decisions_summary",
}
_FEED = (Kind.IDEAS, Kind.LINES)


def page(view: View, reader: Reader) -> dict[str, Any]:
    """Return the context of the whole desk."""
    flags = desk_flags(view)

    def fragment(name: str, group: int = 0) -> Markup:
        return draw(view, Fragment(name, group))

    return {
        "view": view,
        "state": view.state,
        "code": view.code,
        "miscopied": reader.miscopied,
        "doubts": (),
        "shown": Shown(flags),
        "steps": agenda.steps(view),
        "choices": wall.CHOICES,
        "feed_shown": feed.FEED_SHOWN,
        "feed_length": feed.feed_size(view.state),
        "wifi_qr": invite.wifi_qr,
        "fragment": fragment,
        "kept": lambda number: fragment("note_kept", number),
        "summaries": {phase: fragment(name) for phase, name in _SUMMARIES.items()},
        "body": flags,
    }


def changes(view: View, regions: frozenset[Region], group: int = 0) -> Changes:
    """Return what every desk of this workshop must redraw: one audience, so `group` plays no part."""
    fragments = sorted(set(stale_fragments(view.state, regions)))
    html = [str(draw(view, fragment, oob=True)) for fragment in fragments]
    feed = sorted(region for region in regions if region.kind in _FEED)
    if feed and Region(Kind.EVERYTHING) not in regions:
        html += [_arrived(view, region) for region in feed]
    return Changes(flags=desk_flags(view), html=html, bars=_bars(view, regions))


def _arrived(view: View, region: Region) -> str:
    """An initiative, or all those of a line, for the feed to sort in without moving under a finger."""
    if region.item:
        scope, name, entries = "idea", region.item, feed.feed_of_idea(view.state, *region[1:])
    else:
        scope, name = "line", f"{region.group}/{region.action}"
        entries = feed.feed_of_line(view.state, *region[1:3])
    return render_macro(
        "desk/feed.html", "feed_part", scope=scope, name=name, entries=entries, zone=view.zone
    )


def _bars(view: View, regions: frozenset[Region]) -> list[tuple[int, str, int, int, str, int]]:
    touched = sorted({region[1:3] for region in regions if region.kind in _BARS})
    lines = [(number, view.state.group(number).lines.get(action)) for number, action in touched]
    return [bar(number, line, len(selectors.visible_initiatives(line))) for number, line in lines if line]
