"""What the routes work with, handed to them by the application; nothing global, nothing made on import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import current_app

from atelier.config import Config
from atelier.service import Service
from atelier.web.addresses import Addresses
from atelier.web.security import Buckets


@dataclass(slots=True, kw_only=True)
class Context:
    """`wifi` (name and password the facilitator typed) lives in memory only: it never enters the journal."""

    config: Config
    service: Service
    addresses: Addresses
    secret: bytes
    transport: str
    connected: Callable[[str], dict[int, int]]
    people: Callable[[str], Mapping[str, int]]
    touched: Callable[[str], None]
    erase: Callable[[str], None]
    local_token: str = ""
    wifi: dict[str, tuple[str, str]] = field(default_factory=dict)
    writes: Buckets = field(default_factory=lambda: Buckets(rate=10, burst=30))
    returns: Buckets = field(default_factory=lambda: Buckets(rate=0.2, burst=60))
    failures: Buckets = field(default_factory=lambda: Buckets(rate=0.5, burst=40))
    all_failures: Buckets = field(default_factory=lambda: Buckets(rate=5, burst=300))


def context() -> Context:
    """Return the context of the application that answers this request."""
    found: Context = current_app.extensions["atelier"]
    return found
