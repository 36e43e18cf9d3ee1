"""The pages that say who we are: health, accessibility, personal data."""

from flask import Blueprint, Response, jsonify

from atelier.web.context import context
from atelier.web.rendering import render

pages = Blueprint("pages", __name__)


@pages.get("/etat")
def health() -> Response:
    """Tell a supervisor that the server answers and its journals can be listed."""
    return jsonify(state="ok", workshops=len(context().service.codes()))


@pages.get("/accessibilite")
def accessibility() -> str:
    """The statement of accessibility, in its statutory form."""
    return render("pages/accessibility.html", surface="home", body={})


@pages.get("/donnees-personnelles")
def personal_data() -> str:
    """What is kept, why, for how long, and one's rights."""
    return render("pages/personal_data.html", surface="home", body={})
