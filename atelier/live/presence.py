"""Presence: who is connected, and how many unsent acts their phones hold. Never journalled."""

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from atelier.limits import HELD_AT_MOST


@dataclass(slots=True)
class _Seat:
    person: str
    group: int
    held: int = 0


class Presence:
    """Counts people, not sockets: two tabs of one phone are one person. Thread-safe."""

    def __init__(self) -> None:
        self._seats: dict[str, dict[str, _Seat]] = defaultdict(dict)
        self._lock = threading.Lock()

    def arrived(self, code: str, sid: str, person: str, group: int) -> None:
        """The socket `sid` shows the phone's page of `person`, who sits at `group`."""
        with self._lock:
            self._seats[code][sid] = _Seat(person, group)

    def left(self, code: str, sid: str) -> None:
        """The socket is gone."""
        with self._lock:
            self._seats[code].pop(sid, None)
            if not self._seats[code]:
                del self._seats[code]

    def holds(self, code: str, sid: str, count: int) -> bool:
        """The phone behind `sid` says how many acts wait there; tell whether that is news."""
        with self._lock:
            seat = self._seats.get(code, {}).get(sid)
            if seat is None or seat.held == count:
                return False
            seat.held = count
            return True

    def people(self, code: str) -> Mapping[str, int]:
        """Return who is connected, each with the acts that their phone still holds."""
        counts: dict[str, int] = {}
        with self._lock:
            for seat in self._seats.get(code, {}).values():
                # Two tabs share one outbox: the larger of what they last said.
                counts[seat.person] = max(seat.held, counts.get(seat.person, 0))
        return counts

    def groups(self, code: str) -> dict[int, int]:
        """Return how many people are connected, by group."""
        with self._lock:
            seats = {(seat.person, seat.group) for seat in self._seats.get(code, {}).values()}
        counts: dict[int, int] = {}
        for _, group in seats:
            counts[group] = counts.get(group, 0) + 1
        return counts


def count_in(body: object) -> int | None:
    """Return the count that a phone reports as `{"count": n}`, or None when it is none."""
    count = body.get("count") if isinstance(body, dict) else None
    return count if type(count) is int and 0 <= count <= HELD_AT_MOST else None
