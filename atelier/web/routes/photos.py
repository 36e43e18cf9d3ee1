"""Photos of a group's sheet of paper: for desk and rapporteur alone, by a way of their own beside the forms."""

import hashlib
from collections.abc import Iterable

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.access.operation_ids import is_op, new_op
from atelier.domain.commands import KeepPhoto
from atelier.domain.refusals import Code as Refusal
from atelier.domain.rights import in_phase
from atelier.domain.selectors import rapporteur
from atelier.domain.state import Group
from atelier.domain.values import Actor, Status
from atelier.limits import FORM_BYTES, PHOTO_BYTES
from atelier.live.admission import person_of
from atelier.runtime.concurrency import off_the_loop
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, intake, sentences
from atelier.web.http.context import context
from atelier.web.http.errors import said
from atelier.web.http.forms import UnknownField
from atelier.web.http.lookup import facilitated, snapshot_of
from atelier.web.http.photos import BadPhoto, cleaned
from atelier.web.render.templating import render, versioned
from atelier.web.render.updates import view_of
from atelier.web.routes.acts import answered, done
from atelier.web.routes.posted import of_this_version, posted

photos = Blueprint("photos", __name__)
_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@photos.post("/animer/<code>/saisie/<int:number>/photos")
def keep(code: str, number: int) -> BaseResponse:
    """Keep one photo of that group's sheet, without what a camera wrote into it."""
    state = facilitated(code).state
    if not 1 <= number <= len(state.groups):
        abort(404)
    return _kept(code, number, identity.facilitator(code), f"/animer/{code}/saisie/{number}#photos")


@photos.get("/a/<code>/photos")
def page(code: str) -> BaseResponse:
    """The same for the phone to which the desk gave the notes of its group."""
    snapshot = snapshot_of(code)
    group = _reported(snapshot)
    if group is None:
        return redirect(f"/a/{code}", 303)
    return Response(
        render(
            "pages/photos.html", surface="transcription", code=code, group=group,
            view=view_of(context(), snapshot, "phone"), body={"code": code, "group": group.number},
            writable=in_phase(snapshot.state, KeepPhoto), photos_at="a",
            keep_at=versioned(f"/a/{code}/photos"), back=f"/a/{code}/photos",
        )
    )  # fmt: skip


@photos.post("/a/<code>/photos")
def keep_from_phone(code: str) -> BaseResponse:
    """Keep one photo of the group’s sheet that the rapporteur took."""
    snapshot = snapshot_of(code)
    group = _reported(snapshot)
    if group is None:
        return said(403, wording.refusal_sentence(Refusal.NOT_ALLOWED))
    by = identity.participant(code, snapshot.state)
    return _kept(code, group.number, by, f"/a/{code}/photos")


def _kept(code: str, number: int, by: Actor, page: str) -> BaseResponse:
    # Before the body is read; the second is what werkzeug buffers of it, whatever it is of.
    request.max_content_length = request.max_form_memory_size = PHOTO_BYTES + FORM_BYTES
    try:
        intake.keep_pace(context(), f"{code}/{by.id}")
    except intake.TooFast as early:
        return answered(early, code, page)
    try:
        op, sent = _sent()
        body = off_the_loop(cleaned, sent)
    except BadPhoto as bad:
        return said(413 if str(bad) == sentences.PHOTO_TOO_HEAVY else 422, str(bad))
    command = KeepPhoto(group=number, digest=hashlib.sha256(body).hexdigest())
    try:
        position = context().service.handle(code, command, by, op, body)
    except intake.PROBLEMS as problem:
        return answered(problem, code, page)
    return done(position, code, page)


@photos.get("/animer/<code>/photos/<photo>")
def show(code: str, photo: str) -> Response:
    """One photo; no document of ours, nothing in it may run, and no cache keeps it."""
    return _shown(code, photo, facilitated(code).state.groups)


@photos.get("/a/<code>/photos/<photo>")
def show_on_phone(code: str, photo: str) -> Response:
    """One photo of the group’s, for its rapporteur."""
    group = _reported(snapshot_of(code))
    return _shown(code, photo, (group,) if group else ())


def _reported(snapshot: Snapshot) -> Group | None:
    """Return the group whose rapporteur this browser is, while the workshop is open."""
    state = snapshot.state
    person = person_of(state, identity.visitor(snapshot.code))
    group = state.group(person.group) if person and state.status is Status.OPEN else None
    return group if group and rapporteur(state, group) is person else None


def _shown(code: str, photo: str, groups: Iterable[Group]) -> Response:
    kept = next((group.photos[photo] for group in groups if photo in group.photos), None)
    body = context().service.attachment(code, photo) if kept else None
    if kept is None or body is None or hashlib.sha256(body).hexdigest() != kept.digest:
        abort(404)
    headers = {
        "Content-Security-Policy": _POLICY,
        "Content-Disposition": 'inline; filename="fiche.jpg"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return Response(body, mimetype="image/jpeg", headers=headers, direct_passthrough=True)


def _sent() -> tuple[str, bytes]:
    """Return the operation id of the form and the bytes of its file. Raises BadPhoto or UnknownField."""
    try:
        files, op = request.files, posted("op").get("op", "")
    except RequestEntityTooLarge:
        raise BadPhoto(sentences.PHOTO_TOO_HEAVY) from None
    if set(files) - {"photo"} and of_this_version():
        raise UnknownField(request.path)
    if "photo" not in files:
        raise BadPhoto(sentences.PHOTO_UNREADABLE)
    return op if is_op(op) else new_op(), files["photo"].read(PHOTO_BYTES + 1)
