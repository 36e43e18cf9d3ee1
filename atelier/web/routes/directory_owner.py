"""The owner’s side of a page « Qui fait quoi ? », by a link: making it, changing it, publishing it, ending it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.directory.filling import TITLE, blank_page, page_of_workshop, quoted
from atelier.directory.page import Page, networks_of, page_from
from atelier.directory.reader import page_texts, shown_places
from atelier.doctrines.loading import doctrine_of, load
from atelier.export.glyphs import missing
from atelier.library.items import Item, Kind, Stale, TooLarge
from atelier.local_time import today, zone_at
from atelier.web.http import identity, sentences
from atelier.web.http.context import context
from atelier.web.http.directory import REMEMBERED, key_held, owned, owns, take_key
from atelier.web.http.errors import said
from atelier.web.http.forms import Malformed
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render, versioned
from atelier.web.routes.directory import feed_secret, revised_on
from atelier.web.routes.directory_form import (
    BLANK_DATES,
    BLANK_TASKS,
    FIELDS,
    NUMBERED,
    Wrong,
    as_typed,
    checked,
    named,
    page_typed,
)
from atelier.web.routes.home import DOCTRINE, barred, create_key_right, create_key_wrong
from atelier.web.routes.posted import posted

directory_owner = Blueprint("directory_owner", __name__)
KEPT_DAYS, KEPT_DAYS_MOST = 365, 5 * 366
_TOLD = {
    "cree": "La page est créée. Gardez votre lien de modification : il est plus bas, dans « Garder, retrouver, "
    "finir ».",
    "enregistre": "Enregistré.",
    "publie": "La page est publiée : son adresse et son QR code sont ci-dessous.",
    "retire": "La page n’est plus publiée. Rien n’est perdu : vous pouvez la publier à nouveau.",
    "lieu": "Le lieu est enregistré.",
    "lieu-retire": "Le lieu est retiré de la page.",
    "lieux-retires": "Tous les lieux sont retirés de la page.",
    "logo": "Le logo est ajouté.",
    "logo-retire": "Le logo est retiré.",
    "agenda": "Le lien de l’agenda est fait. L’ancien, s’il y en avait un, ne vaut plus.",
    "agenda-retire": "Le lien de l’agenda ne vaut plus.",
    "lien": "Votre nouveau lien de modification est ci-dessous. L’ancien ne vaut plus.",
    "terme": "La date est changée.",
}  # fmt: skip
"""What an act that succeeded says, by the name that its redirect carries."""


@directory_owner.get("/qui-fait-quoi")
def new() -> BaseResponse:
    """The form of a page without a workshop, and the pages that this browser owns."""
    identity.greet()
    return Response(_new_page(barred()), 403 if barred() else 200)


@directory_owner.post("/qui-fait-quoi")
def create() -> BaseResponse:
    """Make a page without a workshop."""
    form = posted("title", "territory", "organiser", "create_key")
    if why := barred():
        return Response(_new_page(why), 403)
    if not create_key_right():
        return create_key_wrong(_new_page)
    if not identity.keeps_cookies():
        identity.greet()
        return Response(_new_page(sentences.COOKIES_REFUSED), 403)
    try:
        return _created(named(form, blank_page(load(DOCTRINE))))
    except Wrong as wrong:
        return Response(_new_page(str(wrong)), 422)


@directory_owner.post("/animer/<code>/page")
def create_from_workshop(code: str) -> BaseResponse:
    """Make the page that a workshop fills: what its groups agree on, decisions and dates."""
    state = facilitated(code).state
    posted()
    return _created(page_of_workshop(state, doctrine_of(state.prepared)), left=len(quoted(state)))


def _created(page: Page, left: int = 0) -> BaseResponse:
    here = context()
    until = today(zone_at("", "")) + dt.timedelta(days=KEPT_DAYS)
    try:
        item, key = here.library.create(Kind.PAGE, page.as_json(), now=here.service.now(), keep_until=until)
    except TooLarge:
        return said(503, sentences.FULL)
    identity.remember(REMEMBERED, item.id, key)
    return redirect(f"/qui-fait-quoi/{item.id}/modifier?fait=cree&citees={left}", 303)


@directory_owner.get("/qui-fait-quoi/<ident>/modifier")
def edit(ident: str) -> BaseResponse:
    """The one page on which the owner changes everything; the key leaves the address at once."""
    if key := request.args.get("cle", ""):
        if not take_key(ident, key):
            return Response(render("pages/directory_no_key.html", surface="home", body={}), 403)
        return redirect(f"/qui-fait-quoi/{ident}/modifier", 303)
    if not owns(ident):
        return Response(render("pages/directory_no_key.html", surface="home", body={}), 403)
    item, page = owned(ident)
    return Response(edit_page(item, page))


@directory_owner.post("/qui-fait-quoi/<ident>/modifier")
def save(ident: str) -> BaseResponse:
    """Keep what was typed, unless somebody else changed the page meanwhile: nothing of it is lost then."""
    item, page = owned(ident)
    form = posted(*FIELDS, numbered=NUMBERED)
    try:
        typed = page_typed(form, page, checked)
        based_on = form.get("based_on", 0, int)
        if based_on != item.revision:
            return Response(
                edit_page(item, page_typed(form, page, as_typed), message=sentences.DIRECTORY_STALE), 409
            )
        return revised(item, lambda _: typed, "enregistre")
    except Wrong as wrong:
        return Response(edit_page(item, page_typed(form, page, as_typed), message=str(wrong)), 422)


@directory_owner.post("/qui-fait-quoi/<ident>/etat")
def change_state(ident: str) -> BaseResponse:
    """Publish or withdraw the page, its calendar, its link; say how long it is kept; end it."""
    item, page = owned(ident)
    form = posted("act", "keep_until", "sure")
    act = form.get("act", "")
    if act == "fin":
        return _ended(item, form.get("sure", ""))
    if act == "lien":
        identity.remember(REMEMBERED, ident, context().library.renew_key(Kind.PAGE, ident))
        return done(ident, "lien")
    if act == "terme":
        return _kept(item, page, form.get("keep_until", ""))
    if act not in _ACTS:
        raise Malformed("not an act of a page")
    return revised(item, _ACTS[act], act)


_ACTS: dict[str, Callable[[Page], Page]] = {
    "publie": lambda page: replace(page, published=True),
    "retire": lambda page: replace(page, published=False),
    # Numbered on and on: no link that was withdrawn ever works again.
    "agenda": lambda page: replace(page, feed=page.feeds + 1, feeds=page.feeds + 1),
    "agenda-retire": lambda page: replace(page, feed=0),
    "lieux-retires": lambda page: replace(page, places=()),
}


def revised(item: Item, change: Callable[[Page], Page], told: str, where: str = "") -> BaseResponse:
    """Keep the changed page and lead back to it; what was taken out is gone from its history too."""
    library = context().library
    try:
        library.revise(
            Kind.PAGE,
            item.id,
            change(page_from(item.body)).as_json(),
            based_on=item.revision,
            now=context().service.now(),
        )
        library.forget_history(Kind.PAGE, item.id)
    except Stale:
        return said(409, sentences.DIRECTORY_STALE_ACT)
    except TooLarge:
        return said(413, sentences.DIRECTORY_TOO_LARGE)
    return done(item.id, told, where)


def done(ident: str, told: str, where: str = "") -> BaseResponse:
    """Lead back to the owner’s page, which says what was done."""
    return redirect(f"/qui-fait-quoi/{ident}/modifier?fait={told}{where}", 303)


def _ended(item: Item, sure: str) -> BaseResponse:
    if sure != "1":
        return said(422, sentences.DIRECTORY_END_UNSURE)
    context().library.end(Kind.PAGE, item.id)
    identity.drop(REMEMBERED, item.id)
    return said(200, sentences.DIRECTORY_ENDED)


def _kept(item: Item, page: Page, until: str) -> BaseResponse:
    now = today(zone_at("", ""))
    try:
        day = dt.date.fromisoformat(until)
    except ValueError:
        return Response(edit_page(item, page, message=sentences.NOT_A_DATE), 422)
    if not now < day <= now + dt.timedelta(days=KEPT_DAYS_MOST):
        return Response(edit_page(item, page, message=sentences.DIRECTORY_TERM), 422)
    context().library.keep(Kind.PAGE, item.id, day)
    return done(item.id, "terme")


def edit_page(item: Item, page: Page, message: str = "", **more: Any) -> str:
    """Return the owner’s page, with what was typed and what is wrong."""
    here, ident = context(), item.id
    base = here.addresses.base() or here.addresses.own()
    home, feed = f"/qui-fait-quoi/{ident}", feed_secret(ident, page)
    told = _TOLD.get(request.args.get("fait", ""), "") if request.method == "GET" else ""
    shown: dict[str, Any] = {
        "page": page, "item": item, "home": home, "message": message, "told": told, "public_url": base + home,
        "owner_url": f"{base}{home}/modifier?cle={key_held(ident)}", "versioned": versioned,
        "feed_url": f"{base}{home}/agenda.ics?cle={feed}" if feed else "", "revised": revised_on(item),
        "places": shown_places(page.places), "tasks": [*page.tasks, *BLANK_TASKS], "dates": [*page.dates, *BLANK_DATES],
        "left": request.args.get("citees", 0, int), "boxed": _boxed(page), "networks": networks_of(page),
        "report": None, "places_sent": {},
    }  # fmt: skip
    return render("pages/directory_edit.html", surface="home", body={}, **(shown | more))


def _boxed(page: Page) -> str:
    """Say what no font draws on paper, "" where all is drawn."""
    return wording.boxed_text("".join(sorted(set(missing(page_texts(page)))))[:40])


def _new_page(message: str) -> str:
    mine = []
    for ident in reversed(list(identity.remembered(REMEMBERED))):
        if owns(ident):
            item, page = owned(ident)
            mine.append((ident, page, item.keep_until))
    return render(
        "pages/directory_new.html", surface="home", body={}, message=message, mine=mine, typed=request.form,
        title=TITLE, needs_key=bool(context().create_key), action=versioned("/qui-fait-quoi"),
    )  # fmt: skip
