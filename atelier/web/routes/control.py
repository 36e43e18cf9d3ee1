"""Control API for the command line, from this machine only, since a journal has one writer."""

import hmac

from flask import Blueprint, Response, abort, jsonify, request

from atelier import wording
from atelier.access.keys import hash_of, new_key_id, secret_for
from atelier.domain import commands as c
from atelier.domain.values import Holder
from atelier.runtime.control import HEADER
from atelier.service.service import HOST, UnknownWorkshop
from atelier.web.http.context import context
from atelier.web.routes.posted import posted

local = Blueprint("local", __name__, url_prefix="/local")


@local.before_request
def only_the_command_line() -> None:
    """Refuse whoever does not hold the token of the file beside the journals. Forwarded requests are never ours."""
    token = context().local_token
    given = request.headers.get(HEADER, "")
    forwarded = any(name.lower().startswith(("x-forwarded", "forwarded")) for name, _ in request.headers)
    if not token or forwarded or not hmac.compare_digest(given.encode(), token.encode()):
        abort(404)


@local.post("/lien")
def link() -> Response:
    """Make a facilitator's link for a workshop that lost its own."""
    here, code = context(), posted("code").get("code", "")
    key_id = new_key_id()
    secret = secret_for(here.secret, code, key_id)
    try:
        with here.service.visit(code):
            here.service.handle(
                code,
                c.IssueKey(holder=Holder.FACILITATOR, key_hash=hash_of(secret), name=wording.LINK_TYPED),
                HOST,
                key_id,
            )
    except UnknownWorkshop:
        return _unknown(code)
    return jsonify(path=f"/animer/{code}?cle={secret}")


@local.post("/purge")
def purge() -> Response:
    """Erase one workshop."""
    here, code = context(), posted("code").get("code", "")
    if code not in here.service.codes() and not here.records.quarantine.holds(code):
        return _unknown(code)
    try:
        here.erase(code)
    except OSError:
        return _refused(503, wording.ERASURE_UNFINISHED)
    return jsonify(erased=[code])


def _unknown(code: str) -> Response:
    return _refused(404, f"Aucun atelier n’a le code « {code} ».")


def _refused(status: int, message: str) -> Response:
    answer = jsonify(message=message)
    answer.status_code = status
    return answer
