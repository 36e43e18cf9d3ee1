"""What outlives a workshop: an item, its revisions, and what can be wrong with them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from atelier.journal.protocol import Damaged


class Kind(StrEnum):
    """What an item is; the values are stored."""

    DOCTRINE = "doctrine"
    RESULTS = "results"
    PAGE = "page"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One revision of an item. `created` and `revised` are Unix ms; `revision` counts from 1.

    `keep_until`: the day from which it is erased; None for as long as its owner wants. `body`: JSON, whose shape is its
    kind's.
    """

    kind: Kind
    id: str
    revision: int
    created: int
    revised: int
    keep_until: dt.date | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes beside an item, as a logo, with their media type."""

    media_type: str
    content: bytes


class UnknownItem(LookupError):  # noqa: N818 - says what was asked for
    """There is no such item, or no longer."""


class LibraryRefused(OSError):  # noqa: N818 - says what the storage did
    """The storage refuses to be read or written."""


class LibraryDamaged(Damaged):
    """The library cannot be read as one. Workshops go on."""


class Stale(Exception):  # noqa: N818 - what the writer knew is
    """The item was revised since: read it again, and decide again."""


class TooLarge(ValueError):  # noqa: N818 - says what it is
    """A body or a blob is larger than its limit, or the library is full."""
