"""`/journee`: a day for its owner: preparing it, its programme, its rooms, what its wall shows, its end."""

import datetime as dt
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain.codes import normal_code
from atelier.domain.day import Day, Shows, body_of
from atelier.library.items import Kind, TooLarge
from atelier.local_time import today, zone_at
from atelier.web.http import identity, sentences
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.day_cache import Held
from atelier.web.http.days import found_day, owned_day, owns, remember_key, revised
from atelier.web.http.errors import said
from atelier.web.http.forms import UnknownField
from atelier.web.render.templating import render, versioned
from atelier.web.routes.day_forms import FIELDS, NUMBERED, day_from, field_name, kept_until, rows_of
from atelier.web.routes.day_page import CHANGED, after, kept, page
from atelier.web.routes.home import (
    TERRITORIES,
    barred,
    create_key_right,
    create_key_wrong,
)
from atelier.web.routes.posted import posted

days = Blueprint("days", __name__)


@days.get("/journee")
def prepare() -> BaseResponse:
    """The form of a new day."""
    if told := barred():
        return Response(_form(_blank(), message=told, blocked=True), 403)
    identity.greet()
    return Response(_form(_blank()))


@days.post("/journee")
def create() -> BaseResponse:
    """Make the day, and become its owner."""
    base = _blank()
    if told := barred():
        return Response(_form(base, message=told, blocked=True), 403)
    if not create_key_right():
        return create_key_wrong(lambda told: _form(base, errors={"create_key": told}))
    if not identity.keeps_cookies():
        identity.greet()
        return Response(_form(base, message=sentences.COOKIES_REFUSED), 403)
    read = _read(base)
    if isinstance(read, Response):
        return read
    day, until = read
    here = context()
    day = replace(day, code=here.service.free_code())
    try:
        item, key = here.library.create(Kind.DAY, body_of(day), now=here.service.now(), keep_until=until)
    except (OSError, TooLarge):
        return Response(_form(base, message=sentences.STORAGE_FAILED), 503)
    here.days.added(day.code, item.id)
    remember_key(day.code, key)
    return redirect(f"/journee/{day.code}", 303)


@days.get("/journee/<code>")
def show(code: str) -> BaseResponse:
    """The owner's page. A link with a key becomes a cookie at once."""
    if key := request.args.get("cle", ""):
        return _enter(code, key)
    held = found_day(code, fresh=True)
    if not owns(held):
        return Response(render("errors/no_day.html", code=code, day=held.day), 403)
    return Response(page(held))


@days.get("/journee/<code>/programme")
def programme(code: str) -> str:
    """The form of a day that exists."""
    return _form(owned_day(code).day, held=owned_day(code))


@days.post("/journee/<code>/programme")
def change(code: str) -> BaseResponse:
    """Take another programme."""
    held = owned_day(code)
    read = _read(held.day, held)
    if isinstance(read, Response):
        return read
    day, until = read
    if request.form.get("revision", "") != str(held.item.revision):
        return Response(_form(held.day, held=held, message=CHANGED), 409)

    def keep() -> None:
        revised(held, day)
        context().library.keep(Kind.DAY, held.id, until)

    told = kept(keep)
    return (
        Response(_form(held.day, held=held, message=told), 409) if told else redirect(f"/journee/{code}", 303)
    )


@days.post("/journee/<code>/ecran")
def choose(code: str) -> BaseResponse:
    """Choose what the wall shows, and whether everybody may read the synthesis."""
    held, form = owned_day(code), posted("shows", "shared")
    shows = form.get("shows", held.day.shows)
    if shows not in set(Shows):
        abort(400)
    day = replace(held.day, shows=Shows(shows), shared=form.get("shared", "01"[held.day.shared]) == "1")
    return after(held, kept(lambda: revised(held, day)), "#ecran")


@days.post("/journee/<code>/lien")
def renew(code: str) -> BaseResponse:
    """Make the owner's link anew: the former one opens nothing any more."""
    held = owned_day(code)
    posted()
    told = kept(lambda: remember_key(code, context().library.renew_key(Kind.DAY, held.id)))
    return after(held, told, "#lien")


@days.post("/journee/<code>/terminer")
def end(code: str) -> BaseResponse:
    """Erase the day for good, once its code was typed; the workshops stay."""
    held = owned_day(code)
    if normal_code(posted("code").get("code", "")) != code:
        return after(held, "Rien n’est effacé : ce n’est pas le code de la journée.", "#fin")
    told = kept(lambda: context().library.end(Kind.DAY, held.id))
    if told:
        return after(held, told, "#fin")
    context().days.forget(code)
    return said(
        200,
        "La journée est effacée : son programme, son lien et son code. Ses ateliers restent, chacun avec son lien.",
    )


def _read(base: Day, held: Held | None = None) -> tuple[Day, dt.date] | Response:
    """Return the day that the form describes and its term; or the form with what is wrong."""
    try:
        form = posted(*FIELDS, numbered=NUMBERED)
    except UnknownField:
        return Response(_form(base, held=held, message=sentences.UNKNOWN_FIELD), 422)
    day, errors = day_from(form, base)
    until, wrong = kept_until(form, day, today(zone_at(day.territory_code)))
    if wrong:
        errors["keep_until"] = wrong
    return Response(_form(base, held=held, errors=errors), 422) if errors else (day, until)


def _enter(code: str, key: str) -> BaseResponse:
    held = found_day(code)
    if not context().library.is_owner(Kind.DAY, held.id, key):
        context().guesses.wrong(network())
        return Response(render("errors/no_day.html", code=code, day=held.day), 403)
    remember_key(code, key)
    return redirect(f"/journee/{code}", 303)


def _blank() -> Day:
    zone = zone_at(request.form.get("territory_code", ""))
    return Day(code="", title="", date=today(zone).isoformat())


def _form(
    day: Day,
    held: Held | None = None,
    message: str = "",
    errors: dict[str, str] | None = None,
    blocked: bool = False,
) -> str:
    told = message or ("Rien n’est enregistré : relisez ce qui suit." if errors else "")
    extra: dict[str, Any] = {"typed": request.form, "territories": TERRITORIES, "errors": errors or {}}
    until = held.item.keep_until if held else None
    return render(
        "pages/day_form.html", surface="home", body={}, day=day, message=told, rows=rows_of(day, request.form),
        code=day.code, revision=held.item.revision if held else 0, field_name=field_name, blocked=blocked,
        until=until.isoformat() if until else "", needs_key=bool(context().create_key) and not held,
        action=versioned(f"/journee/{day.code}/programme" if held else "/journee"), **extra,
    )  # fmt: skip
