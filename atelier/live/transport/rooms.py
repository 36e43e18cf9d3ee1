"""Socket.IO rooms: encode and frame a message once, then hand it to the socket writer of everybody in the room."""

import io
import threading
import time
from typing import Any

from engineio import packet as engine
from socketio import Manager, packet

from atelier.limits import QUEUE_BYTES, QUEUE_SECONDS, SLICE
from atelier.live.transport.admission import Lobby, Sweeper
from atelier.live.transport.frames import frame
from atelier.live.transport.log import libraries, log
from atelier.live.transport.packets import Malformed, decoded
from atelier.live.transport.websocket import WebSocketConnection
from atelier.live.transport.writer import SocketWriter, broadcast

GOING_AWAY, REFUSED = b"\x88\x02\x03\xe9", b"\x88\x02\x03\xf0"
"""Close frames: 1001, 1008."""
_DROPPED, _KEPT = (
    ("HTTP_", "atelier.socket", "gunicorn."),
    ("HTTP_HOST", "HTTP_COOKIE", "HTTP_ORIGIN", "HTTP_X_ATELIER_"),
)


class RoomManager(Manager):
    """Socket.IO's manager of rooms, and the one place where this transport is put into engine.io.

    Any greenlet may emit, and not the native threads of `off_the_loop`: sends to a whole room take no lock.
    """

    def __init__(self) -> None:
        super().__init__()
        self._writers: dict[str, SocketWriter] = {}
        self._taking_over = threading.Lock()
        self._lobby = Lobby()
        self._sweeper = Sweeper(self._lobby, lambda sid: self.hang_up(sid, "never entered"))

    def set_server(self, server: Any) -> None:
        """Called once by Socket.IO's server, which is otherwise left as it is; so is the rest of the process."""
        super().set_server(server)
        kind = type(
            "WebSocketConnection",
            (WebSocketConnection,),
            {"register": self._register, "forget": self._forget},
        )
        server.eio._async = server.eio._async | {"websocket": kind}
        server.eio.send_packet = self._send
        server.eio.on("connect", self._shaken)
        server.eio.on("message", self._heard)
        server.eio.on("disconnect", self._gone)

    def connect(self, sid: str, namespace: str) -> Any:
        """Called by Socket.IO once a client was admitted: from here on it is pinged, and may stay."""
        found = super().connect(sid, namespace)
        at = self.eio_sid_from_sid(sid, namespace)
        session = self.server.eio.sockets.get(at)
        self._lobby.left(at)
        if session is not None and session.last_ping is None:
            session.last_ping = time.time()
            session.schedule_ping()
            session.asked, session.entered = False, True
        return found

    def disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        """Called by Socket.IO when a client is out again: it has to enter once more, or go."""
        at = self.eio_sid_from_sid(sid, namespace)
        super().disconnect(sid, namespace, **kwargs)
        session = self.server.eio.sockets.get(at)
        if session is not None and not session.closing and not session.closed:
            self._wait_for(at)

    def hang_up(self, sid: str, why: str) -> None:
        """Close a connection at once, on either transport."""
        log.warning("connection.refused: %s", why)
        session = self.server.eio.sockets.pop(sid, None)
        writer = self._writers.get(sid)
        if session is not None:
            session.close(wait=False, abort=True)
        if writer is not None:
            writer.push(REFUSED)
            writer.kill()

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **kwargs: Any,
    ) -> None:
        """Send an event to a room, to one client, or to all."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        content = self.server.packet_class(
            packet.EVENT, namespace=namespace, data=[event, *arguments]
        ).encode()
        if callback or isinstance(content, list):  # answers asked for, or binary parts: nothing of ours
            super().emit(event, data, namespace, room, skip_sid, callback, to, **kwargs)
            return
        skipped = skip_sid if isinstance(skip_sid, list | tuple) else (skip_sid,)
        readers = [at for sid, at in self.get_participants(namespace, to or room) if sid not in skipped]
        self._spread(readers, engine.Packet(engine.MESSAGE, content))

    def farewell(self) -> None:
        """Tell every client that this server goes away."""
        for writer in list(self._writers.values()):
            writer.finish(GOING_AWAY)

    def _shaken(self, sid: str, environ: dict[str, Any]) -> Any:
        session = self.server.eio.sockets[sid]
        session.asked = session.entered = False
        session.last_ping = None  # engine.io would keep a task and the session for 20 s, whoever it is
        self._wait_for(sid)
        return self.server._handle_eio_connect(sid, lean(environ))

    def _wait_for(self, sid: str) -> None:
        overdue = self._lobby.arrived(sid)
        if overdue is not None:
            self.hang_up(overdue, "too many enter")
        self._sweeper.wake(self.server.start_background_task, self.server.sleep)

    def _heard(self, sid: str, content: str) -> None:
        """Hand a message to Socket.IO when it is one of those that pages send; hang up otherwise."""
        if sid not in self.server.environ:  # it was hung up; more of the same request follows
            return
        try:
            self._handle(sid, decoded(self.server.packet_class, content))
        except Malformed as fault:
            self.hang_up(sid, str(fault))
        except Exception:
            libraries.exception("handler.failed")
            self.hang_up(sid, "failed")

    def _handle(self, sid: str, found: packet.Packet) -> None:
        server = self.server
        if found.packet_type == packet.CONNECT:
            self._ask_once(sid)
            server._handle_connect(sid, found.namespace, found.data)
        elif found.packet_type == packet.DISCONNECT:
            server._handle_disconnect(sid, found.namespace, server.reason.CLIENT_DISCONNECT)
        elif self.sid_from_eio_sid(sid, "/") is None:
            raise Malformed("not connected")
        else:
            server._handle_event(sid, found.namespace, found.id, found.data)

    def _ask_once(self, sid: str) -> None:
        """Let nobody ask again who was refused: a page opens another connection for that."""
        session = self.server.eio.sockets.get(sid)
        if session is not None:
            if session.asked:
                raise Malformed("asked again")
            session.asked = True

    def _gone(self, sid: str, reason: str) -> None:
        self._lobby.left(sid)
        self.server._handle_eio_disconnect(sid, reason)

    def _spread(self, readers: list[str], message: engine.Packet) -> None:
        bytes_once = frame(message.encode())
        for start in range(0, len(readers), SLICE):
            if start:
                self.server.sleep(0)
            found = []
            for sid in readers[start : start + SLICE]:
                writer = self._writers.get(sid)
                if writer is None:
                    self.server._send_eio_packet(sid, message)
                else:
                    found.append(writer)
            broadcast(found, bytes_once)

    def _send(self, sid: str, message: engine.Packet) -> None:
        """engine.io's `send_packet`: a message to one client, over its writer or for its next poll."""
        writer = self._writers.get(sid)
        if writer is None:
            with self._taking_over:
                writer = self._writers.get(sid)
                if writer is None:
                    self._keep(sid, message)
                    return
        writer.post(frame(message.encode()))

    def _register(self, session: Any, writer: SocketWriter, marker: engine.Packet) -> None:
        # What engine.io has queued until here goes first: the writer holds back until its writer reaches the marker.
        with self._taking_over:
            session.queue.put(marker)
            self._writers[session.sid] = writer

    def _forget(self, session: Any, writer: SocketWriter) -> None:
        if self._writers.get(session.sid) is writer:
            del self._writers[session.sid]

    def _keep(self, sid: str, message: engine.Packet) -> None:
        """Queue for the next poll, within the limits that sockets have too; a poll takes all that waits."""
        session = self.server.eio.sockets.get(sid)
        if session is None or session.closed:
            return
        now = time.monotonic()
        since, size = (now, 0) if session.queue.empty() else getattr(session, "waiting", (now, 0))
        session.waiting = since, size + len(message.data)
        if size > QUEUE_BYTES or now - since > QUEUE_SECONDS:
            log.info("reader.dropped", extra={"limit": "poll"})
            session.close(wait=False, abort=True)
            return
        session.send(message)


def lean(environ: dict[str, Any]) -> dict[str, Any]:
    """Return what handlers need of a handshake, which Socket.IO keeps as long as the connection lasts."""
    kept = {
        name: value
        for name, value in environ.items()
        if name.startswith(_KEPT) or not name.startswith(_DROPPED)
    }
    return kept | {"wsgi.input": io.BytesIO()}
