"""GET /static/couleurs/…: the style sheet of the two colours that a doctrine gives its poles."""

from flask import Blueprint, Response, abort

from atelier import pole_css

pole_colours = Blueprint("pole_colours", __name__)


@pole_colours.get("/static/couleurs/<fs>-<cn>.css")
def style(fs: str, cn: str) -> Response:
    """Say the colours as custom properties; the address says them too, so it never changes."""
    try:
        css = pole_css.sheet(f"#{fs}", f"#{cn}")
    except ValueError:
        abort(404)
    forever = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(css, mimetype="text/css", headers=forever)
