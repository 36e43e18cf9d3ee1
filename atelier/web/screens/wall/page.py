"""The wall: the projected page, and what it must redraw when something changed. Nothing on it can be clicked."""

from typing import Any

from atelier.domain.state import Workshop
from atelier.domain.values import Scene
from atelier.live.regions import Region
from atelier.web.render.view import Bar, Changes, Reader, View, bars
from atelier.web.screens.wall import scenes
from atelier.web.screens.wall.fragments import TABLE
from atelier.wording import phase_name

_WITH_BARS = (Scene.OVERVIEW, Scene.GROUP, Scene.ACTION, Scene.OVERLAY, Scene.ACROSS)


def page(view: View, reader: Reader) -> dict[str, Any]:
    """Return the context of the whole page; `reader` plays no part, a wall is nobody's."""
    return {
        "title": view.state.prepared.title,
        "phase": phase_name(view.state.phase),
        "header": TABLE.draw(view, "header"),
        "announcement": TABLE.draw(view, "announcement"),
        "scene": scenes.draw_scene(view),
        "footer": TABLE.draw(view, "footer"),
        "big_code": TABLE.draw(view, "big_code"),
        "minutes": view.state.clock.total_ms // 60_000,
        "remaining": view.state.clock.remaining(view.at),
        "body": _flags(view),
    }


def changes(view: View, regions: frozenset[Region], group: int = 0) -> Changes:
    """Return what every wall of this workshop must redraw: one audience, so `group` plays no part."""
    everywhere = tuple(each.number for each in view.state.groups)
    found = Changes(bars=_bars(view, regions), html=TABLE.redrawn(view, sorted(regions), everywhere))
    if TABLE.flags_stale(regions):
        found.flags = _flags(view)
    return found


def shows_arms(state: Workshop) -> bool:
    """Tell whether the scene on the walls has bars, and may show how far they reach."""
    return scenes.scene_of(state) in _WITH_BARS and not scenes.discreet(state)


def _flags(view: View) -> dict[str, str]:
    state = view.state
    scene = scenes.scene_of(state)
    return {
        "phase": state.phase.value,
        "status": state.status.value,
        "presenting": str(state.presenting),
        "scene": scene.value,
        "announced": "yes" if state.announcement and scene is not Scene.MESSAGE else "no",
        "timed": "yes" if state.clock.total_ms else "no",
    }


def _bars(view: View, regions: frozenset[Region]) -> list[Bar]:
    if scenes.scene_of(view.state) not in _WITH_BARS:
        return []
    touched = {(region.group, region.action) for region in regions if region.kind in TABLE.bars}
    moved = bars(view.state, sorted(touched))
    # While arms are discreet the numbers are not sent at all: a screen's source can be read too.
    return [_discreet(each) for each in moved] if scenes.discreet(view.state) else moved


def _discreet(bar: Bar) -> Bar:
    group, action, fs, cn, state, initiatives, *_ = bar
    half = state == "placed" and (fs is None or cn is None)
    return group, action, None, None, "half" if half else state, initiatives
