"""Photos of a group's sheet of paper: for the desk alone, by a way of their own beside the forms."""

import hashlib

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.operation_ids import is_op, new_op
from atelier.domain.commands import KeepPhoto
from atelier.limits import FORM_BYTES, PHOTO_BYTES
from atelier.runtime.concurrency import off_the_loop
from atelier.web.http import identity, intake, sentences
from atelier.web.http.context import context
from atelier.web.http.errors import said
from atelier.web.http.forms import UnknownField
from atelier.web.http.lookup import facilitated
from atelier.web.http.photos import BadPhoto, cleaned
from atelier.web.routes.acts import answered, done
from atelier.web.routes.posted import of_this_version, posted

photos = Blueprint("photos", __name__)
_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@photos.post("/animer/<code>/saisie/<int:number>/photos")
def keep(code: str, number: int) -> BaseResponse:
    """Keep one photo of that group's sheet, without what a camera wrote into it."""
    # Before the body is read; the second is what werkzeug buffers of it, whatever it is of.
    request.max_content_length = request.max_form_memory_size = PHOTO_BYTES + FORM_BYTES
    state, by = facilitated(code).state, identity.facilitator(code)
    if not 1 <= number <= len(state.groups):
        abort(404)
    page = f"/animer/{code}/saisie/{number}#photos"
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
    groups = facilitated(code).state.groups
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
