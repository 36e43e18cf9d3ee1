"""The wall's scenes: which one is shown, and what each is drawn from."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from atelier.domain import selectors, synthesis, tally
from atelier.domain.answers import spreads
from atelier.domain.state import Group, Initiative, Line, Workshop
from atelier.domain.values import Entrance, Phase, Scene, Trade
from atelier.movement import ghosts_of, occasion_of
from atelier.verdicts import reading_of, totals
from atelier.web.render.templating import render_macro
from atelier.web.render.view import View
from atelier.web.screens.desk.invite import wifi_qr
from atelier.web.screens.wall.paging import (
    across_pages,
    action_pages,
    decision_pages,
    follow_up_pages,
    longest_word,
)
from atelier.web.screens.wall.paging import rows_of as lines_of
from atelier.web.screens.wall.remits import columns
from atelier.wording import trade_short

_BEFORE_REPORT = (Phase.WELCOME, Phase.REMITS, Phase.ARTICULATIONS)
_LONG, _VERY_LONG = 16, 22
_NAMED = 6
RANKED = 30
"""Initiatives of a vote on the wall: more pages than that nobody waits for."""
_COLUMNS_WIDTH = 81.0
"""What labels leave to the columns of the overview on the narrowest screen (4:3), in hundredths of its height."""
_MARK, _ROWS = 1.2, 2
_FOOTER_HIGHLIGHTS = 8
_FOOTER_LINE = 21.0
"""The width of a line of the footer beside its two marks, on the narrowest screen, in em."""
_SMALL = 3.3
"""The size of what is read from nearer, in the same unit."""


AT_WORK = (Scene.REMITS, Scene.OVERVIEW, Scene.GROUP, Scene.ACTION, Scene.OVERLAY, Scene.ACROSS)
"""The scenes above which the instruction of the moment stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The actions that groups added, each group’s: `beside` the common ones in a column a group, or `below` them."""

    lines: tuple[tuple[Line, ...], ...]
    beside: bool

    @property
    def below(self) -> bool:
        """True when a word of theirs is wider than a column."""
        return not self.beside and any(self.lines)


class ColumnNames(StrEnum):
    """How the columns of the overview are named: a mark before the name, a name alone, or numbers with a legend."""

    MARKED = "marked"
    ALONE = "alone"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wifi:
    """The network of the room as the welcome shows it, for those who scan and those who type."""

    name: str
    password: str
    qr: Markup


def discreet(state: Workshop) -> bool:
    """True while the wall must not tell where the groups have placed their actions."""
    return state.discreet and state.phase in _BEFORE_REPORT


def scene_of(state: Workshop) -> Scene:
    """Return the scene to draw: the chosen one, unless there is nothing to show or it must not be seen."""
    wall = state.wall
    if state.covered:
        return Scene.BLANK
    if wall.scene in (Scene.OVERLAY, Scene.ACROSS) and discreet(state):
        return Scene.OVERVIEW
    if wall.scene is Scene.ACTION and shown_line(state) is None:
        return Scene.GROUP
    if wall.scene is Scene.VOTE and not state.vote:
        return Scene.OVERVIEW
    if wall.scene is Scene.MESSAGE and not state.announcement:
        return Scene.BLANK
    return wall.scene


def shown_line(state: Workshop) -> Line | None:
    """Return the line of the action scene, if it is still on the sheet."""
    line = state.group(state.wall.group).lines.get(state.wall.action)
    return line if line and not line.gone else None


def draw_scene(view: View) -> Markup:
    """Return the element `#scene` as the page has it."""
    template, arguments = SCENES[scene_of(view.state)]
    return Markup(render_macro(f"wall/{template}.html", "scene", **arguments(view)))  # noqa: S704 - escaped there


def people(view: View) -> dict[str, Any]:
    """Numbers of people by group and trade, never names."""
    state = view.state
    counts = [(group, _by_trade(view, group.number)) for group in state.groups]
    return {"total": sum(1 for _ in state.present()), "counts": counts}


def row_of(view: View, action: str) -> dict[str, Any]:
    """What is said of one action, over all groups."""
    row = synthesis.row_of(view.state, action)
    return {"row": row, "reading": reading_of(view.state, row, view.doctrine, brief=True)}


def rows_of(view: View, *, brief: bool = False) -> dict[str, Any]:
    """What is said of every common action, in the order that the desk chose, and how many of which word."""
    rows = synthesis.overlay(view.state)
    ordered = synthesis.discuss_first(rows) if view.state.discuss_first else rows
    read = [
        {"row": row, "reading": reading_of(view.state, row, view.doctrine, brief=brief)} for row in ordered
    ]
    return {"rows": read, "totals": totals(rows)}


def head(view: View, group: Group) -> dict[str, Any]:
    """What is said of a group beside its name."""
    return {"group": group, "progress": selectors.progress(group)}


def column_head(view: View, group: Group) -> dict[str, Any]:
    """The same above its column of the overview, with the mark where its name leaves no room for it."""
    return head(view, group) | {"marked": column_names(view.state) is ColumnNames.ALONE}


def column_names(state: Workshop) -> ColumnNames:
    """Return how the columns of the overview are named on the narrowest screen, so that no word is broken."""
    names = [group.name for group in state.groups]
    room = _column_room(state)
    if len(names) > _NAMED or any(longest_word(name) > room for name in names):
        return ColumnNames.NUMBERED
    return ColumnNames.MARKED if _fit_columns(state, names) else ColumnNames.ALONE


def footer_highlights(state: Workshop) -> list[tuple[Group, Line, Initiative, bool]]:
    """Return what the footer turns through; True where the group's name leaves the action no room on its line."""
    found = selectors.highlighted(state)[:_FOOTER_HIGHLIGHTS]
    return [(*each, lines_of(f"{each[0].name} · {each[1].action.short}", _FOOTER_LINE) > 1) for each in found]


def group_head(view: View) -> dict[str, Any]:
    """The same in the scene of one group, with the number of people."""
    group = view.state.group(view.state.wall.group)
    return head(view, group) | {"people": len(selectors.members(view.state, group.number))}


def noted_group(view: View) -> Group | None:
    """The group shown, while it presents and something was noted of what it says."""
    group = view.state.group(view.state.wall.group)
    presents = view.state.phase is Phase.REPORT_BACK and view.state.presenting == group.number
    return group if presents and any(note.text for note in group.notes.values()) else None


def initiatives(view: View) -> dict[str, Any]:
    """The initiatives of the action shown, on the page shown."""
    group, line = view.state.group(view.state.wall.group), shown_line(view.state)
    found = action_pages(line) if line else []
    page = min(view.state.wall.page, max(0, len(found) - 1))
    return {
        "group": group,
        "initiatives": found[page] if found else [],
        "page": page,
        "pages": len(found),
        "total": sum(map(len, found)),
    }


def spread(view: View) -> dict[str, Any]:
    """What the table had answered to the action shown, before it talked; nothing while arms are hidden."""
    line = shown_line(view.state)
    found = spreads(line) if line and not discreet(view.state) else ()
    return {"doctrine": view.doctrine, "spreads": found}


def label_size(labels: list[str]) -> str:
    """How much room common labels need: `s`, `m` or `l`; what a group added is made to fit."""
    longest = max(map(len, labels), default=0)
    return "s" if longest <= _LONG else "m" if longest <= _VERY_LONG else "l"


def _welcome(view: View) -> dict[str, Any]:
    closed = view.state.status.value != "open"
    network = view.wifi
    return {
        "join_url": view.join_url,
        "address": spoken(view.join_url),
        "reach": view.reach,
        "code": view.code,
        "closed": closed,
        "results_url": view.results_url,
        "shut": view.state.entrance is Entrance.CLOSED,
        "people": people(view),
        "wifi": None if network is None else Wifi(name=network[0], password=network[1], qr=wifi_qr(*network)),
    }


def spoken(join_url: str) -> str:
    """Return the address as people type it: without scheme nor what follows the host."""
    return urlsplit(join_url).netloc or join_url


def _remits(view: View) -> dict[str, Any]:
    return {"doctrine": view.doctrine, "columns": columns(view.state), "groups": view.state.groups}


def _demonstration(view: View) -> dict[str, Any]:
    return {"doctrine": view.doctrine}


def _overview(view: View) -> dict[str, Any]:
    state = view.state
    return {
        "doctrine": view.doctrine,
        "groups": state.groups,
        "actions": state.prepared.actions,
        "own": _own(state),
        "heads": [column_head(view, group) for group in state.groups],
        "size": label_size([action.told for action in state.prepared.actions]),
        "names": column_names(state),
        "discreet": discreet(state),
    }


def _own(state: Workshop) -> Own:
    lines = tuple(tuple(selectors.free_lines(group)) for group in state.groups)
    words = [line.action.label for own in lines for line in own]
    beside = bool(words) and len(state.groups) <= _NAMED and _fit_columns(state, words)
    return Own(lines=lines, beside=beside)


def _fit_columns(state: Workshop, texts: list[str]) -> bool:
    """Tell whether each of `texts` fits into two lines of a column of the overview, with its mark, no word broken."""
    room = _column_room(state) - _MARK
    return all(longest_word(text) <= room and lines_of(text, room) <= _ROWS for text in texts)


def _column_room(state: Workshop) -> float:
    """Return the width of a column of the overview, in em of its texts."""
    return _COLUMNS_WIDTH / len(state.groups) / _SMALL


def _group(view: View) -> dict[str, Any]:
    lines = selectors.lines(view.state.group(view.state.wall.group))
    return {
        "doctrine": view.doctrine,
        "head": group_head(view),
        "noted": noted_group(view),
        "lines": lines,
        "ghosts": ghosts_of(view.state, view.doctrine),
        "size": label_size([line.action.told for line in lines if not line.free]),
        "discreet": discreet(view.state),
    }


def _action(view: View) -> dict[str, Any]:
    state = view.state
    return {
        "doctrine": view.doctrine,
        "group": state.group(state.wall.group),
        "line": shown_line(state),
        "initiatives": initiatives(view),
        "answered": spread(view),
        "discreet": discreet(state),
    }


def _overlay(view: View) -> dict[str, Any]:
    state = view.state
    return {
        "doctrine": view.doctrine,
        "groups": state.groups,
        **rows_of(view, brief=True),
        "ghosts": ghosts_of(state, view.doctrine),
        "own": [(group, line) for group in state.groups for line in selectors.free_lines(group)],
        "size": label_size([action.told for action in state.prepared.actions]),
    }


def _across(view: View) -> dict[str, Any]:
    """One action in every group: an arm each, the word, all that was written under it, page by page."""
    state, action = view.state, view.state.wall.action
    found = across_pages(state, action)
    page = min(state.wall.page, max(0, len(found) - 1))
    return {
        "doctrine": view.doctrine,
        "number": [each.id for each in state.prepared.actions].index(action) + 1,
        "groups": state.groups,
        "initiatives": found[page] if found else [],
        "page": page,
        "pages": len(found),
        "total": sum(map(len, found)),
        **row_of(view, action),
    }


def voted(view: View) -> dict[str, Any]:
    """How many people voted, never for what."""
    return {"people": tally.people_voted(view.state)}


def _vote(view: View) -> dict[str, Any]:
    found = tally.revealed(view.state)
    return {
        "vote": view.state.vote,
        "tally": found,
        "ranked": RANKED,
        "doctrine": view.doctrine,
        **voted(view),
    }


def _decisions(view: View) -> dict[str, Any]:
    found = decision_pages(view.state)
    page = min(view.state.wall.page, max(0, len(found) - 1))
    return {
        "decisions": found[page] if found else [],
        "before": sum(map(len, found[:page])),
        "page": page,
        "pages": len(found),
    }


def _follow_up(view: View) -> dict[str, Any]:
    found = follow_up_pages(view.state)
    page = min(view.state.wall.page, max(0, len(found) - 1))
    previous = view.state.prepared.previous
    return {
        "occasion": occasion_of(previous) if previous else "",
        "followed": found[page] if found else [],
        "before": sum(map(len, found[:page])),
        "page": page,
        "pages": len(found),
    }


def _message(view: View) -> dict[str, Any]:
    return {"text": view.state.announcement}


def _blank(view: View) -> dict[str, Any]:
    return {"title": view.state.prepared.title}


SCENES: dict[Scene, tuple[str, Callable[[View], dict[str, Any]]]] = {
    Scene.WELCOME: ("welcome", _welcome),
    Scene.REMITS: ("remits", _remits),
    Scene.DEMONSTRATION: ("demonstration", _demonstration),
    Scene.OVERVIEW: ("overview", _overview),
    Scene.GROUP: ("group", _group),
    Scene.ACTION: ("action", _action),
    Scene.OVERLAY: ("overlay", _overlay),
    Scene.ACROSS: ("across", _across),
    Scene.VOTE: ("vote", _vote),
    Scene.DECISIONS: ("decisions", _decisions),
    Scene.FOLLOW_UP: ("follow_up", _follow_up),
    Scene.MESSAGE: ("message", _message),
    Scene.BLANK: ("blank", _blank),
}
"""By scene: the template that holds its macro `scene`, and the arguments of it."""


def _by_trade(view: View, number: int) -> list[tuple[str, str, int]]:
    counts = selectors.trades(view.state, number)
    return [
        (trade.value, trade_short(trade, view.doctrine), counts[trade]) for trade in Trade if counts[trade]
    ]
