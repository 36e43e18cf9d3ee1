"""`/`: join with a code, or prepare a workshop; the workshops that this browser facilitates."""

import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.access.keys import hash_of, new_key_id, secret_for
from atelier.doctrines.loading import default_setup, doctrine_of
from atelier.domain.codes import normal_code
from atelier.domain.moves import taken_from
from atelier.domain.refusals import Refused
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop
from atelier.domain.territories import COLLECTIVITIES, DEPARTEMENTS, without_accents
from atelier.domain.values import Phase
from atelier.local_time import STARTS, today, zone_at, zone_of
from atelier.service.service import Damaged, Full, StorageFailed, UnknownWorkshop
from atelier.web.http import identity, kept_results, sentences
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.days import is_day, own_days
from atelier.web.http.errors import said
from atelier.web.http.forms import UnknownField
from atelier.web.http.intake import sentence_of
from atelier.web.http.lookup import glimpse_of
from atelier.web.http.sheets import chosen
from atelier.web.render.templating import render, versioned
from atelier.web.routes.endings import announcement, date_doubts, others_that_end, set_aside
from atelier.web.routes.preparation import dated, fields_of, posted_setup, setup_from
from atelier.web.routes.preparation_errors import field_errors, field_name
from atelier.web.routes.recovery import lost

home = Blueprint("home", __name__)
DOCTRINE = "articulation"
COPIED, FOLLOWED, KEPT, SHEET = "modele", "suite", "resultats", "fiche"
"""By these the address of the form names a workshop: its settings are copied; its results, or those that were kept of
one, are what this one follows. `SHEET`: another doctrine."""
TERRITORIES = {
    "Départements": sorted(DEPARTEMENTS.items(), key=lambda pair: without_accents(pair[1])),
    "Autres territoires d’outre-mer": sorted(COLLECTIVITIES.items(), key=lambda pair: pair[1]),
}
"""For the form, by their names: code and name."""


@home.get("/")
def index() -> str:
    """The front door."""
    mine = _facilitated()
    known = {each["code"] for each in mine}
    return render(
        "pages/home.html", surface="home", body={}, mine=mine, typed="", doubts=date_doubts(),
        others=others_that_end(known), aside=set_aside(), lost=lost(known), days=own_days(),
    )  # fmt: skip


@home.get("/rejoindre")
def join_by_code() -> BaseResponse:
    """The code as people type it leads to its door."""
    typed = normal_code(request.args.get("code", ""))
    if is_day(typed):
        return redirect(f"/j/{typed}", 303)
    glimpse_of(typed)
    return redirect(f"/r/{typed}", 303)


@home.get("/preparer")
def prepare() -> BaseResponse:
    """The preparation form, blank or modelled on a workshop that this browser facilitates."""
    if bar := barred():
        return Response(_form(_model(), message=bar, blocked=True), 403)
    identity.greet()
    return Response(_form(_model()))


@home.post("/preparer")
def create() -> BaseResponse:
    """Prepare the workshop, and become its first facilitator."""
    model = _model()
    if bar := barred():
        return Response(_form(model, message=bar, blocked=True), 403)
    if not create_key_right():
        return create_key_wrong(lambda told: _form(model, message=told))
    if not identity.keeps_cookies():
        return _unkept(model)
    try:
        code = create_workshop(setup_from(posted_setup(), model))
    except (Refused, UnknownField, StorageFailed) as error:
        status, sentence = _why_not(error)
        return Response(_form(model, message=sentence, refused=error), status)
    return redirect(f"/animer/{code}/pret", 303)


def _why_not(error: Exception) -> tuple[int, str]:
    if isinstance(error, Refused):
        return 422, wording.refusal_sentence(error.code, error.detail)
    if isinstance(error, UnknownField):
        return 422, sentences.UNKNOWN_FIELD
    return 503, sentences.FULL if isinstance(error, Full) else sentence_of(error)


def _unkept(model: Setup) -> BaseResponse:
    """Refuse a browser that keeps no cookie: the workshop would be nobody's. What was typed comes back."""
    identity.greet()  # who only came without opening the form passes the next time
    return Response(_form(model, message=sentences.COOKIES_REFUSED), 403)


def create_workshop(setup: Setup) -> str:
    """Prepare `setup` and remember its key in this browser; return the code."""
    here = context()
    key_id = new_key_id()
    created = here.service.create(setup, key_id, lambda code: hash_of(secret_for(here.secret, code, key_id)))
    identity.remember("keys", created, key_id)
    return created


def _form(setup: Setup, message: str = "", blocked: bool = False, refused: Exception | None = None) -> str:
    names = (COPIED, FOLLOWED, KEPT, SHEET)
    copied = {name: request.args[name] for name in names if request.args.get(name)}
    query = f"?{urlencode(copied)}" if copied else ""
    return form_page(setup, action=f"/preparer{query}", message=message, blocked=blocked, refused=refused)


def form_page(
    setup: Setup,
    *,
    action: str,
    message: str = "",
    blocked: bool = False,
    code: str = "",
    refused: Exception | None = None,
) -> str:
    """Return the preparation form; what was typed comes back with `message`, and what is wrong beside its field."""
    extra: dict[str, Any] = {"typed": request.form, "territories": TERRITORIES, "phases": list(Phase)}
    copied = None if code else _known(COPIED)
    extra["copy_of"] = copied.prepared.title if copied else ""
    extra["followable"] = [] if code else [*_facilitated(), *_kept()]
    extra |= fields_of(setup) | {"doctrine": doctrine_of(setup), "field_name": field_name}
    extra["errors"] = _errors(message, refused)
    extra["starts"] = STARTS
    extra["at_sheet"] = any(name.startswith(("line-", "free_lines")) for name in extra["errors"])
    return render(
        "pages/prepare.html", surface="home", body={}, action=versioned(action), message=message,
        blocked=blocked, code=code, needs_key=bool(context().create_key) and not code, **extra,
    )  # fmt: skip


def _errors(message: str, refused: Exception | None) -> dict[str, str]:
    if message == sentences.CREATE_KEY_WRONG:
        return {"create_key": message}
    return field_errors(request.form, refused) if isinstance(refused, Refused) else {}


def _model() -> Setup:
    """Return what the form begins with, on the day that it is in its territory."""
    followed, told = _known(FOLLOWED), request.form.get("territory_code")
    source = followed or _known(COPIED)
    copied = source.prepared if source else None
    zone = (
        zone_of(copied) if copied and told is None else zone_at(told or "", request.form.get("territory", ""))
    )
    if copied is None:
        return _after_kept(default_setup(chosen(request.args.get(SHEET) or DOCTRINE), today(zone)))
    taken = taken_from(followed, doctrine_of(copied)) if followed else None
    return replace(dated(copied, today(zone)), previous=taken)


def _after_kept(setup: Setup) -> Setup:
    """Return `setup` as it follows the kept results that the address names, where this browser owns them."""
    ident = request.args.get(KEPT, "")
    if not ident or not kept_results.owns(ident):
        return setup
    _, previous = kept_results.kept(ident)
    return replace(setup, territory_code=previous.territory_code, previous=previous)


def _known(argument: str) -> Workshop | None:
    """Return the workshop that the address names, where this browser facilitates it."""
    code = request.args.get(argument, "")
    state = glimpse_of(code).state if code else None
    return state if state and state.setup and identity.facilitates(code, state) else None


def barred() -> str:
    """Return why nobody may create a workshop from here, empty when they may."""
    if context().config.unsigned:
        return sentences.UNSIGNED
    return "" if _may_create() else sentences.CREATE_ELSEWHERE


def _may_create() -> bool:
    config = context().config
    if config.hosted or config.lan_create or context().create_key:
        return True
    return ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - no address, no right


def create_key_right() -> bool:
    """Tell whether the form says the creation key, where one is needed. Raises TooMany to those who guess."""
    wanted = context().create_key
    if not wanted:
        return True
    context().guesses.create_keys.wait(network())
    return hmac.compare_digest(wanted.encode(), request.form.get("create_key", "").encode())


def create_key_wrong(form: Callable[[str], str]) -> BaseResponse:
    """Give the form back with what was typed; to those who guess a sentence, which costs nothing."""
    guesses = context().guesses.create_keys
    guesses.failed(network())
    if guesses.pause_s(network()):
        return said(403, sentences.CREATE_KEY_WRONG)
    return Response(form(sentences.CREATE_KEY_WRONG), 403)


def _facilitated() -> list[dict[str, str]]:
    found = []
    for code in reversed(list(session.get("keys", {}))):
        try:
            state = context().service.look(code).state
        except (UnknownWorkshop, Damaged, StorageFailed):
            continue
        if identity.facilitates(code, state):
            setup = state.prepared
            words = {"title": setup.title, "place": setup.place, "date": setup.date}
            found.append(
                {"code": code, "status": wording.STATUSES[state.status], "ends": announcement(state)} | words
            )
    return found


def _kept() -> list[dict[str, str]]:
    """Return the results without names that this browser owns, as the list of what may be followed has them."""
    return [
        {"kept": ident, "title": f"Résultats gardés, {previous.title}", "place": "", "date": previous.date}
        for ident, previous in kept_results.mine()
    ]
