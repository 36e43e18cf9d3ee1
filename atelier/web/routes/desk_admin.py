"""Desk administration, beside its live page: the Wi-Fi's QR, the address, the settings, the PDFs."""

import logging
from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, Response, abort, jsonify, redirect, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.access.operation_ids import is_op, new_op
from atelier.doctrines.loading import doctrine_of
from atelier.domain import commands as c
from atelier.domain.refusals import Refused
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop
from atelier.domain.text import clean_optional
from atelier.export.api import A_GROUP, BEFORE, FILES, LAYOUTS, boxed, export_pdf, photos_for
from atelier.export.failures import ExportFailed
from atelier.export.kit import Entry
from atelier.export.progress import standing
from atelier.limits import WIFI_CHARACTERS
from atelier.live.regions import Kind
from atelier.runtime.concurrency import off_the_loop
from atelier.runtime.logs import reason
from atelier.service.service import StorageFailed
from atelier.web.http import identity, sentences
from atelier.web.http.client_gone import gone
from atelier.web.http.context import context
from atelier.web.http.errors import said
from atelier.web.http.forms import Malformed, UnknownField
from atelier.web.http.intake import sentence_of
from atelier.web.http.lookup import facilitated
from atelier.web.routes.acts import refusal
from atelier.web.routes.home import form_page
from atelier.web.routes.posted import posted
from atelier.web.routes.preparation import posted_setup, setup_from

log = logging.getLogger("atelier.web")

facilitating = Blueprint("facilitating", __name__)
_DOCUMENTS = {"whole": "ensemble"} | {each: each for each in (*FILES, *BEFORE)}


@facilitating.post("/animer/<code>/wifi")
def set_wifi(code: str) -> BaseResponse:
    """Keep the network's name and password in memory, for the QR beside the code; an empty name forgets them."""
    facilitated(code)
    form = posted("ssid", "password")
    # A phone joins by these very letters: they are checked, never made typographic.
    ssid, password = form.get("ssid", "").strip(), form.get("password", "")
    try:
        named = clean_optional(ssid, WIFI_CHARACTERS)
        clean_optional(password, WIFI_CHARACTERS)
    except Refused as refused:
        return refusal(refused, code, f"/animer/{code}")
    here = context()
    if named:
        here.wifi[code] = (ssid, password)
    else:
        here.wifi.pop(code, None)
    here.touched(code, Kind.WALL)
    return redirect(f"/animer/{code}#inviter", 303)


@facilitating.post("/animer/<code>/adresse")
def choose_address(code: str) -> BaseResponse:
    """Put another address of this machine into the QR code, on every wall; an empty one lets it find the best again."""
    facilitated(code)
    here, form = context(), posted("address")
    try:
        here.addresses.choose(form.get("address", ""))
    except LookupError:
        return said(409, sentences.ADDRESS_GONE)
    here.readdressed()
    return redirect(f"/animer/{code}#inviter", 303)


@facilitating.get("/animer/<code>/reglages")
def settings(code: str) -> str:
    """The preparation form again, until the first phase opens."""
    snapshot = facilitated(code)
    return form_page(_settings(snapshot.state), action=f"/animer/{code}/reglages", code=code)


def _settings(state: Workshop) -> Setup:
    """Return the setup with what the desk changed of it since."""
    return replace(state.prepared, answers_first=state.answers_first)


@facilitating.post("/animer/<code>/reglages")
def revise(code: str) -> BaseResponse:
    """Take the revised setup."""
    setup = _settings(facilitated(code).state)
    action = f"/animer/{code}/reglages"
    try:
        command = c.ReviseSetup(setup=setup_from(posted_setup(), setup))
        context().service.handle(code, command, identity.facilitator(code), new_op())
    except Refused as refused:
        sentence = wording.refusal_sentence(refused.code, refused.detail)
        return Response(form_page(setup, action=action, message=sentence, code=code, refused=refused), 422)
    except UnknownField:
        return Response(form_page(setup, action=action, message=sentences.UNKNOWN_FIELD, code=code), 422)
    except StorageFailed as failed:
        return Response(form_page(setup, action=action, message=sentence_of(failed), code=code), 503)
    return redirect(f"/animer/{code}", 303)


@facilitating.get("/exports/<code>/attente")
def waiting(code: str) -> BaseResponse:
    """How far the document of a ticket is: who waits before it, which part of an archive is being made."""
    facilitated(code)
    found = standing(request.args.get("ticket", ""))
    return jsonify(
        None if found is None else {"before": found.before, "made": found.made, "parts": found.parts}
    )


@facilitating.post("/exports/<code>")
def export(code: str) -> BaseResponse:
    """Make a document in another process, and hand it over."""
    forgotten, state = context().forgotten(code), facilitated(code).state
    form = posted("what", "group", "paper", "layout", "ticket", "starts")
    wanted, paper = _wanted(form.get("what", ""), form.get("group", 0, int), state), form.get("paper", "a3")
    layout, ticket = form.get("layout", LAYOUTS[0]), form.get("ticket", "")
    if paper not in ("a3", "a4") or layout not in LAYOUTS:
        raise Malformed("not an export")
    here = context()
    try:
        path = export_pdf(
            code, state, doctrine_of(state.prepared), here.service.now(),
            wanted, paper, here.config.exports,
            unwanted=gone(), layout=layout, ticket=ticket if is_op(ticket) else "", publisher=here.config.publisher,
            entry=Entry(url=here.addresses.join(code), spoken=here.addresses.spoken()), starts=form.get("starts", ""),
            photos=photos_for(here.service, code, state, wanted),
        )  # fmt: skip
    except ExportFailed as failed:
        log.warning("export.failed", extra={"reason": f"{failed.code}/{reason(failed)}"})
        return said(503, failed.sentence)
    told = wording.boxed_text(off_the_loop(boxed, state, wanted)[:40])
    if here.forgotten(code) != forgotten:  # it may hold what was erased while it was made
        path.unlink(missing_ok=True)
        return said(409, sentences.ERASED_MEANWHILE)
    name = path.name.removeprefix(f"atelier-{code}-")
    answer = send_file(path, as_attachment=True, download_name=name, max_age=0)
    answer.headers["Atelier-Boxed"] = quote(told)
    return answer


def _wanted(what: str, group: int, state: Workshop) -> str:
    """Return the document that the form names, of one group where it says which. Raises Malformed."""
    if what not in ("group", *_DOCUMENTS):
        raise Malformed("not an export")
    if what == "group" or (group and what in A_GROUP):
        if not 1 <= group <= len(state.groups):
            abort(404)
        return f"{'groupe' if what == 'group' else what}-{group}"
    return _DOCUMENTS[what]
