"""The colours of a doctrine's poles as CSS: a small sheet behind the usual ones, on screens and on paper."""

from atelier.domain.colours import INK, OURS, PAPER, TEXT, WALL, WHITE, is_colour, mixed, readable
from atelier.domain.doctrine import Doctrine

_SOFT, _DARK = 0.86, 0.22
"""How much white a tint holds, and how much black the stripes of an arm."""


def colours_of(doctrine: Doctrine) -> tuple[str, str] | None:
    """Return the colours of both poles; None for ours."""
    found = {arm: doctrine.pole(arm).colour or ours for arm, ours in OURS.items()}
    return None if found == OURS else (found["fs"], found["cn"])


def address_of(doctrine: Doctrine) -> str:
    """Return the address of the sheet with the poles' colours, "" where the usual ones do."""
    found = colours_of(doctrine)
    return f"/static/couleurs/{found[0][1:]}-{found[1][1:]}.css" if found else ""


def sheet(fs: str, cn: str) -> str:
    """Return the custom properties of two colours, for screens. Raises ValueError for what is none."""
    if not (is_colour(fs) and is_colour(cn)):
        raise ValueError(f"{fs} {cn}")
    wall = "".join(
        f"--{arm}-text:{readable(colour, WALL, PAPER)};" for arm, colour in (("fs", fs), ("cn", cn))
    )
    striped = f"--cn-dark:{_dark(cn)};"
    return f":root{{{_properties('fs', fs)}{_properties('cn', cn)}}}.surface-wall{{{wall}{striped}}}"


def for_paper(doctrine: Doctrine) -> str:
    """Return the rules of a document, "" where the usual colours do."""
    found = colours_of(doctrine)
    if not found:
        return ""
    striped = f'{{background:{found[1]} url("print/hatch-{found[1][1:]}.svg");background-size:.8rem .8rem}}'
    return f"{sheet(*found)}.arm--cn,.missions__cn{striped}"


def _properties(arm: str, colour: str) -> str:
    soft = mixed(colour, WHITE, _SOFT)
    text = readable(colour, TEXT, PAPER, soft)
    return f"--{arm}:{colour};--{arm}-soft:{soft};--{arm}-dark:{_dark(colour)};--{arm}-text:{text};"


def _dark(colour: str) -> str:
    return mixed(colour, INK, _DARK)
