"""Socket.IO handlers: connect, disconnect, acts, and transient messages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask import request
from flask_socketio import SocketIO, join_room, leave_room

from atelier.limits import ARRIVALS_MISSED
from atelier.live.admission import Seat
from atelier.live.hub import CHANGED, POSITION, Audience
from atelier.live.presence import count_in
from atelier.live.previews import DROPPED, PULLED, Previews, Pull, drop_in, pull_in
from atelier.live.readmission import Readmission
from atelier.live.regions import Kind, Region, stale
from atelier.live.seats import Seats
from atelier.service.service import Position, Recorded, Service
from atelier.service.workshop import Snapshot

ACTED = "phone:act"
HOLDING = "phone:holding"


UNSEATED: dict[str, Any] = {"status": 503, "body": {}}
"""The answer where there is no seat any more: sent again by POST, the act is told what became of it."""

Admit = Callable[[str, str, int], "Seat | None"]
Environ = Callable[[], Mapping[str, Any]]
"""The handshake of a connection, as WSGI has it."""
Take = Callable[[Seat, Environ, object, object], dict[str, Any]]
Concerns = Callable[[Snapshot, Audience, frozenset[Region]], bool]
MayPull = Callable[[Seat, Pull], bool]


def listen(
    socketio: SocketIO,
    seats: Seats,
    readmission: Readmission,
    service: Service,
    admit: Admit,
    concerns: Concerns,
) -> None:
    """Register the handlers that fill `seats`; `admit(code, surface, group)` gives this browser one, if it may.

    `concerns(snapshot, audience, regions)` tells whether those readers see any of that.
    """

    @socketio.on("connect")
    def connected(auth: Any = None) -> bool:
        wanted = _wanted(auth)
        seat = admit(*wanted) if wanted else None
        if seat is None:
            return False
        join_room(seat.audience.room(seat.code))
        seats.take(_sid(), seat)
        if not readmission.stands(_sid(), seat):
            leave_room(seat.audience.room(seat.code))
            seats.leave(_sid())
            return False
        _greet(socketio, _told(service, seat, auth, concerns))
        return True

    @socketio.on(HOLDING)
    def holding(told: Any = None) -> None:
        count = count_in(told)
        if count is not None:
            seats.holds(_sid(), count)

    @socketio.on("disconnect")
    def disconnected(*_: Any) -> None:
        seats.leave(_sid())


def listen_to_acts(socketio: SocketIO, seats: Mapping[str, Seat], take: Take) -> None:
    """Register the acts of phones; `take(seat, environ, form, version)` has one done and returns its answer.

    Not by Flask-SocketIO, which makes a request of each message: that would cost more than the rest of it.
    """
    server = socketio.server

    def acted(sid: str, form: object = None, version: object = None, *_: object) -> dict[str, Any]:
        seat = seats.get(sid)
        return UNSEATED if seat is None else take(seat, lambda: server.get_environ(sid) or {}, form, version)

    server.on(ACTED, acted)


def listen_to_pulls(
    socketio: SocketIO, seats: Mapping[str, Seat], previews: Previews, may_pull: MayPull
) -> None:
    """Register what phones tell while an arm is pulled; `may_pull` asks the rules whether it may be placed there."""

    def passed_on(pull: Pull | None) -> None:
        seat = seats.get(_sid())
        if seat is not None and pull is not None and may_pull(seat, pull):
            previews.pulled(seat.code, seat.person or _sid(), seat.audience.group, pull)

    socketio.on_event(PULLED, lambda told=None: passed_on(pull_in(told)))
    socketio.on_event(DROPPED, lambda told=None: passed_on(drop_in(told)))


def _greet(socketio: SocketIO, messages: Iterable[tuple[str, dict[str, Any]]]) -> None:
    for name, body in messages:
        socketio.emit(name, body, to=_sid())


def _told(
    service: Service, seat: Seat, auth: dict[str, Any], concerns: Concerns
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the first messages for a reader: the journal's position, so that one elsewhere asks what it missed.

    A phone that missed arrivals only, or what other tables did, is moved to the position instead, or a whole room would
    ask in the second in which it comes in; presence is redrawn anyway.
    """
    snapshot, then = service.read(seat.code), _position(auth)
    now = snapshot.position
    missed = service.since(seat.code, then.seq, then.head) if seat.person and then and then != now else None
    regions = _regions(missed)
    if then is None or regions is None or concerns(snapshot, seat.audience, regions):
        yield POSITION, {"seq": now.seq, "head": now.head}
        return
    yield POSITION, {"seq": then.seq, "head": then.head}
    yield CHANGED, {"from": then.seq, "to": now.seq, "head": now.head}


def _regions(missed: tuple[Recorded, ...] | None) -> frozenset[Region] | None:
    """Return what was missed, presence apart; None when it is not known, or too much to look at."""
    if missed is None or len(missed) > ARRIVALS_MISSED:
        return None
    return stale(each.fact.event for each in missed) - {Region(Kind.PEOPLE)}


def _position(auth: dict[str, Any]) -> Position | None:
    seq, head = auth.get("seq"), auth.get("head")
    return Position(seq, head) if type(seq) is int and seq > 0 and isinstance(head, str) else None


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it


def _wanted(auth: Any) -> tuple[str, str, int] | None:
    if not isinstance(auth, dict):
        return None
    code, surface, group = auth.get("code"), auth.get("audience"), auth.get("group", 0)
    if isinstance(code, str) and isinstance(surface, str) and type(group) is int:
        return code, surface, group
    return None
