"""Upcasters: functions that bring the data of an old event version to the next one, chained on read."""

from collections.abc import Callable
from functools import cache
from typing import Any


def _zeros_unsure(data: dict[str, Any]) -> dict[str, Any]:
    # Version 1 wrote 0 for an arm that nobody had answered: which ones cannot be told any more.
    return data | {"unsure": [arm for arm in ("fs", "cn") if data.get(arm) == 0]}


UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("action.placed", 1): _zeros_unsure,
}
"""(stored name, version) → the function that returns the data of version + 1."""


@cache
def version_of(name: str) -> int:
    """Return the version in which the event `name` is written today."""
    version = 1
    while (name, version) in UPCASTERS:
        version += 1
    return version


def upcast(name: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` of `version` upgraded to the current version of the event `name`."""
    while (name, version) in UPCASTERS:
        data = UPCASTERS[name, version](data)
        version += 1
    return data
