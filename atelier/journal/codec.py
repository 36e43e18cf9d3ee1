"""Codec of events: dataclasses to JSON and back by their annotations, under a stored name and version."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from atelier.domain.events import TYPES, Event
from atelier.domain.registry import NAMES
from atelier.journal.upcasters import upcast, version_of

T = TypeVar("T")
_SCAN = json.JSONDecoder().raw_decode
"""Faster than `json.loads`, which checks its options and strips white space: a replay decodes every event."""


def encode(event: Event) -> tuple[str, int, str]:
    """Return an event's stored name, version and JSON."""
    name = NAMES[type(event)]
    return name, version_of(name), json.dumps(_plain(event), ensure_ascii=False, separators=(",", ":"))


def decode(name: str, version: int, data: str) -> Event:
    """Return the event. Raises LookupError for an unknown name, ValueError or TypeError for data that does not fit."""
    kind: type = TYPES[name]
    plain, end = _SCAN(data)
    if end != len(data):
        raise ValueError(f"{name}: more than one value")
    event: Event = _decoder(kind)(upcast(name, version, plain))
    return event


def to_plain(value: Any) -> Any:
    """Return a dataclass of the domain (a setup, say) as plain JSON values."""
    return _plain(value)


def from_plain(kind: type[T], plain: Any) -> T:
    """Return that dataclass of the domain again. Raises TypeError or ValueError for data that does not fit."""
    decoder: Callable[[Any], Any] = _decoder(kind)  # type: ignore[arg-type]
    made: T = decoder(plain)
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, StrEnum) else value


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        each = _decoder(arguments[0])
        return lambda value: tuple(each(one) for one in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, one = _decoder(arguments[0]), _decoder(arguments[1])
        return lambda value: {key(k): one(v) for k, v in value.items()}
    if origin is UnionType:
        (some,) = (_decoder(each) for each in arguments if each is not NoneType)
        return lambda value: None if value is None else some(value)
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return lambda value: _exactly(kind, value)


def _dataclass_decoder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    if all(hint in (str, int) for hint in hints.values()):
        return _flat_decoder(kind, hints)
    decoders = {name: _decoder(hint) for name, hint in hints.items()}
    return lambda value: kind(**{name: decoders[name](each) for name, each in value.items()})


def _flat_decoder(kind: Any, hints: dict[str, Any]) -> Callable[[Any], Any]:
    """Return the fast path for dataclasses of strings and integers only, which most events are."""
    names, types = list(hints), list(hints.values())

    def decode_flat(value: dict[str, Any]) -> Any:
        if list(value) != names or list(map(type, value.values())) != types:  # or in another order
            for name, each in value.items():
                if type(each) is not hints[name]:
                    raise TypeError(f"{kind.__name__}: {name}")
        return kind(**value)

    return decode_flat


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value
