"""`/a/CODE/mots`: what each action means, what to remember of it, and the sources; a phone fetches it when asked."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier.doctrines.loading import doctrine_of
from atelier.domain.doctrine import Doctrine
from atelier.domain.setup import Setup
from atelier.live.admission import seated
from atelier.web.http import identity
from atelier.web.http.lookup import snapshot_of
from atelier.web.render.templating import render

definitions = Blueprint("definitions", __name__)


@definitions.get("/a/<code>/mots")
def page(code: str) -> str | BaseResponse:
    """Show them to who sits in the workshop, or facilitates it."""
    state = snapshot_of(code).state
    facilitates = identity.facilitates(code, state)
    if not (facilitates or seated(state, identity.visitor(code))):
        return redirect(f"/r/{code}", 303)
    setup = state.prepared
    return render(
        "pages/definitions.html", surface="home", body={}, setup=setup, actions=setup.actions,
        facilitates=facilitates, home=f"/animer/{code}" if facilitates else f"/a/{code}",
        sources=_sources(setup, doctrine_of(setup)),
    )  # fmt: skip


def _sources(setup: Setup, doctrine: Doctrine) -> list[str]:
    """Return where the texts come from, each once."""
    told = (
        doctrine.source,
        *(each.source for each in setup.actions),
        *(each.source for each in doctrine.landmarks),
    )
    return list(dict.fromkeys(filter(None, told)))
