"""Application context of the routes: dependencies built by `app`, nothing global, nothing made on import."""

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from prometheus_client import CollectorRegistry

from atelier import limits
from atelier.access.addresses import Addresses
from atelier.access.ratelimit import TokenBucket, WaitingRoom
from atelier.access.return_codes import ReturnCodes, codes_from, earlier_codes
from atelier.config import Config
from atelier.export.shared import SharedDocuments
from atelier.library.library import Library
from atelier.live.regions import Kind
from atelier.retention.clock import Clock, SystemClock
from atelier.retention.records import Records
from atelier.runtime.lru import LRUCache
from atelier.service.drafts import DraftStore
from atelier.service.service import Service
from atelier.web.http.day_cache import Days
from atelier.web.http.guesses import Guesses
from atelier.web.http.newcomers import waiting_room
from atelier.web.render.phone_prerendered import PhoneSkeletons
from atelier.web.render.prerendered import SkeletonCache


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Complete from the start: no piece is put in later.

    `wifi` (name and password the facilitator typed) never enters the journal. `calendar`: the machine's own date, for
    what is said of dates; acts are stamped by the service's clock. `forgotten`: how often the documents of
    a workshop were deleted by an erasure.
    """

    config: Config
    service: Service
    records: Records
    library: Library
    addresses: Addresses
    secret: bytes
    connected: Callable[[str], dict[int, int]]
    people: Callable[[str], Mapping[str, int]]
    touched: Callable[[str, Kind], None]
    readdressed: Callable[[], None] = lambda: None
    drafted: Callable[[str, dict[str, Any]], None]
    erase: Callable[[str], None]
    forgotten: Callable[[str], int] = lambda _code: 0
    local_token: str = ""
    wifi: MutableMapping[str, tuple[str, str]] = field(default_factory=dict)
    waiting_room: WaitingRoom = field(default_factory=waiting_room)
    answers: LRUCache[Hashable, dict[str, Any]] = field(
        default_factory=lambda: LRUCache(limits.ANSWERS_BYTES, limits.ANSWER_KEPT_S)
    )
    skeletons: PhoneSkeletons = field(default_factory=PhoneSkeletons)
    doors: SkeletonCache = field(default_factory=lambda: SkeletonCache(limits.DOORS_BYTES, limits.SKELETON_S))
    create_key: str = ""
    writes: TokenBucket = field(
        default_factory=lambda: TokenBucket(limits.WRITES_PER_S, limits.WRITES_AT_ONCE)
    )
    sheets: SharedDocuments = field(default_factory=SharedDocuments)
    sheets_asked: TokenBucket = field(
        default_factory=lambda: TokenBucket(limits.SHEETS_PER_S, limits.SHEETS_AT_ONCE)
    )
    guesses: Guesses = field(default_factory=Guesses)
    days: Days = field(default_factory=Days)
    calendar: Clock = field(default_factory=SystemClock)
    metrics: CollectorRegistry = field(default_factory=CollectorRegistry)

    @property
    def drafts(self) -> DraftStore:
        """Drafts of the desks."""
        return self.records.drafts

    def return_codes(self, code: str) -> ReturnCodes:
        """Return the codes by which people of a workshop take their seats again. Raises as the service's `read`."""
        kept = self.service.return_codes(code)
        return codes_from(kept) if kept else earlier_codes(self.secret, code)


def context() -> Context:
    """Return the context of the application that answers this request."""
    return context_of(current_app)


def context_of(app: Flask) -> Context:
    """Return the context of that application."""
    found: Context = app.extensions["atelier"]
    return found
