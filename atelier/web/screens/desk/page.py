"""The desk: the facilitator's page, and what it must redraw when something changed. Forms stay in the page."""

from functools import partial
from typing import Any

from atelier.domain.values import Phase
from atelier.limits import FEED_PAGE
from atelier.live.regions import Region
from atelier.local_time import STARTS
from atelier.web.render.view import Changes, Reader, View, bars
from atelier.web.screens.desk import agenda, invite, wall
from atelier.web.screens.desk.flags import Shown, desk_flags
from atelier.web.screens.desk.fragments import TABLE

_SUMMARIES = {
    Phase.WELCOME: "people_summary",
    Phase.REMITS: "missions_summary",
    Phase.SYNTHESIS: "decisions_summary",
}


def page(view: View, reader: Reader) -> dict[str, Any]:
    """Return the context of the whole desk."""
    flags = desk_flags(view)
    fragment = partial(TABLE.draw, view)

    return {
        "view": view,
        "state": view.state,
        "code": view.code,
        "miscopied": reader.miscopied,
        "doubts": (),
        "shown": Shown(flags),
        "steps": agenda.steps(view),
        "choices": wall.CHOICES,
        "feed_page": FEED_PAGE,
        "wifi_qr": invite.wifi_qr,
        "fragment": fragment,
        "noted": lambda number: fragment("noted", number),
        "stakes": view.doctrine.stakes,
        "starts": STARTS,
        "summaries": {phase: fragment(name) for phase, name in _SUMMARIES.items()},
        "body": flags | {"own": reader.actor.id},
    }


def changes(view: View, regions: frozenset[Region], group: int = 0) -> Changes:
    """Return what every desk of this workshop must redraw: one audience, so `group` plays no part."""
    everywhere = tuple(each.number for each in view.state.groups)
    touched = {region[1:3] for region in regions if region.kind in TABLE.bars}
    return Changes(
        flags=desk_flags(view) if TABLE.flags_stale(regions) else {},
        html=TABLE.redrawn(view, sorted(regions), everywhere),
        bars=bars(view.state, sorted(touched)),
    )
