"""Rooms: a message is encoded and framed once, then handed to the outlet of everybody in it."""

import threading
import time
from typing import Any

from engineio import packet as engine
from socketio import Manager, packet

from atelier.limits import QUEUE_BYTES, QUEUE_SECONDS, SLICE
from atelier.live.transport.conversation import Conversation
from atelier.live.transport.frames import frame
from atelier.live.transport.outlet import Outlet, broadcast, log


class Broadcaster(Manager):
    """Socket.IO's manager of rooms, and the one place where this transport is put into engine.io.

    Any greenlet may emit, and not the native threads of `off_the_loop`: sends to a whole room take no lock.
    """

    def __init__(self) -> None:
        super().__init__()
        self._outlets: dict[str, Outlet] = {}
        self._taking_over = threading.Lock()

    def set_server(self, server: Any) -> None:
        """Called once by Socket.IO's server, which is otherwise left as it is; so is the rest of the process."""
        super().set_server(server)
        kind = type("Conversation", (Conversation,), {"register": self._register, "forget": self._forget})
        server.eio._async = server.eio._async | {"websocket": kind}
        server.eio.send_packet = self._send

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
        """Send to a room, to one client, or to all."""
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
        goodbye = b"\x88\x02\x03\xe9"  # a close frame, 1001
        for outlet in list(self._outlets.values()):
            outlet.finish(goodbye)

    def _spread(self, readers: list[str], message: engine.Packet) -> None:
        bytes_once = frame(message.encode())
        for start in range(0, len(readers), SLICE):
            if start:
                self.server.sleep(0)
            found = []
            for sid in readers[start : start + SLICE]:
                outlet = self._outlets.get(sid)
                if outlet is None:
                    self.server._send_eio_packet(sid, message)
                else:
                    found.append(outlet)
            broadcast(found, bytes_once)

    def _send(self, sid: str, message: engine.Packet) -> None:
        """engine.io's `send_packet`: a message to one client, over its outlet or for its next poll."""
        outlet = self._outlets.get(sid)
        if outlet is None:
            with self._taking_over:
                outlet = self._outlets.get(sid)
                if outlet is None:
                    self._keep(sid, message)
                    return
        outlet.post(frame(message.encode()))

    def _register(self, session: Any, outlet: Outlet, marker: engine.Packet) -> None:
        # What engine.io has queued until here goes first: the outlet holds back until its writer reaches the marker.
        with self._taking_over:
            session.queue.put(marker)
            self._outlets[session.sid] = outlet

    def _forget(self, session: Any, outlet: Outlet) -> None:
        if self._outlets.get(session.sid) is outlet:
            del self._outlets[session.sid]

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
