"""POST /a/CODE/actes and /animer/CODE/actes: what `intake` says, as JSON for scripts and as pages for forms."""

import dataclasses
import re
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.domain.commands import Command, Join
from atelier.domain.refusals import Code, Refused
from atelier.domain.values import Actor
from atelier.service.service import Position
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, intake
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.lookup import snapshot_of
from atelier.web.render.templating import render
from atelier.web.routes.questions import asked_first

acts = Blueprint("acts", __name__)

_TYPED = ("text", "label", "what", "name", "ssid", "retour")
"""What people write into forms: the names of their fields, or what those begin with before a dot."""

_JOINING = ("command", "op", *(field.name for field in dataclasses.fields(Join)))
"""What a newcomer's form holds: it is asked again from the page that has them wait."""


@acts.post("/a/<code>/actes")
def post_from_phone(code: str) -> BaseResponse:
    """Take one act of this browser's participant."""
    return _taken(code, f"/a/{code}", partial(intake.on_a_phone, identity.visitor(code)))


@acts.post("/animer/<code>/actes")
def post_from_desk(code: str) -> BaseResponse:
    """Take one act of this browser's facilitator."""
    return _taken(code, f"/animer/{code}", lambda state, command: identity.facilitator(code))


def _taken(code: str, page: str, author: intake.Author) -> BaseResponse:
    """Answer when the act is durable; who acts is said by the address, never by what else the request claims."""
    try:
        asked = intake.shaped(request.form, request.args.get("version"))
    except intake.Malformed as problem:
        return answered(problem, code, page)
    return taken(snapshot_of(code), author, asked, page)


def taken(snapshot: Snapshot, author: intake.Author, asked: tuple[Command, str], page: str) -> BaseResponse:
    """Have an act done that people send, within the limits of all of them, and say what came of it; as `settled`."""
    try:
        position = intake.taken(context(), snapshot, author, network, asked)
    except intake.PROBLEMS as problem:
        return answered(problem, snapshot.code, page)
    return done(position, snapshot.code, page)


def settled(code: str, command: Command, by: Actor, op: str, page: str) -> BaseResponse:
    """Have it done, and say what came of it; a form leads to `page`, unless it says itself where to."""
    try:
        position = context().service.handle(code, command, by, op)
    except intake.PROBLEMS as problem:
        return answered(problem, code, page)
    return done(position, code, page)


def done(position: Position, code: str, page: str) -> BaseResponse:
    """Say that an act is done, as its medium wants it; a form leads to `page`, unless it says itself where to."""
    if wants_json():
        return jsonify(seq=position.seq, head=position.head)
    return redirect(_back(code, page), 303)


def answered(problem: Exception, code: str, page: str) -> BaseResponse:
    """Say why an act was not done, as its medium wants it."""
    match problem:
        case Refused():
            return refusal(problem, code, page)
        case intake.Unidentified():
            return unknown_browser(code, page)
        case intake.NotYet():
            return _not_yet(problem)
    response = _answer(*intake.told(problem), code, page)
    if isinstance(problem, intake.TooFast):
        response.headers["Retry-After"] = str(max(1, round(problem.wait_s)))
    return response


def refusal(refused: Refused, code: str, page: str) -> BaseResponse:
    """Return a refusal as its medium wants it: JSON for scripts, a page that keeps the text or asks otherwise."""
    if not wants_json():
        if refused.code is Code.MOVED_ON:
            return redirect(_back(code, page), 303)
        if refused.code is Code.LEAVES_EARLY:
            return asked_first(code, _back(code, page))
    return _answer(*intake.told(refused), code, page)


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
    return Response(html, intake.STATUS[refused.code])


def wants_json() -> bool:
    """Tell whether a script asks, rather than a form."""
    asked = request.headers.get("Accept")  # by our scripts in these very words; sorting takes longer
    return asked == "application/json" or request.accept_mimetypes.best == "application/json"


def _not_yet(problem: intake.NotYet) -> BaseResponse:
    status, body = intake.told(problem)
    if wants_json():
        response: BaseResponse = jsonify(body)
    else:
        fields = {name: request.form[name] for name in _JOINING if name in request.form}
        wait_ms = body["retry_after_ms"]
        page = render("errors/wait.html", message=problem.sentence, fields=fields, wait_ms=wait_ms)
        response = Response(page)
    response.status_code = status
    response.headers["Retry-After"] = str(-(-body["retry_after_ms"] // 1000))
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
    return [text for name, text in request.form.items() if text and name.partition(".")[0] in _TYPED]


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
