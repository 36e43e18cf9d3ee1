"""Colours as `#rrggbb`: contrast after WCAG 2.2, mixing, and how far two are from each other."""

import re

PAPER, INK, WHITE = "#fbfaf6", "#000000", "#ffffff"
OURS = {"fs": "#1f4fa3", "cn": "#c2470f"}
"""The poles’ of a doctrine that names none: those of `tokens.css`, which then stands alone."""
TEXT, WALL = 4.5, 7.0
"""Least contrast of what is read on a phone or on paper, and from the back of a room."""
APART = 80.0
"""Least distance of the two poles' colours, of 442 between black and white."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def is_colour(text: str) -> bool:
    """Tell whether `text` is a colour as we write it."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def distance(one: str, other: str) -> float:
    """Return how far two colours are from each other."""
    squares = ((a - b) ** 2 for a, b in zip(_parts(one), _parts(other), strict=True))
    return float(sum(squares) ** 0.5)


def mixed(one: str, other: str, share: float) -> str:
    """Return `one` with a `share` (0 to 1) of `other`."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, least: float, *on: str) -> str:
    """Return `colour`, darkened until it stands out from each of `on` by the contrast `least`."""
    shares = (mixed(colour, INK, step / 40) for step in range(41))
    return next(each for each in shares if all(contrast(each, ground) >= least for ground in on))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
