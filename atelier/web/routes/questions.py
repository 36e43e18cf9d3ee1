"""Confirmation pages, for browsers without scripts."""

from flask import Response, request

from atelier.domain.leaving import leaving
from atelier.web.http.context import context
from atelier.web.http.lookup import snapshot_of
from atelier.web.render.templating import render
from atelier.wording import left_words


def asked_first(code: str, back: str) -> Response:
    """Return the page that asks whether to leave a phase early; its form is the one that was posted, made sure."""
    here = context()
    found = leaving(snapshot_of(code).state, here.service.now())
    fields = {name: request.form[name] for name in ("phase", "from_phase") if name in request.form}
    page = render(
        "pages/leaving.html",
        code=code,
        leaving=found,
        left=left_words(found.left_ms),
        fields=fields | {"sure": "1"},
        back=back,
    )
    return Response(page, 409)
