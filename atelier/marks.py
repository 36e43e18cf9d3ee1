"""The marks by which groups are known, on screens and on paper: a shape and a colour each, and what it is called."""

from typing import NamedTuple


class Mark(NamedTuple):
    """`drawing`: SVG in a square of 16. `colour`: `--group-N` in style sheets."""

    name: str
    drawing: str
    colour: str


MARKS = {
    1: Mark("rond", '<circle cx="8" cy="8" r="7"/>', "#0b5d57"),
    2: Mark("triangle", '<path d="M8 1 15.5 15H.5z"/>', "#8250df"),
    3: Mark("carré", '<rect x="1.5" y="1.5" width="13" height="13"/>', "#d99000"),
    4: Mark("losange", '<path d="M8 0 16 8 8 16 0 8z"/>', "#b3246b"),
    5: Mark("pentagone", '<path d="M8 .6 15.7 6.2 12.7 15.2H3.3L.3 6.2z"/>', "#2f6f1e"),
    6: Mark("hexagone", '<path d="M4 1h8l4 7-4 7H4L0 8z"/>', "#0f7ea8"),
    7: Mark("croix", '<path d="M5.5.5h5v5h5v5h-5v5h-5v-5h-5v-5h5z"/>', "#8a4b12"),
    8: Mark("triangle renversé", '<path d="M.5 1h15L8 15.5z"/>', "#5a5a8f"),
    9: Mark("demi-lune", '<path d="M0 12.5a8 8 0 0 1 16 0z"/>', "#b53b3b"),
    10: Mark("barre", '<rect x="0" y="4" width="16" height="8"/>', "#4f7d7a"),
    11: Mark("trapèze", '<path d="M4 1h12l-4 14H0z"/>', "#9a7b00"),
    12: Mark(
        "anneau",
        '<path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6z"/>',
        "#3c3c46",
    ),
}
"""By the group's number, for as many groups as a workshop may have."""
