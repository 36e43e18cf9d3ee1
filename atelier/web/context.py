"""What the routes work with, handed to them by the application; nothing global, nothing made on import."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from atelier import limits
from atelier.config import Config
from atelier.service import Service
from atelier.web.addresses import Addresses
from atelier.web.lru import LRUCache
from atelier.web.phone_skeletons import PhoneSkeletons
from atelier.web.security import Buckets


@dataclass(slots=True, kw_only=True)
class Context:
    """`wifi` (name and password the facilitator typed) lives in memory only: it never enters the journal."""

    config: Config
    service: Service
    addresses: Addresses
    secret: bytes
    connected: Callable[[str], dict[int, int]]
    people: Callable[[str], Mapping[str, int]]
    touched: Callable[[str], None]
    erase: Callable[[str], None]
    local_token: str = ""
    wifi: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: LRUCache[Hashable, dict[str, Any]] = field(
        default_factory=lambda: LRUCache(limits.ANSWERS_BYTES, limits.ANSWER_KEPT_S)
    )
    skeletons: PhoneSkeletons = field(default_factory=PhoneSkeletons)
    writes: Buckets = field(default_factory=lambda: Buckets(limits.WRITES_PER_S, limits.WRITES_AT_ONCE))
    returns: Buckets = field(default_factory=lambda: Buckets(limits.RETURNS_PER_S, limits.RETURNS_AT_ONCE))
    failures: Buckets = field(default_factory=lambda: Buckets(limits.FAILURES_PER_S, limits.FAILURES_AT_ONCE))
    all_failures: Buckets = field(
        default_factory=lambda: Buckets(limits.ALL_FAILURES_PER_S, limits.ALL_FAILURES_AT_ONCE)
    )


def context() -> Context:
    """Return the context of the application that answers this request."""
    found: Context = current_app.extensions["atelier"]
    return found
