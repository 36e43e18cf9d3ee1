"""GET /animer/CODE/regrouper and /a/CODE/regrouper: what resembles each other, to be brought together by hand."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain import selectors, tally
from atelier.domain.selectors import Placed
from atelier.live.admission import seated
from atelier.nearness import Text, near_pairs
from atelier.runtime.concurrency import off_the_loop
from atelier.service.workshop import Snapshot
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.following import followed, mark_of
from atelier.web.http.lookup import facilitated, snapshot_of
from atelier.web.render.templating import acts_at, render
from atelier.web.render.updates import view_of

gatherings = Blueprint("gatherings", __name__)


class Suggestion(NamedTuple):
    """Two initiatives that say nearly the same."""

    one: Placed
    other: Placed


@gatherings.get("/animer/<code>/regrouper")
def for_all(code: str) -> BaseResponse:
    """For the facilitation: the texts of all groups."""
    return _page(facilitated(code), 0)


@gatherings.get("/a/<code>/regrouper")
def for_a_group(code: str) -> BaseResponse:
    """For whoever sits at a table: its own texts."""
    snapshot = snapshot_of(code)
    number = seated(snapshot.state, identity.visitor(code))
    return _page(snapshot, number) if number else redirect(f"/r/{code}", 303)


def _page(snapshot: Snapshot, number: int) -> BaseResponse:
    state = snapshot.state
    placed = list(selectors.placed((state.group(number),) if number else state.groups))
    voting = tally.is_open(state)
    shown = (
        (
            each.group.name,
            each.line.action.short,
            one.id,
            one.text,
            one.gathered,
            one.heading,
            len(one.supporters),
        )
        for each in placed
        for one in (each.initiative,)
    )
    return followed(mark_of(voting, *shown), lambda mark: _drawn(snapshot, number, placed, voting, mark))


def _drawn(snapshot: Snapshot, number: int, placed: list[Placed], voting: bool, mark: str) -> str:
    code, chosen = snapshot.code, request.args.get("action", "")
    place = "a" if number else "animer"
    drawn: dict[str, Any] = {
        "mark": mark,
        "view": view_of(context(), snapshot, "desk"),
        "number": number,
        "home": f"/{place}/{code}",
        "here": f"/{place}/{code}/regrouper#contenu",
        "at": acts_at(place, code),
        "voting": voting,
        "pairs": off_the_loop(suggestions, placed),
        "sets": list(_sets(placed)),
        "actions": list({each.line.action.id: each.line.action for each in placed}.values()),
        "chosen": chosen,
        "listed": [each for each in placed if each.line.action.id == chosen],
    }
    return render("pages/gather.html", body={}, **drawn)


def suggestions(placed: list[Placed]) -> list[Suggestion]:
    """Return those that resemble each other and are not together yet, most alike first. Slow: off the loop."""
    by_id = {each.initiative.id: each for each in placed}
    pairs = near_pairs(Text(name, each.scope, each.initiative.text) for name, each in by_id.items())
    found = [Suggestion(by_id[pair.one], by_id[pair.other]) for pair in pairs]
    return [each for each in found if not _together(each)]


def _together(pair: Suggestion) -> bool:
    one, other = pair.one.initiative.gathered, pair.other.initiative.gathered
    return bool(one) and one == other


def _sets(placed: list[Placed]) -> Iterator[list[Placed]]:
    sets: dict[str, list[Placed]] = {}
    for each in placed:
        if each.initiative.gathered:
            sets.setdefault(each.initiative.gathered, []).append(each)
    return (members for members in sets.values() if len(members) > 1)
