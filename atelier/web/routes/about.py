"""The pages that say who we are: accessibility, personal data."""

from flask import Blueprint

from atelier.web.render.templating import render

pages = Blueprint("pages", __name__)


@pages.get("/accessibilite")
def accessibility() -> str:
    """The statement of accessibility, in its statutory form."""
    return render("pages/accessibility.html", surface="home", body={})


@pages.get("/donnees-personnelles")
def personal_data() -> str:
    """What is kept, why, for how long, and one's rights."""
    return render("pages/personal_data.html", surface="home", body={})
