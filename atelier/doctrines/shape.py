"""What a doctrine is made of, as plain values: each text with its limit, each list with its length."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atelier.domain import limits
from atelier.domain.colours import is_colour
from atelier.domain.refusals import Refused
from atelier.domain.text import clean_optional
from atelier.domain.values import Phase, Side

Path = tuple[str | int, ...]
"""Where a value is: `("actions", 2, "label")`, counted from 0."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value; `reason`: a key of the sentences, `detail`: what they are filled with."""

    path: Path
    reason: str
    detail: str = ""


class Found:
    """The faults found so far."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, path: Path, reason: str, detail: object = "") -> None:
        """Note a fault."""
        self.faults.append(Fault(path, reason, str(detail)))


Check = Callable[[Any, Path, Found], Any]
"""Returns a value made clean, or anything at all where it noted a fault."""


def text(limit: int, *, optional: bool = False) -> Check:
    """A text of at most `limit` characters."""

    def check(value: Any, path: Path, found: Found) -> str:
        if not isinstance(value, str):
            found.add(path, "not-text")
            return ""
        try:
            said = clean_optional(value, limit)
        except Refused as refused:
            found.add(path, refused.code.value, limit)
            return ""
        if not said and not optional:
            found.add(path, "empty")
        return said

    return check


def number(most: int) -> Check:
    """A whole number from 0 to `most`."""

    def check(value: Any, path: Path, found: Found) -> int:
        if type(value) is not int or not 0 <= value <= most:
            found.add(path, "not-a-number", most)
            return 0
        return value

    return check


def listed(each: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` values."""

    def check(value: Any, path: Path, found: Found) -> list[Any]:
        if not isinstance(value, list | tuple):
            found.add(path, "not-a-list")
            return []
        if not least <= len(value) <= most:
            found.add(
                path, "too-many" if len(value) > most else "too-few", most if len(value) > most else least
            )
        return [each(one, (*path, n), found) for n, one in enumerate(value[:most])]

    return check


def section(**keys: tuple[Check, Any] | Check) -> Check:
    """A section of those keys; one that is a pair may be missing, and is then its second."""

    def check(value: Any, path: Path, found: Found) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            found.add(path, "not-a-table")
            return {}
        for name in value.keys() - keys.keys():
            found.add((*path, name), "unknown-key")
        return dict(_checked(value, path, found))

    def _checked(value: Mapping[str, Any], path: Path, found: Found) -> Iterator[tuple[str, Any]]:
        for name, rule in keys.items():
            one, default = rule if isinstance(rule, tuple) else (rule, None)
            if name in value:
                yield name, one(value[name], (*path, name), found)
            elif isinstance(rule, tuple):
                yield name, default
            else:
                found.add((*path, name), "missing")

    return check


def choice(*names: str) -> Check:
    """One of those words."""

    def check(value: Any, path: Path, found: Found) -> Any:
        if value not in names:
            found.add(path, "not-a-choice", ", ".join(names))
        return value

    return check


def _flag(value: Any, path: Path, found: Found) -> bool:
    if not isinstance(value, bool):
        found.add(path, "not-a-flag")
    return bool(value)


def _colour(value: Any, path: Path, found: Found) -> str:
    if not isinstance(value, str) or (value and not is_colour(value.lower())):
        found.add(path, "not-a-colour")
        return ""
    return value.lower()


def _slug(value: Any, path: Path, found: Found) -> str:
    plain = isinstance(value, str) and value.isascii() and value.replace("-", "").isalnum()
    if not plain or value != value.lower() or not 1 <= len(value) <= 40 or value[0] == "-":
        found.add(path, "not-a-slug")
        return ""
    return str(value)


_LABEL, _NAME, _TITLE = limits.LABEL_CHARACTERS, limits.NAME_CHARACTERS, limits.TITLE_CHARACTERS
_OPTIONAL = (text(_LABEL, optional=True), "")
_SENTENCES = listed(text(limits.SCRIPT_CHARACTERS), 0, limits.SCRIPT_SENTENCES)
_POLE = section(
    name=text(limits.POLE_NAME_CHARACTERS),
    short=text(limits.POLE_SHORT_CHARACTERS),
    trade=text(_NAME),
    remit=text(_NAME),
    plural=(text(_NAME, optional=True), ""),
    colour=(_colour, ""),
    meaning=_OPTIONAL,
)
_ACTION = section(
    id=_slug,
    short=text(limits.SHORT_LABEL_CHARACTERS),
    label=text(_LABEL),
    precision=_OPTIONAL,
    examples=(listed(text(limits.INITIATIVE_CHARACTERS), 0, limits.EXAMPLES), []),
    definition=(text(limits.DEFINITION_CHARACTERS, optional=True), ""),
    reminder=(text(limits.DEFINITION_CHARACTERS, optional=True), ""),
    source=_OPTIONAL,
)
_SCRIPT = section(
    phase=choice(*Phase),
    title=text(_NAME),
    minutes=number(limits.PHASE_MINUTES),
    purpose=text(limits.SCRIPT_CHARACTERS),
    say=_SENTENCES,
    groups_do=_SENTENCES,
)
_LANDMARK = section(
    title=text(_TITLE),
    items=listed(text(limits.SCRIPT_CHARACTERS), 1, limits.LANDMARKS),
    source=text(_TITLE),
)
DOCTRINE = section(
    slug=_slug,
    title=text(_TITLE),
    source=text(_LABEL),
    continuum=text(_NAME),
    frequency=text(_LABEL),
    question=text(_NAME),
    initiative_question=_OPTIONAL,
    instructions=listed(text(_LABEL), 0, limits.EXAMPLES),
    free_line=text(_NAME),
    free_lines=number(limits.FREE_LINES),
    scale=listed(text(limits.SCALE_CHARACTERS), 5, 5),
    stakes=(listed(text(_TITLE), 0, limits.STAKES), []),
    national=(_flag, True),
    fs=_POLE,
    cn=_POLE,
    actions=listed(_ACTION, 1, limits.ACTIONS),
    missions=(
        listed(
            section(side=choice(*Side), text=text(limits.MISSION_CHARACTERS)), 0, limits.DOCTRINE_MISSIONS
        ),
        [],
    ),
    agenda=listed(_SCRIPT, len(Phase), len(Phase)),
    landmarks=(listed(_LANDMARK, 0, limits.LANDMARKS), []),
)
"""The whole: what a file, a form and the library hold."""
