"""Registry of seats by socket id: for as long as the connection, or until a right ends."""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping

from atelier.live.admission import Seat
from atelier.live.hub import Hub
from atelier.live.presence import Presence
from atelier.live.regions import Kind


class Seats(Mapping[str, Seat]):
    """Seats by socket id; keeps hub and presence up to date. Thread-safe."""

    def __init__(self, hub: Hub, presence: Presence) -> None:
        self._hub, self._presence = hub, presence
        self._seats: dict[str, Seat] = {}
        self._sids: dict[tuple[str, str], set[str]] = defaultdict(set)
        """By code, and by code and subject; « » as subject is everybody of that workshop."""
        self._lock = threading.Lock()

    def __getitem__(self, sid: str) -> Seat:
        return self._seats[sid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seats)

    def __len__(self) -> int:
        return len(self._seats)

    def take(self, sid: str, seat: Seat) -> None:
        """Register the seat of a socket."""
        with self._lock:
            self._seats[sid] = seat
            for key in _keys(seat):
                self._sids[key].add(sid)
        self._hub.arrived(seat.code, seat.audience)
        self._sit(sid, seat)

    def change(self, sid: str, seat: Seat) -> None:
        """Replace the seat of a socket whose browser changed identity on the same page."""
        with self._lock:
            before = self._seats.get(sid)
            if before is None:  # hung up meanwhile
                return
            self._seats[sid] = seat
        self._rise(sid, before)
        self._sit(sid, seat)

    def leave(self, sid: str) -> Seat | None:
        """Unregister a socket; return the seat it had, None when it had none."""
        with self._lock:
            seat = self._seats.pop(sid, None)
            if seat is None:
                return None
            for key in _keys(seat):
                self._sids[key].discard(sid)
                if not self._sids[key]:
                    del self._sids[key]
        self._hub.left(seat.code, seat.audience)
        self._rise(sid, seat)
        return seat

    def holds(self, sid: str, count: int) -> None:
        """The phone behind `sid` says how many acts wait there."""
        seat = self.get(sid)
        if seat is not None and self._presence.holds(seat.code, sid, count):
            self._hub.touch(seat.code, Kind.PRESENCE)

    def of(self, code: str, subjects: frozenset[str] | None = None) -> list[tuple[str, Seat]]:
        """Return the seats of a workshop, or those of its `subjects` only, each with its socket."""
        wanted = {""} if subjects is None else subjects
        with self._lock:
            sids = {sid for subject in wanted for sid in self._sids.get((code, subject), ())}
            return [(sid, self._seats[sid]) for sid in sids]

    def _sit(self, sid: str, seat: Seat) -> None:
        if seat.person:
            self._presence.arrived(seat.code, sid, seat.person, seat.audience.group)
            self._hub.touch(seat.code, Kind.PRESENCE)
        elif seat.audience.surface in ("desk", "wall"):
            # Its page may have been drawn before a change of this machine's network cards, which no position tells.
            self._hub.touch(seat.code, Kind.NETWORK)

    def _rise(self, sid: str, seat: Seat) -> None:
        if seat.person:
            self._presence.left(seat.code, sid)
            self._hub.touch(seat.code, Kind.PRESENCE)


def _keys(seat: Seat) -> Iterator[tuple[str, str]]:
    yield seat.code, ""
    for subject in seat.visitor.subjects:
        yield seat.code, subject
