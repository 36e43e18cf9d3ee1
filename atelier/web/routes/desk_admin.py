"""What the desk needs beside its live page: the links to keep, keys, the Wi-Fi's QR, the settings, the PDFs."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, send_file
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.access.keys import hash_of, secret_for
from atelier.access.operation_ids import is_op, new_op
from atelier.doctrines.loading import doctrine_of
from atelier.domain import commands as c
from atelier.domain.refusals import Refused
from atelier.domain.selectors import links_left
from atelier.domain.text import clean_optional
from atelier.domain.values import Holder
from atelier.export.api import FILES, LAYOUTS, export_pdf
from atelier.export.failures import ExportFailed
from atelier.export.glyphs import missing, texts_of, undrawn
from atelier.limits import WIFI_CHARACTERS
from atelier.live.regions import Kind
from atelier.runtime.logs import reason
from atelier.service.service import StorageFailed
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, sentences
from atelier.web.http.client_gone import gone
from atelier.web.http.context import context
from atelier.web.http.errors import said
from atelier.web.http.forms import Malformed, UnknownField
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render
from atelier.web.routes.acts import refusal, settled
from atelier.web.routes.home import form_page
from atelier.web.routes.posted import posted
from atelier.web.routes.preparation import posted_setup, setup_from

log = logging.getLogger("atelier.web")

facilitating = Blueprint("facilitating", __name__)
_DOCUMENTS = {"whole": "ensemble", "blank": "vierge"} | {each: each for each in FILES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A secret link as the desk shows it to its facilitator; `own_url` works on the laptop without any network."""

    key: str
    holder: str
    url: str
    own_url: str
    mine: bool


@facilitating.get("/animer/<code>/pret")
def ready(code: str) -> str:
    """« Votre atelier est prêt »: the code, the links to keep, what to do next."""
    snapshot = facilitated(code)
    return _links_page(snapshot)


@facilitating.post("/animer/<code>/cles")
def issue_key(code: str) -> BaseResponse:
    """Make a link for a co-facilitator, or for the wall on another computer."""
    facilitated(code)
    form = posted("op", "holder")
    op, holder = form.get("op", "") or new_op(), form.get("holder", "")
    if not is_op(op) or holder not in set(Holder):
        raise Malformed("not a key")
    secret = secret_for(context().secret, code, op)
    command = c.IssueKey(holder=Holder(holder), key_hash=hash_of(secret))
    return settled(code, command, identity.facilitator(code), op, f"/animer/{code}/pret#liens")


@facilitating.post("/animer/<code>/wifi")
def set_wifi(code: str) -> BaseResponse:
    """Keep the network's name and password in memory, for the QR beside the code; an empty name forgets them."""
    facilitated(code)
    form = posted("ssid", "password")
    password = form.get("password", "")
    try:
        ssid = clean_optional(form.get("ssid", ""), WIFI_CHARACTERS)
        clean_optional(password, WIFI_CHARACTERS)
    except Refused as refused:
        return refusal(refused, code, f"/animer/{code}")
    here = context()
    if ssid:
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
    return form_page(snapshot.state.prepared, action=f"/animer/{code}/reglages", code=code)


@facilitating.post("/animer/<code>/reglages")
def revise(code: str) -> BaseResponse:
    """Take the revised setup."""
    setup = facilitated(code).state.prepared
    action = f"/animer/{code}/reglages"
    try:
        command = c.ReviseSetup(setup=setup_from(posted_setup(), setup))
        context().service.handle(code, command, identity.facilitator(code), new_op())
    except Refused as refused:
        sentence = wording.refusal_sentence(refused.code, refused.detail)
        return Response(form_page(setup, action=action, message=sentence, code=code, refused=refused), 422)
    except UnknownField:
        return Response(form_page(setup, action=action, message=sentences.UNKNOWN_FIELD, code=code), 422)
    except StorageFailed:
        return Response(form_page(setup, action=action, message=sentences.STORAGE_FAILED, code=code), 503)
    return redirect(f"/animer/{code}", 303)


@facilitating.post("/exports/<code>")
def export(code: str) -> BaseResponse:
    """Make a document in another process, and hand it over."""
    forgotten, state = context().forgotten(code), facilitated(code).state
    form = posted("what", "group", "paper", "layout")
    wanted, group, paper = form.get("what", ""), form.get("group", 0, int), form.get("paper", "a3")
    layout = form.get("layout", LAYOUTS[0])
    if wanted not in ("group", *_DOCUMENTS) or paper not in ("a3", "a4") or layout not in LAYOUTS:
        raise Malformed("not an export")
    if wanted == "group" and not 1 <= group <= len(state.groups):
        abort(404)
    here = context()
    try:
        path = export_pdf(
            code, state, doctrine_of(state.prepared), here.service.now(),
            f"groupe-{group}" if wanted == "group" else _DOCUMENTS[wanted], paper, here.config.exports,
            unwanted=gone(), layout=layout,
        )  # fmt: skip
    except ExportFailed as failed:
        log.warning("export.failed", extra={"reason": f"{failed.code}/{reason(failed)}"})
        return said(503, failed.sentence)
    if here.forgotten(code) != forgotten:  # it may hold what was erased while it was made
        path.unlink(missing_ok=True)
        return said(409, sentences.ERASED_MEANWHILE)
    name = path.name.removeprefix(f"atelier-{code}-")
    answer = send_file(path, as_attachment=True, download_name=name, max_age=0)
    if path.suffix == ".pdf":
        boxed = "".join(sorted({sign for text in undrawn(texts_of(state)) for sign in missing(text)}))
        answer.headers["Atelier-Boxed"] = quote(boxed[:40])
    return answer


def _links_page(snapshot: Snapshot) -> str:
    here, code = context(), snapshot.code
    own = identity.facilitator(code).id
    working = [key for key in snapshot.state.keys.values() if not key.revoked]
    ours = [key for key in working if hash_of(secret_for(here.secret, code, key.id)) == key.key_hash]
    links = [_link(key.holder, code, key.id, mine=key.id == own) for key in ours]
    return render(
        "pages/ready.html", surface="home", body={}, code=code, setup=snapshot.state.prepared,
        links=links, own=own, keys_left=links_left(snapshot.state),
        elsewhere=[key for key in working if key not in ours],
        join_url=here.addresses.join(code), spoken_address=here.addresses.spoken(), reach=here.addresses.reach(),
    )  # fmt: skip


def _link(holder: Holder, code: str, key_id: str, *, mine: bool) -> Link:
    here = context()
    page = "animer" if holder is Holder.FACILITATOR else "ecran"
    path = f"/{page}/{code}?cle={secret_for(here.secret, code, key_id)}"
    base, own = here.addresses.base(), here.addresses.own()
    # Without a network the others are shown as they are here: the address is told when there is one.
    room = base + path if base else "" if mine else own + path
    return Link(
        key=key_id, holder=holder.value, mine=mine,
        url=room, own_url=own + path if own and mine else "",
    )  # fmt: skip
