"""`/a/CODE/texte` and `/ecran/CODE/texte`: the sheet and the screen in words, for who does not see them."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.operation_ids import is_op, new_op
from atelier.domain.refusals import Refused
from atelier.live.admission import seated
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.lookup import snapshot_of
from atelier.web.render.templating import render, versioned
from atelier.web.render.updates import view_of
from atelier.web.routes.acts import refusal, taken
from atelier.web.routes.posted import posted
from atelier.web.screens import in_words
from atelier.web.screens.desk.wall import wall_now
from atelier.web.screens.wall.scenes import discreet

words = Blueprint("in_words", __name__)


@words.get("/a/<code>/texte")
def sheet(code: str) -> BaseResponse:
    """The sheet of one's own group as a table; `?depuis=` (Unix ms, else now): what has changed since first."""
    snapshot = snapshot_of(code)
    group = seated(snapshot.state, identity.visitor(code))
    if not group:
        return redirect(f"/r/{code}", 303)
    view = view_of(context(), snapshot, "phone")
    sort, since = request.args.get("tri", ""), request.args.get("depuis", view.at, int)
    rows = in_words.rows(view, snapshot.state.group(group), sort)
    changed = [row for row in rows if row.changed_at > since]
    return Response(
        render(
            "pages/sheet_words.html",
            surface="home",
            body={},
            code=code,
            view=view,
            group=snapshot.state.group(group),
            rows=rows,
            changed=changed,
            since=since,
            sort=sort,
            action=versioned(f"/a/{code}/texte"),
        )
    )


@words.post("/a/<code>/texte")
def place(code: str) -> BaseResponse:
    """Place a card by one line, « orienter fs régulièrement »."""
    snapshot = snapshot_of(code)
    group = seated(snapshot.state, identity.visitor(code))
    form = posted("line", "op", "since")
    op = form.get("op", "")
    here = f"/a/{code}/texte"
    try:
        doctrine = view_of(context(), snapshot, "phone").doctrine
        command = in_words.placing(form.get("line", ""), snapshot.state.group(group or 1), doctrine)
    except Refused as refused:
        return refusal(refused, code, here)
    return taken(
        snapshot,
        lambda state, command: identity.participant(code, state),
        (command, op if is_op(op) else new_op()),
        f"{here}?depuis={form.get('since', '0')}",
    )


@words.get("/ecran/<code>/texte")
def screen(code: str) -> BaseResponse:
    """What the projected screen shows, in words, for anybody of the workshop."""
    snapshot = snapshot_of(code)
    state = snapshot.state
    if not (seated(state, identity.visitor(code)) or identity.may_project(code, state)):
        return redirect(f"/r/{code}", 303)
    view = view_of(context(), snapshot, "wall")
    shown = () if state.covered or discreet(state) else state.groups
    sheets = [(group, in_words.rows(view, group)) for group in shown]
    return Response(
        render(
            "pages/wall_words.html",
            surface="home",
            body={},
            code=code,
            view=view,
            wall=wall_now(state),
            sheets=sheets,
            seat=seated(state, identity.visitor(code)),
        )
    )
