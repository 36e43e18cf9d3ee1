"""The fragments of the wall: what it redraws, when, and from what. Which ones are there depends on the scene."""

from typing import Any

from atelier import verdicts
from atelier.domain import synthesis, tally
from atelier.domain.state import Workshop
from atelier.domain.values import Entrance, Phase, Scene, Status
from atelier.live.regions import Kind, Region
from atelier.web.render.view import View
from atelier.web.screens.fragment import Fragment, Place, Scope, Table, When, kinds
from atelier.web.screens.wall import scenes
from atelier.wording import phase_name, wall_instruction

_NUMBERS = kinds(Kind.LINE, Kind.INITIATIVES)
_WHOLE_SCENE = {
    Scene.WELCOME: kinds(Kind.ENTRANCE, Kind.NETWORK),
    Scene.REMITS: kinds(Kind.MISSIONS, Kind.GROUPS),
    Scene.OVERVIEW: kinds(Kind.LINES, Kind.GROUPS),
    Scene.GROUP: kinds(Kind.LINES, Kind.ANNOUNCEMENT),
    Scene.ACTION: kinds(Kind.LINES, Kind.GROUPS),
    Scene.OVERLAY: kinds(Kind.LINES),
    Scene.ACROSS: kinds(Kind.LINES, Kind.GROUPS),
    Scene.VOTE: kinds(Kind.VOTE),
    Scene.DECISIONS: kinds(Kind.DECISIONS),
    Scene.FOLLOW_UP: kinds(Kind.FOLLOW_UP),
    Scene.MESSAGE: kinds(Kind.ANNOUNCEMENT),
}
_ALWAYS_WHOLE = kinds(Kind.WALL, Kind.PHASE)
"""Kinds that redraw `#scene` whatever it is, and those that redraw it only in some scenes."""


def _header(view: View, place: Place) -> dict[str, Any]:
    state = view.state
    order = list(Phase)
    steps = [
        (phase, phase_name(phase), _step(order.index(phase) - order.index(state.phase))) for phase in order
    ]
    return {"setup": state.prepared, "steps": steps}


def _step(distance: int) -> str:
    return "now" if distance == 0 else "done" if distance < 0 else "next"


def _announcement(view: View, place: Place) -> dict[str, Any]:
    scene = scenes.scene_of(view.state)
    shown = scene is not Scene.MESSAGE
    return {
        "text": view.state.announcement if shown else "",
        "instruction": wall_instruction(view.state.phase) if scene in scenes.AT_WORK else "",
    }


def _footer(view: View, place: Place) -> dict[str, Any]:
    state = view.state
    return {
        "join_url": view.join_url,
        "address": scenes.spoken(view.join_url),
        "reach": view.reach,
        "code": view.code,
        "is_open": state.status is Status.OPEN,
        "shut": state.entrance is Entrance.CLOSED,
        "welcome": scenes.scene_of(state) is Scene.WELCOME,
        "highlights": [] if state.covered else scenes.footer_highlights(state),
    }


def _big_code(view: View, place: Place) -> dict[str, Any]:
    return {
        "join_url": view.join_url,
        "address": scenes.spoken(view.join_url),
        "code": view.code,
        "left": max(0, view.state.join_code_until - view.at),
    }


def _people(view: View, place: Place) -> dict[str, Any]:
    return scenes.people(view)


def _progress(view: View, place: Place) -> dict[str, Any]:
    return {"doctrine": view.doctrine, **scenes.column_head(view, view.state.group(place.group))}


def _head(view: View, place: Place) -> dict[str, Any]:
    return scenes.group_head(view)


def _said(view: View, place: Place) -> dict[str, Any]:
    return {"group": scenes.noted_group(view)}


def _initiatives(view: View, place: Place) -> dict[str, Any]:
    return scenes.initiatives(view)


def _spread(view: View, place: Place) -> dict[str, Any]:
    return scenes.spread(view)


def _verdict(view: View, place: Place) -> dict[str, Any]:
    return scenes.row_of(view, place.action)


def _ranges(view: View, place: Place) -> dict[str, Any]:
    return {"row": synthesis.row_of(view.state, place.action)}


def _totals(view: View, place: Place) -> dict[str, Any]:
    return {"totals": verdicts.totals(synthesis.overlay(view.state))}


def _group(view: View, place: Place) -> dict[str, Any]:
    return {"group": view.state.group(place.group)}


def _on(*wanted: Scene) -> When:
    return lambda state, region: scenes.scene_of(state) in wanted


def _of_the_group_shown(state: Workshop, region: Region) -> bool:
    return scenes.scene_of(state) is Scene.GROUP and region.group == state.wall.group


def _of_the_line_shown(state: Workshop, region: Region) -> bool:
    shown = (state.wall.group, state.wall.action)
    return scenes.scene_of(state) is Scene.ACTION and region[1:3] == shown


def _of_an_action_like_it(state: Workshop, region: Region) -> bool:
    return scenes.scene_of(state) is Scene.ACTION and region.action == state.wall.action


def _of_a_common_action(state: Workshop, region: Region) -> bool:
    common = (action.id for action in state.prepared.actions)
    return scenes.scene_of(state) is Scene.OVERLAY and region.action in common


def _closed_at_welcome(state: Workshop, region: Region) -> bool:
    """Where the QR code of the results stands."""
    return state.status is not Status.OPEN and scenes.scene_of(state) is Scene.WELCOME


def _of_the_action_shown(state: Workshop, region: Region) -> bool:
    return scenes.scene_of(state) is Scene.ACROSS and region.action == state.wall.action


def _sorted_overlay(state: Workshop, region: Region) -> bool:
    """A placement may move its action where those to discuss come first."""
    return state.discuss_first and scenes.scene_of(state) is Scene.OVERLAY


def _voted(view: View, place: Place) -> dict[str, Any]:
    return scenes.voted(view)


def _on_an_unrevealed_vote(state: Workshop, region: Region) -> bool:
    return scenes.scene_of(state) is Scene.VOTE and not tally.is_revealed(state)


def _on_a_revealed_vote(state: Workshop, region: Region) -> bool:
    return scenes.scene_of(state) is Scene.VOTE and tally.is_revealed(state)


def _scene(scene: Scene) -> Fragment:
    template, arguments = scenes.SCENES[scene]
    return Fragment(
        "scene",
        Scope.SCREEN,
        _ALWAYS_WHOLE | _WHOLE_SCENE.get(scene, kinds()),
        f"wall/{template}.html",
        lambda view, place: arguments(view),
        when=_on(scene),
    )


def _part(
    name: str, scope: Scope, of: frozenset[Kind], template: str, arguments: Any, when: When
) -> Fragment:
    return Fragment(name, scope, of, f"wall/{template}.html", arguments, when, within="scene")


_FOOTER_KINDS = kinds(
    Kind.INITIATIVES, Kind.LINES, Kind.GROUPS, Kind.WALL, Kind.PHASE, Kind.ENTRANCE, Kind.NETWORK
)
_ANNOUNCED = kinds(Kind.ANNOUNCEMENT, Kind.WALL, Kind.PHASE)
_GROUPS = kinds(Kind.GROUPS)

FRAGMENTS = (
    Fragment("header", Scope.SCREEN, kinds(Kind.PHASE), "wall/frame.html", _header),
    Fragment("announcement", Scope.SCREEN, _ANNOUNCED, "wall/frame.html", _announcement),
    Fragment("footer", Scope.SCREEN, _FOOTER_KINDS, "wall/frame.html", _footer),
    Fragment("big_code", Scope.SCREEN, kinds(Kind.JOIN_CODE, Kind.NETWORK), "wall/frame.html", _big_code),
    *map(_scene, Scene),
    Fragment(
        "scene",
        Scope.SCREEN,
        kinds(Kind.KEYS),
        "wall/welcome.html",
        lambda view, place: scenes.SCENES[Scene.WELCOME][1](view),
        when=_closed_at_welcome,
    ),
    _part("people", Scope.SCREEN, kinds(Kind.PEOPLE, Kind.GROUPS), "welcome", _people, _on(Scene.WELCOME)),
    _part("progress", Scope.GROUP, _NUMBERS, "parts", _progress, _on(Scene.OVERVIEW)),
    _part("said", Scope.SCREEN, kinds(Kind.NOTES), "notes", _said, _on(Scene.GROUP)),
    _part("head", Scope.SCREEN, kinds(Kind.GROUPS, Kind.PEOPLE), "group", _head, _on(Scene.GROUP)),
    _part("head", Scope.SCREEN, _NUMBERS, "group", _head, _of_the_group_shown),
    _part("spread", Scope.SCREEN, kinds(Kind.ANSWERS), "action", _spread, _of_the_line_shown),
    _part("initiatives", Scope.SCREEN, kinds(Kind.INITIATIVES), "action", _initiatives, _of_the_line_shown),
    _part("initiatives", Scope.SCREEN, kinds(Kind.GATHERINGS), "action", _initiatives, _of_an_action_like_it),
    _part("verdict", Scope.ACTION, kinds(Kind.LINE), "overlay", _verdict, _of_a_common_action),
    _part("ranges", Scope.ACTION, kinds(Kind.LINE), "overlay", _ranges, _of_a_common_action),
    _part("totals", Scope.SCREEN, kinds(Kind.LINE), "overlay", _totals, _of_a_common_action),
    Fragment(
        "scene",
        Scope.SCREEN,
        kinds(Kind.LINE),
        "wall/overlay.html",
        lambda view, place: scenes.SCENES[Scene.OVERLAY][1](view),
        when=_sorted_overlay,
    ),
    Fragment(
        "scene",
        Scope.SCREEN,
        kinds(Kind.INITIATIVES, Kind.GATHERINGS),
        "wall/across.html",
        lambda view, place: scenes.SCENES[Scene.ACROSS][1](view),
        when=_of_the_action_shown,
    ),
    _part("across_word", Scope.ACTION, kinds(Kind.LINE), "across", _verdict, _of_the_action_shown),
    _part("voted", Scope.SCREEN, kinds(Kind.BALLOTS), "vote", _voted, _on_an_unrevealed_vote),
    Fragment(
        "scene",
        Scope.SCREEN,
        kinds(Kind.INITIATIVES, Kind.LINES, Kind.GATHERINGS),
        "wall/vote.html",
        lambda view, place: scenes.SCENES[Scene.VOTE][1](view),
        when=_on_a_revealed_vote,
    ),
    _part("group_name", Scope.GROUP, _GROUPS, "parts", _group, _on(Scene.OVERLAY)),
)

TABLE = Table(
    fragments=FRAGMENTS,
    bars=_NUMBERS,
    flags=kinds(Kind.CLOCK, Kind.WALL, Kind.PHASE, Kind.ANNOUNCEMENT),
    nothing=kinds(Kind.FIRST_ACTS, Kind.INBOX, Kind.PENS, Kind.PRESENCE, Kind.REMOVALS),
)
