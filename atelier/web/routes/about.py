"""The pages that say who we are: accessibility, personal data."""

from flask import Blueprint

from atelier import rgaa
from atelier.web.http.context import context
from atelier.web.render.templating import render

pages = Blueprint("pages", __name__)


@pages.get("/accessibilite")
def accessibility() -> str:
    """The statement of accessibility, in its statutory form."""
    config = context().config
    return render(
        "pages/accessibility.html",
        surface="home",
        body={},
        publisher=config.publisher,
        service=config.public_url,
        rgaa=rgaa,
        failing=[each for each in rgaa.CRITERIA if each.result in ("NC", "NV")],
    )


@pages.get("/donnees-personnelles")
def personal_data() -> str:
    """What is kept, why, for how long, and one's rights."""
    return render("pages/personal_data.html", surface="home", body={}, publisher=context().config.publisher)


@pages.get("/mentions-legales")
def legal_notice() -> str:
    """Who answers for the service and who hosts it, as configured."""
    config = context().config
    return render(
        "pages/legal.html", surface="home", body={}, publisher=config.publisher, hosted=config.hosted
    )


@pages.get("/facile-a-lire")
def easy_to_read() -> str:
    """A participant's help, in easy words."""
    return render("pages/easy.html", surface="home", body={})
