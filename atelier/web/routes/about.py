"""The pages that say who we are: health, accessibility, personal data."""

import errno

from flask import Blueprint, Response, jsonify

from atelier.runtime.storage import obstacle
from atelier.web.http.context import context
from atelier.web.render.templating import render

pages = Blueprint("pages", __name__)


@pages.get("/etat")
def health() -> Response:
    """Tell a supervisor that the server answers, and whether the disk takes what is written."""
    here = context()
    storage = {
        "sessions": errno.errorcode.get(here.service.obstacle(), "ok"),
        "exports": errno.errorcode.get(obstacle(here.config.exports), "ok"),
        "refusing": len(here.service.refusing()),
    }
    return jsonify(state="ok", workshops=len(here.service.codes()), storage=storage)


@pages.get("/accessibilite")
def accessibility() -> str:
    """The statement of accessibility, in its statutory form."""
    return render("pages/accessibility.html", surface="home", body={})


@pages.get("/donnees-personnelles")
def personal_data() -> str:
    """What is kept, why, for how long, and one's rights."""
    return render("pages/personal_data.html", surface="home", body={})
