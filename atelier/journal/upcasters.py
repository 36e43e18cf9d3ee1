"""Upcasters: functions that bring the data of an old event version to the next one, chained on read."""

from collections.abc import Callable
from typing import Any

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(stored name, version) → the function that returns the data of version + 1."""


def upcast(name: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` of `version` upgraded to the current version of the event `name`."""
    while (name, version) in UPCASTERS:
        data = UPCASTERS[name, version](data)
        version += 1
    return data
