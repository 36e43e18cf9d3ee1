"""The pages that live: phone, wall and desk; and « what changed since N » for all three."""

from contextlib import suppress
from functools import partial
from json import dumps
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.keys import key_of
from atelier.access.operation_ids import new_op
from atelier.domain import commands as c
from atelier.domain.refusals import Refused
from atelier.domain.state import Key, Workshop
from atelier.domain.values import Role
from atelier.live.admission import audience_of, seated
from atelier.service.service import HOST, Damaged, StorageFailed
from atelier.service.workshop import Snapshot
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.lookup import count_wrong_link, snapshot_of, snapshot_with_key
from atelier.web.http.security import gzipped, takes_gzip
from atelier.web.render.templating import acts_at, render
from atelier.web.render.updates import SURFACES, clock_of, since, view_of
from atelier.web.render.view import Reader, View
from atelier.web.routes.endings import date_doubts
from atelier.web.screens.phone.fragments import whole_list

screens = Blueprint("screens", __name__)


@screens.get("/a/<code>")
def phone(code: str) -> BaseResponse:
    """A participant's page; with `?groupe=N`, a facilitator writing for that group."""
    snapshot = snapshot_of(code)
    group = request.args.get("groupe", 0, int)
    if group and identity.facilitates(code, snapshot.state):
        if not 1 <= group <= len(snapshot.state.groups):
            abort(404)
        return _page("phone", snapshot, Reader(actor=identity.facilitator(code), group=group, opened=_card()))
    group = seated(snapshot.state, identity.visitor(code))
    if not group:
        return redirect(f"/r/{code}", 303)
    actor = identity.participant(code, snapshot.state)
    return _page("phone", snapshot, Reader(actor=actor, group=group, opened=_card()))


@screens.get("/ecran/<code>")
def wall(code: str) -> BaseResponse:
    """The projected screen, for those who hold the facilitator's or the wall's key."""
    snapshot = snapshot_with_key(code, _secret())
    entered = _with_key(code, snapshot.state, f"/ecran/{code}")
    if entered is not None:
        return entered
    if not identity.may_project(code, snapshot.state):
        return Response(render("errors/no_key.html", code=code), 403)
    return _page("wall", snapshot, Reader(actor=identity.facilitator(code)))


@screens.get("/animer/<code>")
def desk(code: str) -> BaseResponse:
    """The facilitator's page."""
    snapshot = snapshot_with_key(code, _secret())
    entered = _with_key(code, snapshot.state, f"/animer/{code}")
    if entered is not None:
        return entered
    if not identity.facilitates(code, snapshot.state):
        return Response(render("errors/no_key.html", code=code), 403)
    miscopied = request.args.get("recopier", "")
    return _page("desk", snapshot, Reader(actor=identity.facilitator(code), miscopied=miscopied))


@screens.get("/a/<code>/depuis")
def changes_since(code: str) -> BaseResponse:
    """Return the changes since the reader's position: the one path for gaps, reconnections, sleep and late arrivals."""
    snapshot = snapshot_of(code)
    surface, group = request.args.get("audience", ""), request.args.get("group", 0, int)
    audience = audience_of(snapshot.state, identity.visitor(code), surface, group)
    seq, head = request.args.get("seq", 0, int), request.args.get("head", "")
    if audience is None:
        return _not_here(snapshot, seq, head)
    return jsonify(since(context(), code, audience, max(0, seq), head))


@screens.get("/a/<code>/initiatives")
def initiatives(code: str) -> BaseResponse:
    """Return the whole list of one card as a fragment: a page brings the latest initiatives only."""
    snapshot = snapshot_of(code)
    group, action = request.args.get("group", 0, int), request.args.get("action", "")
    audience = audience_of(snapshot.state, identity.visitor(code), "phone", group)
    if audience is None:
        abort(403)
    if action not in snapshot.state.group(group).lines:
        abort(404)
    return Response(whole_list(view_of(context(), snapshot, "phone"), group, action))


@screens.get("/a/<code>/connu")
def is_known(code: str) -> BaseResponse:
    """Tell whether the journal ever was at a position: a phone asks before it sends again after a silence."""
    snapshot = snapshot_of(code)
    seq, head, group = (
        request.args.get("seq", 0, int),
        request.args.get("head", ""),
        request.args.get("group", 0, int),
    )
    known = context().service.knows(code, max(0, seq), head)
    has_seat = audience_of(snapshot.state, identity.visitor(code), "phone", group) is not None
    return jsonify(known=known, seated=has_seat)


def _not_here(snapshot: Snapshot, seq: int, head: str) -> BaseResponse:
    """A page whose owner is not there (any more) learns where they sit now, 0 for nowhere, and whether the journal ever
    was where the page is."""
    code = snapshot.code
    known = context().service.knows(code, max(0, seq), head)
    response: BaseResponse = jsonify(known=known, group=seated(snapshot.state, identity.visitor(code)))
    response.status_code = 403
    return response


def _card() -> str:
    return request.args.get("carte", "")


def _secret() -> str:
    return request.args.get("cle", "")


def _with_key(code: str, state: Workshop, clean: str) -> BaseResponse | None:
    # The secret leaves the address bar at once: it becomes a cookie, and the page is asked for again without it.
    secret = _secret()
    if not secret:
        return None
    key = key_of(state, secret)
    if key is None:
        count_wrong_link(code)
        return Response(render("errors/no_key.html", code=code), 403)
    identity.remember("keys" if key.holder.value == "facilitator" else "walls", code, key.id)
    _note_opened(code, key)
    return redirect(clean, 303)


def _note_opened(code: str, key: Key) -> None:
    if key.opened_at:
        return
    with suppress(Refused, StorageFailed, Damaged):  # the page opens all the same
        context().service.handle(code, c.NoteLinkOpened(key=key.id), HOST, new_op())


def _page(surface: str, snapshot: Snapshot, reader: Reader) -> BaseResponse:
    view = view_of(context(), snapshot, surface)
    body = _body(surface, view, reader)
    if surface == "phone" and not reader.opened and takes_gzip():
        packed = context().skeletons.page(view, reader, body, partial(page_of, "phone"))
        if packed is not None:
            return gzipped(packed)
    return Response(page_of(surface, view, reader, body))


def page_of(surface: str, view: View, reader: Reader, body: dict[str, Any]) -> str:
    """Return a whole page as HTML; `body`: the attributes of its body, to which the surface adds its own."""
    drawn: dict[str, Any] = SURFACES[surface].page(view, reader)
    drawn["body"] = body | drawn.get("body", {})
    drawn |= {"surface": surface, "view": view, "reader": reader, "code": view.code}
    if surface == "desk":
        drawn["doubts"] = date_doubts()
    drawn.setdefault("spoken_address", context().addresses.spoken())
    return render(f"pages/{surface}.html", **drawn)


def _body(surface: str, view: View, reader: Reader) -> dict[str, Any]:
    clock = clock_of(view.state.clock, view.at)
    return {
        "code": view.code,
        "audience": surface,
        "group": reader.group,
        "acts": acts_at("animer" if reader.actor.role is Role.FACILITATOR else "a", view.code),
        "seq": view.seq,
        "head": view.head,
        "role": "facilitator" if reader.actor.role is Role.FACILITATOR else "participant",
        "phase": view.state.phase.value,
        "status": view.state.status.value,
        "presenting": view.state.presenting,
        "clock": _json(clock),
        "clock-status": clock["status"],
        "connection": "joining",
    }


def _json(value: dict[str, Any]) -> str:
    return dumps(value, separators=(",", ":"))
