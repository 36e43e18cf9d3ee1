"""Check once at start that engine.io, Socket.IO and wsproto have the private parts that this transport uses.

When something of it is missing the program does not start: what half works loses people's words in the room.
"""

import importlib
import sys
from importlib import metadata
from typing import Any

REFUSAL = (
    "L’Atelier ne démarre pas : il ne connaît pas ces bibliothèques, ou pas dans cette version : {}. "
    "Refaites l’installation (« make install »)."
)

VERSIONS = {
    "python-engineio": "4.15.",
    "python-socketio": "5.18.",
    "flask-socketio": "5.7.",
    "wsproto": "1.3.",
}
"""The minor versions this was written against; pyproject.toml pins them likewise."""

NEEDED = (
    "gevent.pywsgi.WSGIHandler.read_request",
    "gevent.pywsgi.WSGIHandler.read_requestline",
    "gevent.pywsgi.WSGIHandler._log_error",
    "engineio.packet.Packet.encode",
    "engineio.server.Server.send_packet",
    "engineio.socket.Socket._upgrade_websocket",
    "engineio.socket.Socket._websocket_handler",
    "engineio.socket.Socket.poll",
    "socketio.Manager.emit",
    "socketio.Manager.get_participants",
    "socketio.Manager.set_server",
    "engineio.socket.Socket.schedule_ping",
    "socketio.Manager.connect",
    "socketio.Manager.disconnect",
    "socketio.Manager.eio_sid_from_sid",
    "socketio.Server._handle_connect",
    "socketio.Server._handle_disconnect",
    "socketio.Server._handle_eio_connect",
    "socketio.Server._handle_eio_disconnect",
    "socketio.Server._handle_event",
    "socketio.Server._send_eio_packet",
    "wsproto.connection.Connection.events",
    "wsproto.connection.ConnectionState.REMOTE_CLOSING",
    "wsproto.frame_protocol.CloseReason.MESSAGE_TOO_BIG",
    "wsproto.utilities.generate_accept_token",
)
_OF_A_SESSION = ("sid", "queue", "closed", "upgraded", "upgrading", "connected", "last_ping")


CLIENTS = ("requests", "websocket")
"""What engine.io's client would import, which comes with its server and which nobody here uses."""


def insist() -> None:
    """End the process with a French sentence when something is missing. Call it before importing the transport."""
    for name in CLIENTS:  # a tenth of what is imported until the first page
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # Python's word for « there is none »
    if lacking := missing():
        sys.exit(REFUSAL.format(", ".join(lacking)))


def missing() -> list[str]:
    """Return the names of missing parts, or libraries of a wrong version; empty when all is well."""
    return wrong_versions() or [name for name in NEEDED if not _there(name)] or _live()


def wrong_versions() -> list[str]:
    """Return the libraries that are of another minor version. Imports none of them."""
    installed = {name: metadata.version(name) for name in VERSIONS}
    return [
        f"{name} {version}" for name, version in installed.items() if not version.startswith(VERSIONS[name])
    ]


def _there(name: str) -> bool:
    parts = name.split(".")
    thing: Any = None
    for depth, part in enumerate(parts):
        try:
            thing = importlib.import_module(".".join(parts[: depth + 1]))
        except ImportError:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
    return True


def _live() -> list[str]:
    """Look at one server and one session, which nobody talks to."""
    import engineio

    server: Any = engineio.Server(async_mode="gevent", monitor_clients=False)
    if "websocket" not in getattr(server, "_async", {}) or not hasattr(server, "sockets"):
        return ["engineio.Server._async"]
    session = engineio.socket.Socket(server, "nobody")
    return [f"engineio.Socket.{name}" for name in _OF_A_SESSION if not hasattr(session, name)]
