"""Keeping the results of a workshop without names, beyond its erasure; their owner's page: until when, and the end."""

import datetime as dt
from dataclasses import asdict

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.doctrines.loading import doctrine_of
from atelier.domain.moves import nameless
from atelier.domain.values import Status
from atelier.library.items import Kind, TooLarge
from atelier.local_time import today, zone_at
from atelier.movement import occasion_of
from atelier.web.http import identity, sentences
from atelier.web.http.context import context
from atelier.web.http.errors import said
from atelier.web.http.kept_results import REMEMBERED, kept, key_held, owns, take_key
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render, versioned
from atelier.web.routes.posted import posted

kept_results = Blueprint("kept_results", __name__)
VERSION = 1
DAYS, DAYS_MOST = 2 * 366, 5 * 366
"""For how long results are kept if nobody says, and at most."""


@kept_results.post("/animer/<code>/garder")
def keep(code: str) -> BaseResponse:
    """Keep what this workshop says, without names; its decisions where they were ticked."""
    state = facilitated(code).state
    form = posted("decisions")
    if state.status is Status.OPEN:
        return said(409, sentences.RESULTS_STILL_OPEN)
    previous = nameless(state, doctrine_of(state.prepared), decisions=form.get("decisions") == "1")
    here = context()
    until = today(zone_at("", "")) + dt.timedelta(days=DAYS)
    body = {"version": VERSION, "previous": asdict(previous)}
    try:
        item, key = here.library.create(Kind.RESULTS, body, now=here.service.now(), keep_until=until)
    except TooLarge:
        return said(503, sentences.FULL)
    identity.remember(REMEMBERED, item.id, key)
    return redirect(f"/resultats-gardes/{item.id}", 303)


@kept_results.get("/resultats-gardes/<ident>")
def show(ident: str) -> BaseResponse:
    """What is kept, until when, and how to end it; the key leaves the address at once."""
    if key := request.args.get("cle", ""):
        if not take_key(ident, key):
            return said(403, sentences.RESULTS_NOT_YOURS)
        return redirect(f"/resultats-gardes/{ident}", 303)
    return _page(ident) if owns(ident) else said(403, sentences.RESULTS_NOT_YOURS)


@kept_results.post("/resultats-gardes/<ident>/terme")
def keep_until(ident: str) -> BaseResponse:
    """Say how long they are kept."""
    kept(ident)
    text, now = posted("keep_until").get("keep_until", ""), today(zone_at("", ""))
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = now
    if not now < day <= now + dt.timedelta(days=DAYS_MOST):
        return _page(ident, sentences.RESULTS_TERM, 422)
    context().library.keep(Kind.RESULTS, ident, day)
    return redirect(f"/resultats-gardes/{ident}", 303)


@kept_results.post("/resultats-gardes/<ident>/fin")
def end(ident: str) -> BaseResponse:
    """Erase them for good, once it was ticked."""
    kept(ident)
    if posted("sure").get("sure", "") != "1":
        return _page(ident, sentences.RESULTS_END_UNSURE, 422)
    context().library.end(Kind.RESULTS, ident)
    return said(200, sentences.RESULTS_ENDED)


def _page(ident: str, message: str = "", status: int = 200) -> Response:
    item, previous = kept(ident)
    base = context().addresses.base() or context().addresses.own()
    home = f"/resultats-gardes/{ident}"
    return Response(
        render(
            "pages/kept_results.html", surface="home", body={}, item=item, previous=previous, home=home,
            occasion=occasion_of(previous), owner_url=f"{base}{home}?cle={key_held(ident)}", message=message,
            versioned=versioned, most=(today(zone_at("", "")) + dt.timedelta(days=DAYS_MOST)).isoformat(),
        ),
        status,
    )  # fmt: skip
