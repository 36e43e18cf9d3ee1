"""The fragments of the phone: what those of one group redraw, when, and from what. Nothing depends on who looks."""

from collections.abc import Callable
from typing import Any

from atelier.domain import tally
from atelier.domain.state import Initiative, Line, Workshop
from atelier.domain.synthesis import Row, overlay
from atelier.domain.values import Holder, Phase, Side
from atelier.live.regions import Kind, Region
from atelier.movement import followed, occasion_of
from atelier.web.render.templating import render_macro
from atelier.web.render.view import View
from atelier.web.screens.fragment import (
    Fragment,
    Place,
    Scope,
    Table,
    When,
    always,
    follows,
    is_gathered,
    kinds,
    presented,
)
from atelier.web.screens.phone.card_lists import is_latest, listed
from atelier.web.screens.phone.personal import pen_mark, rapporteur_mark, seated
from atelier.web.screens.phone.vote import about_vote, is_open, is_revealed

_CARD = kinds(Kind.LINE, Kind.LINES)
# A phone that comes back is not told which arrivals it missed (`live/handlers.py`): its own presence has them drawn.
_PEOPLE = kinds(Kind.PEOPLE, Kind.PRESENCE)
_ANSWERS = _PEOPLE | kinds(Kind.ANSWERS, Kind.LINES, Kind.PHASE)
_TEXTS = kinds(Kind.INITIATIVES, Kind.LINES, Kind.GROUPS, Kind.GATHERINGS)


def compared(state: Workshop) -> tuple[Row, ...]:
    """The groups side by side: nothing before the synthesis, until then phones see their own sheet."""
    return overlay(state) if _comparing(state) else ()


def _comparing(state: Workshop) -> bool:
    return state.phase is Phase.SYNTHESIS


def _shown(state: Workshop, region: Region) -> Initiative | None:
    """Return the initiative that `region` is about, while it is to be seen."""
    line = state.group(region.group).lines.get(region.action) if region.group else None
    initiative = line.initiatives.get(region.item) if line else None
    return initiative if initiative is not None and initiative.visible else None


def _group(view: View, place: Place) -> dict[str, Any]:
    return {"group": view.state.group(place.group)}


def _line(view: View, place: Place) -> dict[str, Any]:
    group = view.state.group(place.group)
    return {"group": group, "line": group.lines[place.action]}


def _initiatives(view: View, place: Place) -> dict[str, Any]:
    found = _line(view, place)
    return {**found, "shown": listed(found["line"])}


def whole_list(view: View, group: int, action: str) -> str:
    """Return the list of a card with its older initiatives, to take the place of the one in a page."""
    line = view.state.group(group).lines[action]
    named = {"view": view, "group": view.state.group(group), "line": line, "shown": listed(line, whole=True)}
    return render_macro("phone/initiatives.html", "initiatives", oob=True, **named)


def _initiative(view: View, place: Place) -> dict[str, Any]:
    found = _line(view, place)
    line: Line = found["line"]
    return {**found, "initiative": line.initiatives[place.item], "latest": is_latest(line, place.item)}


def _gone(view: View, place: Place) -> dict[str, Any]:
    return {"name": place.item}


def _missions(view: View, place: Place) -> dict[str, Any]:
    return {**_group(view, place), "side": Side(place.side)}


def _members(view: View, place: Place) -> dict[str, Any]:
    """First names are for their own group only."""
    return {**_group(view, place), "table": seated(view.state, place.group)}


def _pen(view: View, place: Place) -> dict[str, Any]:
    return {**_group(view, place), "mark": pen_mark(view.state, place.group)}


def _rapporteur(view: View, place: Place) -> dict[str, Any]:
    return {**_group(view, place), "mark": rapporteur_mark(view.state, place.group)}


def _rows(view: View, place: Place) -> dict[str, Any]:
    return {"rows": compared(view.state)}


def _followed(view: View, place: Place) -> dict[str, Any]:
    previous = view.state.prepared.previous
    return {"found": followed(view.state), "occasion": occasion_of(previous) if previous else ""}


def _vote(view: View, place: Place) -> dict[str, Any]:
    return {"about": about_vote(view.state)}


def _result(view: View, place: Place) -> dict[str, Any]:
    return {"tally": tally.revealed(view.state)}


def _nothing(view: View, place: Place) -> dict[str, Any]:
    return {}


def _row(
    name: str,
    scope: Scope,
    of: frozenset[Kind],
    template: str,
    arguments: Callable[[View, Place], dict[str, Any]] = _nothing,
    when: When = always,
    within: str = "",
) -> Fragment:
    """Return a fragment whose macro is handed the view too."""
    return Fragment(
        name,
        scope,
        of,
        f"phone/{template}.html",
        lambda view, place: {"view": view, **arguments(view, place)},
        when,
        within,
    )


def _while_comparing(state: Workshop, region: Region) -> bool:
    return _comparing(state)


def _answers_first(state: Workshop, region: Region) -> bool:
    return state.answers_first


def _somebody_presents(state: Workshop, region: Region) -> bool:
    return bool(presented(state))


def _of_the_presented(state: Workshop, region: Region) -> bool:
    return bool(region.group) and region.group == presented(state)


def _results_given(state: Workshop, region: Region) -> bool:
    # Links that open the desk or the wall are nothing to a phone.
    return any(key.holder is Holder.RESULTS for key in state.keys.values())


def _is_shown(state: Workshop, region: Region) -> bool:
    return _shown(state, region) is not None and not is_gathered(state, region)


def _is_older(state: Workshop, region: Region) -> bool:
    line = state.group(region.group).lines.get(region.action) if region.group else None
    return _is_shown(state, region) and line is not None and not is_latest(line, region.item)


def _is_gone(state: Workshop, region: Region) -> bool:
    return _shown(state, region) is None and not is_gathered(state, region)


FRAGMENTS = (
    _row("label", Scope.LINE, kinds(Kind.LINES), "sheet", _line),
    _row("placed_by", Scope.LINE, _CARD, "sheet", _line),
    _row("presented_words", Scope.PRESENTED, kinds(Kind.LINE), "plenary", _line, within="presented"),
    _row("answers", Scope.LINE, _ANSWERS, "answers", _line, _answers_first),
    _row(
        "initiatives",
        Scope.LINE,
        kinds(Kind.INITIATIVES, Kind.LINES, Kind.GATHERINGS),
        "initiatives",
        _initiatives,
    ),
    _row("initiatives", Scope.LIST, kinds(Kind.INITIATIVES), "initiatives", _initiatives, is_gathered),
    _row("initiative", Scope.ITEM, kinds(Kind.INITIATIVES), "initiatives", _initiative, _is_shown),
    # Who had not more than the latest, and missed some, is told that there are others.
    _row("older", Scope.LIST, kinds(Kind.INITIATIVES), "initiatives", _line, _is_older),
    _row("no_initiative", Scope.ITEM, kinds(Kind.INITIATIVES), "initiatives", _gone, _is_gone),
    _row(
        "presented_initiatives",
        Scope.PRESENTED,
        kinds(Kind.LINE, Kind.INITIATIVES),
        "plenary",
        _line,
        within="presented",
    ),
    _row("missions", Scope.SIDE, kinds(Kind.MISSIONS, Kind.LINES), "missions", _missions),
    _row("group_name", Scope.GROUP, kinds(Kind.GROUPS), "frame", _group),
    _row("ready", Scope.GROUP, kinds(Kind.GROUPS), "sheet", _group),
    _row("members", Scope.GROUP, _PEOPLE, "frame", _members),
    _row("pen", Scope.GROUP, _PEOPLE | kinds(Kind.PENS), "sheet", _pen),
    Fragment("rapporteur", Scope.GROUP, _PEOPLE | kinds(Kind.NOTES), "phone/notes.html", _rapporteur),
    _row("phase_title", Scope.SCREEN, kinds(Kind.PHASE), "frame"),
    _row("presented", Scope.SCREEN, kinds(Kind.PHASE), "plenary"),
    _row("presented", Scope.SCREEN, kinds(Kind.GROUPS, Kind.LINES), "plenary", when=_of_the_presented),
    _row("presented", Scope.SCREEN, kinds(Kind.GATHERINGS), "plenary", when=_somebody_presents),
    _row("overlay", Scope.SCREEN, kinds(Kind.PHASE), "plenary", _rows),
    _row("overlay", Scope.SCREEN, _CARD | kinds(Kind.GROUPS), "plenary", _rows, _while_comparing),
    _row("decisions", Scope.SCREEN, kinds(Kind.PHASE, Kind.DECISIONS), "plenary"),
    _row("followed", Scope.SCREEN, kinds(Kind.FOLLOW_UP), "follow_up", _followed, follows),
    _row("vote", Scope.SCREEN, kinds(Kind.VOTE), "vote", _vote),
    _row("vote", Scope.SCREEN, _TEXTS, "vote", _vote, is_open),
    _row("vote_result", Scope.SCREEN, kinds(Kind.VOTE), "vote", _result),
    _row("vote_result", Scope.SCREEN, _TEXTS, "vote", _result, is_revealed),
    _row("results", Scope.SCREEN, kinds(Kind.KEYS), "frame", when=_results_given),
    _row("announcement", Scope.SCREEN, kinds(Kind.ANNOUNCEMENT), "frame"),
    # Ids only: the authors of texts that came too late may sit anywhere by now.
    _row("decided", Scope.SCREEN, kinds(Kind.INBOX), "frame"),
)

TABLE = Table(
    fragments=FRAGMENTS,
    bars=kinds(Kind.LINE, Kind.INITIATIVES, Kind.LINES),
    flags=kinds(Kind.PHASE, Kind.ANSWERS),
    nothing=kinds(
        Kind.FIRST_ACTS,
        Kind.WALL,
        Kind.ENTRANCE,
        Kind.REMOVALS,
        Kind.NETWORK,
        Kind.JOIN_CODE,
        Kind.BALLOTS,
    ),
)
