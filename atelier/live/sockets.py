"""The socket's handlers: who may listen to what. Everything that lasts goes by POST, never through here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_socketio import SocketIO, join_room

from atelier.limits import ARRIVALS_MISSED
from atelier.live.hub import CHANGED, POSITION, Audience, Hub
from atelier.live.presence import Presence, count_in
from atelier.live.regions import Kind, Region, stale
from atelier.service import Position, Recorded, Service

HOLDING = "phone:holding"


@dataclass(frozen=True, slots=True)
class Seat:
    """What a browser may listen to; `person` is empty for those who take no part (walls, desks)."""

    code: str
    audience: Audience
    person: str


Admit = Callable[[str, str, int], "Seat | None"]


def listen(socketio: SocketIO, hub: Hub, presence: Presence, service: Service, admit: Admit) -> None:
    """Register the handlers. `admit(code, surface, group)` gives this browser its seat, if it may have one."""
    seats: dict[str, Seat] = {}

    @socketio.on("connect")
    def connected(auth: Any = None) -> bool:
        wanted = _wanted(auth)
        seat = admit(*wanted) if wanted else None
        if seat is None:
            return False
        join_room(seat.audience.room(seat.code))
        seats[_sid()] = seat
        _sit(hub, presence, seat)
        _greet(socketio, _told(service, seat, auth))
        return True

    @socketio.on(HOLDING)
    def holding(told: Any = None) -> None:
        seat, count = seats.get(_sid()), count_in(told)
        if seat is None or count is None:
            return
        if presence.holds(seat.code, _sid(), count):
            hub.touch(seat.code, Kind.PEOPLE)

    @socketio.on("disconnect")
    def disconnected(*_: Any) -> None:
        seat = seats.pop(_sid(), None)
        if seat is not None:
            _rise(hub, presence, seat)


def _greet(socketio: SocketIO, messages: Iterable[tuple[str, dict[str, Any]]]) -> None:
    for name, body in messages:
        socketio.emit(name, body, to=_sid())


def _told(service: Service, seat: Seat, auth: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a reader hears first: where the journal is, and asks what it missed when it is elsewhere.

    A phone that missed arrivals only is taken along instead, lest a whole room ask in the second in which it comes in:
    who is here is about to be drawn again anyway, since one more is.
    """
    now = service.read(seat.code).position
    then = _position(auth)
    if (
        then is None
        or then == now
        or not seat.person
        or not _only_people(service.since(seat.code, then.seq, then.head))
    ):
        yield POSITION, {"seq": now.seq, "head": now.head}
        return
    yield POSITION, {"seq": then.seq, "head": then.head}
    yield CHANGED, {"from": then.seq, "to": now.seq, "head": now.head}


def _only_people(missed: tuple[Recorded, ...] | None) -> bool:
    if missed is None or len(missed) > ARRIVALS_MISSED:
        return False
    return stale(each.fact.event for each in missed) <= {Region(Kind.PEOPLE)}


def _position(auth: dict[str, Any]) -> Position | None:
    seq, head = auth.get("seq"), auth.get("head")
    return Position(seq, head) if type(seq) is int and seq > 0 and isinstance(head, str) else None


def _sit(hub: Hub, presence: Presence, seat: Seat) -> None:
    hub.arrived(seat.code, seat.audience)
    if seat.person:
        presence.arrived(seat.code, _sid(), seat.person, seat.audience.group)
        hub.touch(seat.code, Kind.PEOPLE)


def _rise(hub: Hub, presence: Presence, seat: Seat) -> None:
    hub.left(seat.code, seat.audience)
    if seat.person:
        presence.left(seat.code, _sid())
        hub.touch(seat.code, Kind.PEOPLE)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it


def _wanted(auth: Any) -> tuple[str, str, int] | None:
    if not isinstance(auth, dict):
        return None
    code, surface, group = auth.get("code"), auth.get("audience"), auth.get("group", 0)
    if isinstance(code, str) and isinstance(surface, str) and type(group) is int:
        return code, surface, group
    return None
