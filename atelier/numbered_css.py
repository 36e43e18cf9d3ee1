"""Style rules of classes that carry a number: a strict policy lets no number into a page but as a class."""

from collections.abc import Iterable

from atelier.marks import MARKS

_GROUPS = range(1, len(MARKS) + 1)
_REACHES = range(0, 101, 5)
_LINES = range(1, 25)

_RULES: dict[str, tuple[tuple[str, Iterable[int]], ...]] = {
    "base": (
        (".shape--{n}{{fill:var(--group-{n})}}", _GROUPS),
        (".fs-{n}{{--fs-reach:{share:g}}}", _REACHES),
        (".cn-{n}{{--cn-reach:{share:g}}}", _REACHES),
    ),
    "desk": (('.group[data-group="{n}"]{{border-top-color:var(--group-{n})}}', _GROUPS),),
    "phone": (('body[data-group="{n}"]{{--group:var(--group-{n})}}', _GROUPS),),
    "wall": (
        (".cols-{n}{{--cols:{n}}}", _GROUPS),
        (".rows-{n}{{--rows:{n}}}", _LINES),
        (".tone-{n}{{--tone:var(--group-{n})}}", _GROUPS),
        (".lo-{n}{{--lo:{share:g}}}", _REACHES),
        (".hi-{n}{{--hi:{share:g}}}", _REACHES),
    ),
    "print": (
        (".reach-{n}{{width:{n}%}}", _REACHES),
        (".from-cn-{n}{{margin-left:{n}%}}", _REACHES),
        (".from-fs-{n}{{margin-right:{n}%}}", _REACHES),
        (".group-{n}{{background:var(--group-{n})}}", _GROUPS),
        (".initiatives--{n} .initiative{{border-left-color:var(--group-{n})}}", _GROUPS),
    ),
}
"""By surface: the rule for one number, and the numbers. `share`: the number as a part of 100."""


def colours() -> str:
    """Return the colours of the groups as custom properties."""
    return ":root{" + "".join(f"--group-{n}:{mark.colour};" for n, mark in MARKS.items()) + "}"


def rules(surface: str) -> str:
    """Return the numbered rules of a surface; none for one that has no numbers."""
    return "".join(
        rule.format(n=n, share=n / 100) for rule, numbers in _RULES.get(surface, ()) for n in numbers
    )
