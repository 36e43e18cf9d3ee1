"""The hub: coalesces stale regions of a workshop, renders them once an audience and broadcasts them.

Rendering and sending are functions it is given; it knows no rules.
"""

import logging
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from atelier.limits import (
    LARGE_ROOM,
    LARGE_ROOM_FLUSHES,
    PEOPLE_S,
    WINDOW_FLUSHES,
    WINDOW_MAX_S,
    WINDOW_MIN_S,
)
from atelier.live.flusher import BackgroundFlusher
from atelier.live.regions import Kind, Region, first_acts, stale
from atelier.runtime.background import guarded
from atelier.service.service import Damaged, Recorded, Service, StorageFailed, UnknownWorkshop
from atelier.service.workshop import Snapshot

BEAT_S = 2.0
CHANGED = "workshop:changed"
POSITION = "workshop:position"
ERASED = "workshop:erased"
BEAT = "server:beat"

log = logging.getLogger("atelier.live")


class Audience(NamedTuple):
    """Readers who see the same: the phones of one group, the walls, the desks."""

    surface: str
    group: int = 0

    def room(self, code: str) -> str:
        """Return the name of the socket room of this audience."""
        return f"{code}/{self.surface}/{self.group}"


Draw = Callable[[Snapshot, Audience, frozenset[Region]], "dict[str, Any] | None"]
Send = Callable[[str, Any, "str | None"], None]

_PACED = frozenset({Region(Kind.PEOPLE), Region(Kind.PRESENCE)})


class _Workshop:
    """Pending regions of one workshop. They are rendered from the snapshot `noted`, to whose position the message goes:
    a later fact in it would stay on screens if the journal lost it."""

    def __init__(self, noted: Snapshot, taken: int) -> None:
        self.noted = noted
        """Up to where `regions` are complete."""
        self.base = self.taken = taken
        """From where this hub knows the workshop, and up to where regions were handed over to be drawn."""
        self.regions: set[Region] = set()
        self.sent: dict[Audience, int] = {}
        self.not_before = self.people_not_before = 0.0

    def due_at(self) -> float | None:
        """Return when the next rendering is due (monotonic seconds); None when nothing is stale."""
        if self.regions and self.regions <= _PACED:
            return max(self.not_before, self.people_not_before)
        return self.not_before if self.regions else None

    def take(self, now: float) -> frozenset[Region]:
        """Return and clear the regions to render now. Presence may wait for its own pace (`PEOPLE_S`): every answer of
        « depuis » contains it."""
        later = _PACED if now < self.people_not_before else frozenset[Region]()
        taken = frozenset(self.regions - later)
        self.regions &= later
        if taken & _PACED:
            self.people_not_before = now + PEOPLE_S
        return taken


class _Due(NamedTuple):
    regions: frozenset[Region]
    state: Snapshot


class Hub(BackgroundFlusher):
    """Leading-edge coalescing: a first change goes out at once, further ones once a window, sized by rendering time."""

    name = "hub"

    def __init__(self, service: Service, draw: Draw, send: Send) -> None:
        super().__init__()
        self._service, self._draw, self._send = service, draw, send
        self._workshops: dict[str, _Workshop] = {}
        self._readers: dict[str, Counter[Audience]] = defaultdict(Counter)
        self.unrung: Callable[[str], None] = lambda code: None
        """Called before a state is drawn whose commit may not have rung yet."""

    def start(self) -> None:
        """Start the flusher, and the heartbeat by which screens notice that the server is gone."""
        super().start()
        self._run_beside("beat", self._beat)

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Mark as stale what these facts change (called after their commit)."""
        with self._wake:
            if code not in self._readers:
                # Nobody to tell, and perhaps not ours to open: who comes next is told where the journal is.
                self._workshops.pop(code, None)
                return
        noted = self._service.read(code)  # just after them: a workshop's batches follow each other
        with self._wake:
            workshop = self._workshops.get(code)
            if workshop is None:
                workshop = self._workshops[code] = _Workshop(noted, recorded[0].seq - 1)
            before = workshop.noted if workshop.noted.position.seq < recorded[0].seq else None
            workshop.noted = noted
            workshop.regions |= stale(each.fact.event for each in recorded)
            workshop.regions |= first_acts(
                before.state if before else None, noted.state, (each.fact for each in recorded)
            )
            self._wake.notify()

    def arrived(self, code: str, audience: Audience) -> None:
        """Count one more reader of `audience`."""
        self._count(code, audience, 1)

    def left(self, code: str, audience: Audience) -> None:
        """Count one reader less."""
        self._count(code, audience, -1)

    def erased(self, code: str) -> None:
        """Drop what is pending of an erased workshop, and tell its screens at once."""
        with self._wake:
            self._workshops.pop(code, None)
            audiences = list(self._readers.get(code, ()))
        for audience in audiences:
            self._send(ERASED, {}, audience.room(code))

    def forget(self, code: str) -> None:
        """Drop what is pending of a workshop that went to quarantine."""
        with self._wake:
            self._workshops.pop(code, None)

    def watched(self) -> list[str]:
        """Return the codes of the workshops with at least one reader."""
        with self._wake:
            return list(self._readers)

    def screens(self) -> Counter[str]:
        """Return how many screens of each surface are connected, over all workshops."""
        with self._wake:
            counted: Counter[str] = Counter()
            for readers in self._readers.values():
                for audience, number in readers.items():
                    counted[audience.surface] += number
            return counted

    def touch(self, code: str, kind: Kind) -> None:
        """Mark a kind of region as stale without a fact in the journal (presence, the address)."""
        if not self._touched(code, kind) and (noted := self._read(code)):
            self.unrung(code)
            with self._wake:
                self._workshops.setdefault(code, _Workshop(noted, noted.position.seq))
            self._touched(code, kind)

    def touch_all(self, kind: Kind) -> None:
        """Have that part redrawn in every workshop that somebody has on a screen."""
        for code in self.watched():
            # One workshop that cannot be read must not keep the others from it.
            guarded("touch", partial(self.touch, code, kind))

    def _touched(self, code: str, kind: Kind) -> bool:
        """Mark it if the workshop is tracked; return True when it is, or when it has no reader."""
        with self._wake:
            workshop = self._workshops.get(code)
            if workshop is not None:
                workshop.regions.add(Region(kind))
                self._wake.notify()
            return workshop is not None or code not in self._readers

    def _read(self, code: str) -> Snapshot | None:
        """Return the snapshot, None when it is gone. Never under `_wake`: opening may be slow."""
        try:
            return self._service.read(code)
        except (UnknownWorkshop, Damaged, StorageFailed):  # erased or spoilt while its last screens leave
            return None

    def _count(self, code: str, audience: Audience, step: int) -> None:
        with self._wake:
            counts, workshop = self._readers[code], self._workshops.get(code)
            if workshop is not None and not counts[audience]:
                # Nobody of this audience was here to be told: what was drawn before is not known to it.
                workshop.sent[audience] = workshop.taken
            counts[audience] += step
            if not counts[audience]:
                del counts[audience]
            if not counts:
                del self._readers[code]

    def flush(self, now: float) -> None:
        """Render and send what is due at `now` (monotonic seconds)."""
        for workshop, due in self._due(now):
            began = time.monotonic()
            try:
                self._flush(workshop, due)
            except Exception:  # one workshop's trouble must not silence the others
                log.exception("flush.failed")
            took = time.monotonic() - began
            window = took * self._flushes(due.state.code)
            workshop.not_before = now + min(WINDOW_MAX_S, max(WINDOW_MIN_S, window))

    def _flushes(self, code: str) -> float:
        """Return the window as a multiple of the time the last rendering took."""
        with self._wake:
            screens = self._readers[code].total() if code in self._readers else 0
        size = min(1.0, screens / LARGE_ROOM)
        return WINDOW_FLUSHES + (LARGE_ROOM_FLUSHES - WINDOW_FLUSHES) * size

    def _soonest(self) -> float | None:
        times = (workshop.due_at() for workshop in self._workshops.values())
        return min((at for at in times if at is not None), default=None)

    def _due(self, now: float) -> list[tuple[_Workshop, _Due]]:
        due = []
        with self._wake:
            for workshop in self._workshops.values():
                at = workshop.due_at()
                if at is not None and at <= now:
                    workshop.taken = workshop.noted.position.seq
                    due.append((workshop, _Due(workshop.take(now), workshop.noted)))
        return due

    def _flush(self, workshop: _Workshop, due: _Due) -> None:
        code, to = due.state.code, due.state.position
        with self._wake:
            audiences = list(self._readers.get(code, ()))
            if self._workshops.get(code) is not workshop:
                return
            if not audiences and not workshop.regions:
                del self._workshops[code]  # nobody to tell: the next act begins anew
        for audience in audiences:
            message = self._draw(due.state, audience, due.regions)
            if message is not None:
                # An audience that saw no difference lately was told nothing: it is still where it was.
                message["from"] = workshop.sent.get(audience, workshop.base)
                message["to"], message["head"] = to.seq, to.head
                workshop.sent[audience] = to.seq
                self._send(CHANGED, message, audience.room(code))

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT_S):
            self._send(BEAT, {}, None)
