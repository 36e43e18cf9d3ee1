"""From a posted form to a command: every field by the command's own annotations, or Malformed. Nothing is repaired."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from atelier.domain.commands import NAMES, Command

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_FROM_ELSEWHERE = frozenset({"prepare-workshop", "revise-setup", "issue-key", "keep-photo"})
"""Commands that carry what a form must not choose by itself; they have routes of their own."""


class Malformed(Exception):  # noqa: N818
    """The request is not a command; no browser page of ours sends that."""


class UnknownField(Malformed):
    """It holds what no field of its command is called."""


def command_from(form: Mapping[str, str], envelope: frozenset[str] | None = None) -> Command:
    """Return the command that `form` asks for. Raises Malformed.

    `envelope`: what the form may hold besides the fields of the command; None: anything.
    """
    name = form.get("command", "")
    if name not in NAMES or name in _FROM_ELSEWHERE:
        raise Malformed("unknown command")
    kind: Any = NAMES[name]
    if envelope is not None and (unknown := set(form) - _readers(kind).keys() - envelope):
        raise UnknownField(f"{name}: {sorted(unknown)}")
    values = {}
    for field, (read, required) in _readers(kind).items():
        if field in form:
            values[field] = read(form[field])
        elif required:
            raise Malformed(f"{name}: no {field}")
    command: Command = kind(**values)
    return command


@cache
def _readers(kind: Any) -> dict[str, tuple[Callable[[str], Any], bool]]:
    hints = get_type_hints(kind)
    return {field.name: (_reader(hints[field.name]), field.default is MISSING) for field in fields(kind)}


def _reader(hint: Any) -> Callable[[str], Any]:
    if isinstance(hint, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if hint is bool:
        return _boolean
    if hint is int:
        return _integer
    if issubclass(hint, StrEnum):
        return lambda text: _member(hint, text)
    return str


def _integer(text: str) -> int:
    if _INTEGER.fullmatch(text) is None:
        raise Malformed("not a number")
    return int(text)


def _boolean(text: str) -> bool:
    if text not in ("0", "1"):
        raise Malformed("not 0 or 1")
    return text == "1"


def _member(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text)
    except ValueError:
        raise Malformed(f"not a {kind.__name__}") from None
