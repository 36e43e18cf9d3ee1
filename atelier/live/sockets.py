"""The socket's handlers: who may listen to what. Everything that lasts goes by POST, never through here."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_socketio import SocketIO, join_room

from atelier.live.hub import POSITION, Audience, Hub
from atelier.service import Service

Admit = Callable[[str, str, int], "Audience | None"]


def listen(socketio: SocketIO, hub: Hub, service: Service, admit: Admit) -> None:
    """Register the handlers. `admit(code, surface, group)` says to what audience this browser belongs, if any."""
    seated: dict[str, tuple[str, Audience]] = {}

    @socketio.on("connect")
    def connected(auth: Any = None) -> bool:
        wanted = _wanted(auth)
        audience = admit(*wanted) if wanted else None
        if wanted is None or audience is None:
            return False
        code = wanted[0]
        join_room(audience.room(code))
        seated[_sid()] = code, audience
        hub.arrived(code, audience)
        position = service.read(code).position
        socketio.emit(POSITION, {"seq": position.seq, "head": position.head}, to=_sid())
        return True

    @socketio.on("disconnect")
    def disconnected(*_: Any) -> None:
        seat = seated.pop(_sid(), None)
        if seat is not None:
            hub.left(*seat)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it


def _wanted(auth: Any) -> tuple[str, str, int] | None:
    if not isinstance(auth, dict):
        return None
    code, surface, group = auth.get("code"), auth.get("audience"), auth.get("group", 0)
    if isinstance(code, str) and isinstance(surface, str) and type(group) is int:
        return code, surface, group
    return None
