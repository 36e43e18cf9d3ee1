"""The wall: the projected page, and what it must redraw when something changed. Nothing on it can be clicked."""

from typing import Any

from markupsafe import Markup

from atelier.domain import selectors
from atelier.domain.state import Line, Workshop
from atelier.domain.values import Entrance, Phase, Scene, Status
from atelier.live.regions import Kind, Region
from atelier.web.render.view import Changes, Reader, View, bar
from atelier.web.screens.wall import scenes

_FOOTER_HIGHLIGHTS = 8
_WITH_BARS = (Scene.OVERVIEW, Scene.GROUP, Scene.ACTION, Scene.OVERLAY)
_NUMBERS = (Kind.LINE, Kind.IDEAS)
_HEADER = {Kind.PHASE, Kind.EVERYTHING}
_ANNOUNCEMENT = {Kind.ANNOUNCEMENT, Kind.WALL, Kind.EVERYTHING}
_FOOTER = {Kind.IDEAS, Kind.LINES, Kind.GROUPS, Kind.WALL, Kind.PHASE, Kind.ENTRANCE, Kind.EVERYTHING}
_FLAGS = {Kind.CLOCK, Kind.WALL, Kind.PHASE, Kind.ANNOUNCEMENT, Kind.EVERYTHING}
_WHOLE_SCENE: dict[Scene, set[Kind]] = {
    Scene.WELCOME: {Kind.ENTRANCE},
    Scene.REMITS: {Kind.MISSIONS, Kind.GROUPS},
    Scene.OVERVIEW: {Kind.LINES},
    Scene.GROUP: {Kind.LINES, Kind.ANNOUNCEMENT},
    Scene.ACTION: {Kind.LINES, Kind.GROUPS},
    Scene.DECISIONS: {Kind.DECISIONS},
    Scene.MESSAGE: {Kind.ANNOUNCEMENT},
}
_ALWAYS_WHOLE = {Kind.WALL, Kind.PHASE, Kind.EVERYTHING}
"""Kinds that redraw `#scene` whatever it is, and those that redraw it only in some scenes."""


def page(view: View, reader: Reader) -> dict[str, Any]:
    """Return the context of the whole page; `reader` plays no part, a wall is nobody's."""
    return {
        "title": view.state.prepared.title,
        "header": _header(view),
        "announcement": _announcement(view),
        "scene": scenes.draw_scene(view),
        "footer": _footer(view),
        "minutes": view.state.clock.total_ms // 60_000,
        "remaining": view.state.clock.remaining(view.at),
        "body": _flags(view),
    }


def changes(view: View, regions: frozenset[Region], group: int = 0) -> Changes:
    """Return what every wall of this workshop must redraw: one audience, so `group` plays no part."""
    kinds = {region.kind for region in regions}
    found = Changes(bars=_bars(view, regions))
    if kinds & _FLAGS:
        found.flags = _flags(view)
    for wanted, draw in ((_HEADER, _header), (_ANNOUNCEMENT, _announcement), (_FOOTER, _footer)):
        if kinds & wanted:
            found.html.append(draw(view, oob=True))
    scene = scenes.scene_of(view.state)
    if kinds & (_ALWAYS_WHOLE | _WHOLE_SCENE.get(scene, set())):
        found.html.append(scenes.draw_scene(view, oob=True))
    elif scene in _PARTS:
        found.html += _PARTS[scene](view, regions, kinds)
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


def _header(view: View, *, oob: bool = False) -> Markup:
    state = view.state
    order = list(Phase)
    steps = [(phase, _step(order.index(phase) - order.index(state.phase))) for phase in order]
    return scenes.draw_part("frame", "header", oob=oob, setup=state.prepared, steps=steps)


def _step(distance: int) -> str:
    return "now" if distance == 0 else "done" if distance < 0 else "next"


def _announcement(view: View, *, oob: bool = False) -> Markup:
    shown = scenes.scene_of(view.state) is not Scene.MESSAGE
    text = view.state.announcement if shown else ""
    return scenes.draw_part("frame", "announcement", oob=oob, text=text)


def _footer(view: View, *, oob: bool = False) -> Markup:
    state = view.state
    return scenes.draw_part(
        "frame",
        "footer",
        oob=oob,
        join_url=view.join_url,
        address=scenes.spoken(view.join_url),
        reach=view.reach,
        code=view.code,
        is_open=state.status is Status.OPEN,
        shut=state.entrance is Entrance.CLOSED,
        welcome=scenes.scene_of(state) is Scene.WELCOME,
        highlights=selectors.highlighted(state)[:_FOOTER_HIGHLIGHTS],
    )


def _bars(view: View, regions: frozenset[Region]) -> list[tuple[int, str, int, int, str, int]]:
    if scenes.scene_of(view.state) not in _WITH_BARS:
        return []
    touched = sorted({(region.group, region.action) for region in regions if region.kind in _NUMBERS})
    lines = [(number, view.state.group(number).lines.get(action)) for number, action in touched]
    return [_told(view, number, line) for number, line in lines if line is not None]


def _told(view: View, number: int, line: Line) -> tuple[int, str, int, int, str, int]:
    group, action, fs, cn, state, ideas = bar(number, line, len(selectors.visible_initiatives(line)))
    # While arms are discreet the numbers are not sent at all: a screen's source can be read too.
    hidden = scenes.discreet(view.state)
    return (group, action, 0, 0, state, ideas) if hidden else (group, action, fs, cn, state, ideas)


def _welcome_parts(view: View, regions: frozenset[Region], kinds: set[Kind]) -> list[str]:
    if not kinds & {Kind.PEOPLE, Kind.GROUPS}:
        return []
    return [scenes.draw_part("welcome", "people", oob=True, **scenes.people(view))]


def _overview_parts(view: View, regions: frozenset[Region], kinds: set[Kind]) -> list[str]:
    numbers = {region.group for region in regions if region.kind in _NUMBERS}
    groups = [group for group in view.state.groups if Kind.GROUPS in kinds or group.number in numbers]
    html: list[str] = [
        scenes.draw_part("parts", "progress", oob=True, doctrine=view.doctrine, **scenes.head(view, group))
        for group in groups
    ]
    return html + (_names(view) if Kind.GROUPS in kinds else [])


def _group_parts(view: View, regions: frozenset[Region], kinds: set[Kind]) -> list[str]:
    number = view.state.wall.group
    touched = any(region.kind in _NUMBERS and region.group == number for region in regions)
    if not touched and not kinds & {Kind.GROUPS, Kind.PEOPLE}:
        return []
    return [scenes.draw_part("group", "head", oob=True, **scenes.group_head(view))]


def _action_parts(view: View, regions: frozenset[Region], kinds: set[Kind]) -> list[str]:
    wall = view.state.wall
    if all(region[:3] != (Kind.IDEAS, wall.group, wall.action) for region in regions):
        return []
    return [scenes.draw_part("action", "ideas", oob=True, **scenes.ideas(view))]


def _overlay_parts(view: View, regions: frozenset[Region], kinds: set[Kind]) -> list[str]:
    common = {action.id for action in view.state.prepared.actions}
    touched = {region.action for region in regions if region.kind is Kind.LINE} & common
    html: list[str] = [
        scenes.draw_part("overlay", "verdict", oob=True, **scenes.row_of(view, action))
        for action in sorted(touched)
    ]
    return html + (_names(view) if Kind.GROUPS in kinds else [])


def _names(view: View) -> list[str]:
    return [scenes.draw_part("parts", "group_name", oob=True, group=group) for group in view.state.groups]


_PARTS = {
    Scene.WELCOME: _welcome_parts,
    Scene.OVERVIEW: _overview_parts,
    Scene.GROUP: _group_parts,
    Scene.ACTION: _action_parts,
    Scene.OVERLAY: _overlay_parts,
}
