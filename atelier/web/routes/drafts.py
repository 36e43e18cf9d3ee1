"""/animer/CODE/brouillons: what is typed on the desk, kept a second after the last key; the other desks see it."""

import re

from flask import Blueprint, Response, jsonify
from werkzeug.wrappers import Response as BaseResponse

from atelier.limits import DRAFT_CHARACTERS, DRAFTS
from atelier.service.drafts import Draft
from atelier.web.http import identity, sentences
from atelier.web.http.context import context
from atelier.web.http.lookup import facilitated
from atelier.web.routes.posted import posted

drafts = Blueprint("drafts", __name__)
_FIELD = re.compile(r"[a-z0-9][A-Za-z0-9_./-]{0,119}")
_DESK = re.compile(r"[A-Za-z0-9_-]{1,40}")


@drafts.get("/animer/<code>/brouillons")
def kept(code: str) -> BaseResponse:
    """Every draft of the workshop, by field."""
    facilitated(code)
    found = context().drafts.of(code)
    return jsonify({field: draft._asdict() for field, draft in found.items()})


@drafts.post("/animer/<code>/brouillons")
def keep(code: str) -> BaseResponse:
    """Keep one field, durably, and tell the other desks."""
    snapshot, here = facilitated(code), context()
    form = posted("field", "desk", "text")
    field, desk, text = (form.get(name, "") for name in ("field", "desk", "text"))
    wait_s = here.writes.take(f"{code}/{identity.facilitator(code).id}/drafts")
    if wait_s:
        return _refused(429, sentences.TOO_FAST)
    if not _FIELD.fullmatch(field) or not _DESK.fullmatch(desk):
        return _refused(400, sentences.MALFORMED)
    there = here.drafts.of(code)
    if len(text) > DRAFT_CHARACTERS or (text and field not in there and len(there) >= DRAFTS):
        return _refused(413, sentences.DRAFT_TOO_LARGE)
    try:
        here.drafts.keep(snapshot.code, field, Draft(text, desk, here.service.now()))
    except OSError:
        return _refused(503, sentences.DRAFT_NOT_KEPT)
    here.drafted(code, {"field": field, "desk": desk, "text": text})
    return jsonify(kept=True)


def _refused(status: int, message: str) -> Response:
    response: Response = jsonify(message=message)
    response.status_code = status
    return response
