"""Old events stay readable for ever: each step takes the data of one version of one event to the next version."""

from collections.abc import Callable
from typing import Any

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(stored name, version) → the function that returns the data of version + 1."""


def upcast(name: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Return `data` as the current version of the event `name` has it."""
    while (name, version) in UPCASTERS:
        data = UPCASTERS[name, version](data)
        version += 1
    return data
