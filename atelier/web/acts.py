"""POST /a/CODE/actes: every write of every surface. Size, rate, shape, right, command; then the service."""

import dataclasses
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.domain.commands import Command, Join
from atelier.domain.refusals import Code, Refused
from atelier.domain.values import Actor
from atelier.live.regions import Kind
from atelier.room import Snapshot
from atelier.service import Damaged, ErasureUnfinished, StorageFailed
from atelier.web import identity, sentences
from atelier.web.client_address import network
from atelier.web.context import context
from atelier.web.finding import snapshot_of
from atelier.web.newcomers import is_crowded
from atelier.web.operations import is_op
from atelier.web.parsing import Malformed, command_from
from atelier.web.rendering import render

acts = Blueprint("acts", __name__)

_STATUS = {
    Code.NOT_ALLOWED: 403, Code.NOT_JOINED: 403, Code.OTHER_GROUP: 403, Code.NOT_YOURS: 403,
    Code.UNKNOWN_WORKSHOP: 404, Code.TEXT_EMPTY: 422, Code.TEXT_TOO_LONG: 422, Code.TEXT_UNREADABLE: 422,
    Code.NOT_A_REACH: 422, Code.NOT_A_SETUP: 422, Code.NOT_A_VIEW: 422,
}  # fmt: skip
"""Every other refusal is a 409: right in itself, but not in the state the workshop is in."""

_JOINING = ("command", "op", *(field.name for field in dataclasses.fields(Join)))
"""What a newcomer's form holds: it is asked again from the page that has them wait."""


@acts.post("/a/<code>/actes")
def post(code: str) -> BaseResponse:
    """Take one act; answer when it is durable."""
    here = context()
    command, op = _shaped()
    snapshot = snapshot_of(code)
    by = identity.actor(snapshot.code, snapshot.state, command, request)
    wait_s = here.writes.take(f"{snapshot.code}/{by.id or network()}")
    if wait_s:
        return _too_fast(wait_s)
    if isinstance(command, Join):
        turn_s = _turn(snapshot, by)
        if turn_s:
            return _not_yet(turn_s)
    default = f"/a/{code}" if isinstance(command, Join) else _here(code)
    return settled(snapshot.code, command, by, op, default)


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
    return command_from(request.form), op


def settled(code: str, command: Command, by: Actor, op: str, then: str) -> BaseResponse:
    """Have it done, and say what came of it; a form leads `then` to that page, unless it says which one itself."""
    try:
        position = context().service.handle(code, command, by, op)
    except Refused as refused:
        return refusal(refused, code)
    except ErasureUnfinished:
        return _answer(503, {"message": wording.ERASURE_UNFINISHED}, code)
    except StorageFailed:
        return _answer(503, {"message": sentences.STORAGE_FAILED}, code)
    except Damaged:  # it was whole when it was opened, or there would be no workshop to act in
        return _answer(503, {"message": sentences.DAMAGED_MEANWHILE}, code)
    if wants_json():
        return jsonify(seq=position.seq, head=position.head)
    return redirect(_back(code, then), 303)


def refusal(refused: Refused, code: str) -> BaseResponse:
    """Return a refusal as its medium wants it: JSON for scripts, a page that keeps the text otherwise."""
    sentence = wording.refusal_sentence(refused.code, refused.detail)
    status = _STATUS.get(refused.code, 409)
    return _answer(status, {"refusal": refused.code.value, "message": sentence}, code)


def wants_json() -> bool:
    """Tell whether a script asks, rather than a form."""
    asked = request.headers.get("Accept")  # by our scripts in these very words; sorting takes longer
    return asked == "application/json" or request.accept_mimetypes.best == "application/json"


def _too_fast(wait_s: float) -> BaseResponse:
    wait_ms = int(wait_s * 1000) + 1
    response = _answer(429, {"retry_after_ms": wait_ms, "message": sentences.TOO_FAST}, "")
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


def _answer(status: int, body: dict[str, Any], code: str) -> BaseResponse:
    if wants_json():
        response: BaseResponse = jsonify(body)
        response.status_code = status
        return response
    texts = [request.form[name] for name in ("text", "label", "what", "name") if request.form.get(name)]
    page = render("errors/refusal.html", message=body["message"], texts=texts, back=_back(code, _here(code)))
    return Response(page, status)


def _back(code: str, default: str) -> str:
    wanted = request.form.get("back", "")
    inside = wanted.startswith((f"/a/{code}", f"/animer/{code}")) and "\\" not in wanted and code
    return wanted if inside else default


def _here(code: str) -> str:
    if not code:
        return "/"
    return f"/animer/{code}" if f"/animer/{code}" in (request.referrer or "") else f"/a/{code}"
