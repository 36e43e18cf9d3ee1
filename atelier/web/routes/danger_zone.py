"""Danger zone: reset and erasure, irreversible, confirmed by typing the code."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier import wording
from atelier.access.operation_ids import new_op
from atelier.domain import commands as c
from atelier.domain.codes import normal_code
from atelier.domain.values import Status
from atelier.service.service import StorageFailed
from atelier.web.http import identity, sentences
from atelier.web.http.context import context
from atelier.web.http.errors import erased_page, said
from atelier.web.http.lookup import facilitated
from atelier.web.routes.acts import settled
from atelier.web.routes.posted import posted

ending = Blueprint("ending", __name__)


@ending.post("/animer/<code>/remettre-a-zero")
def reset(code: str) -> BaseResponse:
    """Blank sheets and nobody there, after a rehearsal."""
    facilitated(code)
    if not _copied(code):
        return _asked_again(code, "reset")
    return settled(code, c.ResetWorkshop(), identity.facilitator(code), new_op(), f"/animer/{code}")


@ending.post("/animer/<code>/effacer")
def erase(code: str) -> BaseResponse:
    """Erase the whole workshop, once it is closed."""
    snapshot = facilitated(code)
    if snapshot.state.status is Status.OPEN:
        return said(409, sentences.STILL_OPEN)
    if not _copied(code):
        return _asked_again(code, "erase")
    try:
        context().erase(code)
    except (OSError, StorageFailed):
        return said(503, wording.ERASURE_UNFINISHED)
    return Response(erased_page(code))


def _copied(code: str) -> bool:
    return normal_code(posted("code").get("code", "")) == code


def _asked_again(code: str, what: str) -> BaseResponse:
    """Back to the desk's panel, which says so beside the field."""
    return redirect(f"/animer/{code}?recopier={what}#clore", 303)
