"""« Retrouver mon lien »: a facilitator's link made again without a terminal, on the computer that serves."""

from typing import Any

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.keys import hash_of, new_key_id, secret_for
from atelier.domain import commands as c
from atelier.domain.refusals import Refused
from atelier.domain.values import Holder
from atelier.limits import LOST_LISTED
from atelier.service.service import HOST, Damaged, StorageFailed, UnknownWorkshop
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.this_machine import asked_at_this_machine
from atelier.web.routes.acts import refusal
from atelier.web.routes.posted import posted
from atelier.wording import LINK_FOUND

recovery = Blueprint("recovery", __name__)


@recovery.post("/retrouver")
def recover() -> BaseResponse:
    """Make this browser a facilitator of a workshop again."""
    here, code = context(), posted("code").get("code", "")
    if not asked_at_this_machine():
        abort(403)
    key_id = new_key_id()
    key_hash = hash_of(secret_for(here.secret, code, key_id))
    try:
        with here.service.visit(code):
            here.service.handle(
                code,
                c.IssueKey(holder=Holder.FACILITATOR, key_hash=key_hash, name=LINK_FOUND, opened=True),
                HOST,
                key_id,
            )
    except UnknownWorkshop:
        abort(404)
    except Refused as refused:
        return refusal(refused, code, "/")
    identity.remember("keys", code, key_id)
    return redirect(f"/animer/{code}", 303)


def lost(known: set[str]) -> list[dict[str, Any]]:
    """Return the workshops of this computer that are not in `known`, latest first: for whoever sits at it."""
    found = []
    for code in context().service.codes()[:LOST_LISTED] if asked_at_this_machine() else ():
        if code in known:
            continue
        try:
            setup = context().service.look(code).state.prepared
        except (UnknownWorkshop, Damaged, StorageFailed):
            continue
        found.append({"code": code, "title": setup.title, "place": setup.place, "date": setup.date})
    return sorted(found, key=lambda each: each["date"], reverse=True)
