"""The shapes by which groups are known on paper: the wall's, so that black and white tells them apart."""

MARKS = {
    1: ("rond", '<circle cx="8" cy="8" r="7"/>', "#0b5d57"),
    2: ("triangle", '<path d="M8 1 15.5 15H.5z"/>', "#8250df"),
    3: ("carré", '<rect x="1.5" y="1.5" width="13" height="13"/>', "#d99000"),
    4: ("losange", '<path d="M8 0 16 8 8 16 0 8z"/>', "#b3246b"),
    5: ("pentagone", '<path d="M8 .6 15.7 6.2 12.7 15.2H3.3L.3 6.2z"/>', "#2f6f1e"),
    6: ("hexagone", '<path d="M4 1h8l4 7-4 7H4L0 8z"/>', "#0f7ea8"),
    7: ("croix", '<path d="M5.5.5h5v5h5v5h-5v5h-5v-5h-5v-5h5z"/>', "#8a4b12"),
    8: ("triangle renversé", '<path d="M.5 1h15L8 15.5z"/>', "#5a5a8f"),
    9: ("demi-lune", '<path d="M0 12.5a8 8 0 0 1 16 0z"/>', "#b53b3b"),
    10: ("barre", '<rect x="0" y="4" width="16" height="8"/>', "#4f7d7a"),
    11: ("trapèze", '<path d="M4 1h12l-4 14H0z"/>', "#9a7b00"),
    12: (
        "anneau",
        '<path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6z"/>',
        "#3c3c46",
    ),
}
"""Number → what it is called, its drawing in a square of 16, its colour (`--group-N` on screens)."""


def mark(number: int, words: str) -> str:
    """Return a group's mark as SVG; `words` are what a screen reader says (escaped by the caller)."""
    _, drawing, colour = MARKS[number]
    # WeasyPrint makes the alternative text of a figure from <title>; without one, PDF/UA is not met.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mark" viewBox="-1 -1 18 18" fill="{colour}" '
        f'stroke="#1b1b2f" stroke-width="1"><title>{words}</title>{drawing}</svg>'
    )
