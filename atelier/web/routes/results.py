"""/resultats/CODE: what came out, to read only, for who was there or holds a link to it; as long as one is given."""

import base64
import hashlib
import hmac

from flask import Blueprint, Response, request

from atelier.access.keys import hash_of
from atelier.doctrines.loading import doctrine_of
from atelier.domain.selectors import results_keys
from atelier.domain.state import Workshop
from atelier.export.ics import calendar_text, workshop_events
from atelier.export.results import results_of, style
from atelier.live.admission import may_project, seated
from atelier.runtime.concurrency import off_the_loop
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.lookup import count_wrong_link, snapshot_with_key
from atelier.web.render.templating import render

results = Blueprint("results", __name__)
_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; font-src data:; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""The page holds its style and its fonts, as its copy in a file does."""


@results.get("/resultats/<code>")
def read(code: str) -> Response:
    """Show the page, or say that it is not given to this browser."""
    secret = request.args.get("cle", "")
    snapshot = snapshot_with_key(code, secret)
    if not _may_read(code, snapshot.state, secret):
        if secret:
            count_wrong_link(code)
        return Response(render("errors/no_results.html", code=code), 403)
    doctrine = doctrine_of(snapshot.state.prepared)
    page = off_the_loop(results_of, snapshot.state, doctrine, context().service.now())
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return Response(page.text, headers={"Content-Security-Policy": _POLICY.format(style=digest)})


@results.get("/resultats/<code>/agenda.ics")
def calendar(code: str) -> Response:
    """The dates that the room settled on, for a calendar that comes back for them; whoever reads the page may."""
    secret = request.args.get("cle", "")
    snapshot = snapshot_with_key(code, secret)
    if not _may_read(code, snapshot.state, secret):
        if secret:
            count_wrong_link(code)
        return Response(render("errors/no_results.html", code=code), 403)
    events = workshop_events(code, snapshot.state, context().service.now(), names=False)
    text = calendar_text(events, snapshot.state.prepared.title)
    return Response(
        text, mimetype="text/calendar", headers={"Content-Disposition": 'inline; filename="agenda.ics"'}
    )


def _may_read(code: str, state: Workshop, secret: str) -> bool:
    visitor = identity.visitor(code)
    if may_project(state, visitor):
        return True
    given = results_keys(state)
    held = any(hmac.compare_digest(key.key_hash, hash_of(secret)) for key in given)
    return held or bool(given and seated(state, visitor))
