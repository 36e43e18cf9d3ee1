"""Revocation: after facts that change rights, checks the affected seats again and evicts those that lost theirs."""

import threading
from collections.abc import Callable

from flask_socketio import SocketIO

from atelier.domain.state import Workshop
from atelier.limits import GOODBYE_S
from atelier.live.admission import Seat, same_seat, subjects
from atelier.live.hub import POSITION
from atelier.live.seats import Seats
from atelier.service.service import Damaged, Position, Recorded, Service, StorageFailed, UnknownWorkshop


class Readmission:
    """Observer of commits, registered before the hub: who lost a right has left the room when the fact is broadcast."""

    def __init__(self, socketio: SocketIO, seats: Seats, service: Service) -> None:
        self._socketio, self._seats, self._service = socketio, seats, service
        self._stopped = threading.Event()

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Check the seats whose rights these facts may have changed (called after their commit)."""
        concerned = subjects(each.fact.event for each in recorded)
        if concerned is None or concerned:
            self.review(code, concerned)

    def review(self, code: str, concerned: frozenset[str] | None = None) -> None:
        """Check every seat of the workshop, or only those of the people and keys `concerned`."""
        seats = self._seats.of(code, concerned)
        if not seats:
            return
        state, position = self._now(code)
        for sid, seat in seats:
            self._ask(sid, seat, state, position)

    def stands(self, sid: str, seat: Seat) -> bool:
        """Tell whether a seat that was just taken holds: its right may have ended while it was being given."""
        state, _ = self._now(seat.code)
        return sid in self._seats and state is not None and same_seat(state, seat) == seat

    def close(self, code: str) -> None:
        """Evict every reader of a workshop that was erased or set aside."""
        for sid, seat in self._seats.of(code):
            self._evict(sid, seat, None)

    def stop(self) -> None:
        """Wait for no page any more that was told to go: every connection ends now."""
        self._stopped.set()

    def _now(self, code: str) -> tuple[Workshop | None, Position | None]:
        try:
            snapshot = self._service.read(code)
        except (UnknownWorkshop, Damaged, StorageFailed):
            return None, None
        return snapshot.state, snapshot.position

    def _ask(self, sid: str, seat: Seat, state: Workshop | None, position: Position | None) -> None:
        now = same_seat(state, seat) if state else None
        if now is None:
            self._evict(sid, seat, position)
        elif now != seat:
            self._seats.change(sid, now)

    def _evict(self, sid: str, seat: Seat, position: Position | None) -> None:
        server = self._socketio.server
        server.leave_room(sid, seat.audience.room(seat.code), namespace="/")
        if self._seats.leave(sid) is not None:
            self._socketio.start_background_task(self._farewell(sid, position))

    def _farewell(self, sid: str, position: Position | None) -> Callable[[], None]:
        """Return a task that sends a page to ask where it belongs, then closes its connection after `GOODBYE_S`.

        A page that hears of another position asks what it missed, and is answered that it has no seat.
        """
        server = self._socketio.server
        connection = server.manager.eio_sid_from_sid(sid, "/")

        def say_goodbye() -> None:
            if position is not None:
                self._socketio.emit(POSITION, {"seq": position.seq, "head": position.head}, to=sid)
            server.disconnect(sid, namespace="/")
            self._stopped.wait(GOODBYE_S)
            session = server.eio.sockets.get(connection)
            if session is not None:
                session.close(wait=False)

        return say_goodbye
