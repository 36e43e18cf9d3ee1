"""POST /a/CODE/actes and /animer/CODE/actes: every write. Size, rate, shape, right, command; then the service."""

import dataclasses
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.access.operation_ids import is_op
from atelier.domain.commands import Command, Join
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Role
from atelier.live.regions import Kind
from atelier.service.service import Damaged, ErasureUnfinished, StorageFailed
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, sentences
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.forms import Malformed, UnknownField, command_from
from atelier.web.http.lookup import snapshot_of
from atelier.web.http.newcomers import is_crowded
from atelier.web.render.templating import render
from atelier.web.routes.posted import of_this_version
from atelier.web.routes.questions import asked_first

acts = Blueprint("acts", __name__)

_STATUS = {
    Code.NOT_ALLOWED: 403, Code.NO_IDENTITY: 403, Code.NOT_JOINED: 403, Code.OTHER_GROUP: 403, Code.NOT_YOURS: 403,
    Code.UNKNOWN_WORKSHOP: 404, Code.TEXT_EMPTY: 422, Code.TEXT_TOO_LONG: 422, Code.TEXT_UNREADABLE: 422,
    Code.NOT_A_REACH: 422, Code.NOT_A_DATE: 422, Code.NOT_A_SETUP: 422, Code.NOT_A_VIEW: 422,
}  # fmt: skip
"""Every other refusal is a 409: right in itself, but not in the state the workshop is in."""
_ENVELOPE = frozenset({"command", "op", "back"})
"""What a form holds besides the fields of its command."""

_TYPED = ("text", "label", "what", "name", "ssid", "retour")
"""What people write into forms."""

_JOINING = ("command", "op", *(field.name for field in dataclasses.fields(Join)))
"""What a newcomer's form holds: it is asked again from the page that has them wait."""


@acts.post("/a/<code>/actes")
def post_from_phone(code: str) -> BaseResponse:
    """Take one act of this browser's participant."""
    return _taken(code, f"/a/{code}", partial(identity.on_a_phone, code))


@acts.post("/animer/<code>/actes")
def post_from_desk(code: str) -> BaseResponse:
    """Take one act of this browser's facilitator."""
    return _taken(code, f"/animer/{code}", lambda state, command: identity.facilitator(code))


def _taken(code: str, page: str, author: Callable[[Workshop, Command], Actor]) -> BaseResponse:
    """Answer when the act is durable; who acts is said by the address, never by what else the request claims."""
    try:
        command, op = _shaped()
    except Malformed as malformed:
        unknown = isinstance(malformed, UnknownField)
        sentence = sentences.UNKNOWN_FIELD if unknown else sentences.MALFORMED
        return misread(sentence, code, page)
    snapshot = snapshot_of(code)
    by = author(snapshot.state, command)
    wait_s = context().writes.take(f"{snapshot.code}/{by.id or network()}")
    if wait_s:
        return _too_fast(wait_s, code, page)
    if not by.id and by.role is not Role.FACILITATOR:
        return unknown_browser(code, page)
    if isinstance(command, Join):
        turn_s = _turn(snapshot, by)
        if turn_s:
            return _not_yet(turn_s)
    return settled(snapshot.code, command, by, op, page)


def _turn(snapshot: Snapshot, by: Actor) -> float:
    """Return the seconds until a newcomer may come in; 0 for whoever was here before, and where there is no crowd."""
    if by.id in snapshot.state.people or not is_crowded(snapshot.state):
        return 0.0
    here = context()
    wait_s = here.waiting_room.wait(snapshot.code, by.id or network())
    if wait_s:
        here.touched(snapshot.code, Kind.PEOPLE)
    return wait_s


def _shaped() -> tuple[Command, str]:
    op = request.form.get("op", "")
    if not is_op(op):
        raise Malformed("no operation id")
    return command_from(request.form, _ENVELOPE if of_this_version() else None), op


def settled(code: str, command: Command, by: Actor, op: str, page: str) -> BaseResponse:
    """Have it done, and say what came of it; a form leads to `page`, unless it says itself where to."""
    try:
        position = context().service.handle(code, command, by, op)
    except Refused as refused:
        return refusal(refused, code, page)
    except ErasureUnfinished:
        return _answer(503, {"message": wording.ERASURE_UNFINISHED}, code, page)
    except StorageFailed:
        return _answer(503, {"message": sentences.STORAGE_FAILED}, code, page)
    except Damaged:  # it was whole when it was opened, or there would be no workshop to act in
        return _answer(503, {"message": sentences.DAMAGED_MEANWHILE}, code, page)
    if wants_json():
        return jsonify(seq=position.seq, head=position.head)
    return redirect(_back(code, page), 303)


def refusal(refused: Refused, code: str, page: str) -> BaseResponse:
    """Return a refusal as its medium wants it: JSON for scripts, a page that keeps the text or asks otherwise."""
    if not wants_json():
        if refused.code is Code.MOVED_ON:
            return redirect(_back(code, page), 303)
        if refused.code is Code.LEAVES_EARLY:
            return asked_first(code, _back(code, page))
    sentence = wording.refusal_sentence(refused.code, refused.detail)
    status = _STATUS.get(refused.code, 409)
    return _answer(status, {"refusal": refused.code.value, "message": sentence}, code, page)


def unknown_browser(code: str, page: str) -> BaseResponse:
    """Refuse a browser without an identity here: one that keeps no cookie, or that did not come by the door."""
    if identity.keeps_cookies():
        return refusal(Refused(Code.NOT_JOINED), code, f"/r/{code}")
    refused = Refused(Code.NO_IDENTITY)
    if wants_json():
        return refusal(refused, code, page)
    html = render(
        "errors/no_cookie.html",
        message=wording.refusal_sentence(refused.code),
        texts=[] if request.form.get("command") == "join" else _texts(),
        code=code,
        spoken_address=context().addresses.spoken() or request.host,
    )
    return Response(html, _STATUS[refused.code])


def wants_json() -> bool:
    """Tell whether a script asks, rather than a form."""
    asked = request.headers.get("Accept")  # by our scripts in these very words; sorting takes longer
    return asked == "application/json" or request.accept_mimetypes.best == "application/json"


def _too_fast(wait_s: float, code: str, page: str) -> BaseResponse:
    wait_ms = int(wait_s * 1000) + 1
    response = _answer(429, {"retry_after_ms": wait_ms, "message": sentences.TOO_FAST}, code, page)
    response.headers["Retry-After"] = str(max(1, round(wait_s)))
    return response


def _not_yet(wait_s: float) -> BaseResponse:
    wait_ms = int(wait_s * 1000) + 1
    if wants_json():
        response: BaseResponse = jsonify(retry_after_ms=wait_ms, message=sentences.CROWD)
    else:
        fields = {name: request.form[name] for name in _JOINING if name in request.form}
        page = render("errors/wait.html", message=sentences.CROWD, fields=fields, wait_ms=wait_ms)
        response = Response(page)
    response.status_code = 429
    response.headers["Retry-After"] = str(-(-wait_ms // 1000))
    return response


def misread(sentence: str, code: str, page: str) -> BaseResponse:
    """Refuse a form that is none of ours as it stands; what was typed is given back."""
    return _answer(400, {"message": sentence}, code, page)


def _answer(status: int, body: dict[str, Any], code: str, page: str) -> BaseResponse:
    if wants_json():
        response: BaseResponse = jsonify(body)
        response.status_code = status
        return response
    html = render("errors/refusal.html", message=body["message"], texts=_texts(), back=_back(code, page))
    return Response(html, status)


def _texts() -> list[str]:
    """Return what was typed, so that the page gives it back."""
    return [request.form[name] for name in _TYPED if request.form.get(name)]


def _back(code: str, page: str) -> str:
    """Return where a form wants to lead if that is a page of this workshop, and fits into a header; else `page`."""
    wanted = request.form.get("back", "")
    inside = re.fullmatch(rf"/(?:a|r|animer)/{re.escape(code)}(?:[/?#][!-\[\]-~]{{0,200}})?", wanted)
    return _at_card(code, wanted if inside else page)


def _at_card(code: str, page: str) -> str:
    """Return the address of a phone's page with the card open that one was at; without scripts it comes folded."""
    card = request.form.get("action", "") or _action_of(code, request.form.get("initiative", ""))
    path, _, place = page.partition("#")
    if (
        not path.startswith("/a/")
        or not re.fullmatch(r"[\w-]{1,40}", card)
        or place not in ("", f"card-{card}")
    ):
        return page
    return f"{path}{'&' if '?' in path else '?'}carte={card}#card-{card}"


def _action_of(code: str, initiative: str) -> str:
    """Return the action under which an initiative stands, "" when there is none."""
    groups = snapshot_of(code).state.groups if initiative else ()
    lines = (line for group in groups for line in group.lines.values() if initiative in line.initiatives)
    return next((line.action.id for line in lines), "")
