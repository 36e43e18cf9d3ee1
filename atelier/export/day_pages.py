"""Lay out the poster of a day. Imported by the worker only."""

from pathlib import Path
from typing import Any

from atelier.export import printing
from atelier.export.kit_pages import ROOT_PT, qr

FEW, MANY = 8, 12
"""Parts of a programme that stand on the poster in large letters, in middle ones; more in small ones."""


def render_poster(poster: dict[str, Any], output: Path) -> None:
    """Write the poster as a tagged PDF (PDF/UA-1) to `output`."""
    template = printing.environment().get_template("day.html")
    rows = len(poster["rows"])
    size = "few" if rows <= FEW else "middle" if rows <= MANY else "many"
    html = template.render(poster=poster, size=size, qr=qr)
    printing.write(html, f":root {{ font-size: {ROOT_PT[poster['paper']]}pt; }}", output)
