"""Socket writer: sends whole frames in order, directly or from a queue bounded in bytes and seconds."""

import _socket
import contextlib
import select
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from atelier.limits import QUEUE_BYTES, QUEUE_SECONDS, SEND_BUFFER_BYTES
from atelier.live.transport.log import log


class Task(Protocol):
    """A thread or a greenlet."""

    def join(self) -> object:
        """Wait for its end."""
        ...


Spawn = Callable[[Callable[[], None]], Task]


class SocketWriter:
    """The only writer of one socket. Thread-safe.

    `direct` is the plain non-blocking send while nothing stands before it; None while anything is queued or held back,
    and for good once the writer is dead. Nothing in here waits but the drain, so under gevent nothing in here switches:
    that is why `broadcast` may do without the lock there.
    """

    __slots__ = (
        "_drainer",
        "_held",
        "_lock",
        "_plain",
        "_queue",
        "_size",
        "_socket",
        "_spawn",
        "dead",
        "direct",
    )

    def __init__(self, connection: socket.socket, spawn: Spawn) -> None:
        """`spawn` starts a thread or a greenlet. What `post` gets is held back until `release`."""
        if isinstance(connection, ssl.SSLSocket):
            raise TypeError("TLS ends at the proxy: this socket is written to as it is")
        self._socket, self._spawn = connection, spawn
        self._lock = threading.Lock()
        self._queue: deque[tuple[bytes | memoryview, float]] = deque()
        self._held: list[bytes] | None = []
        self._drainer: Task | None = None
        self._size = 0
        self.dead = False
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The same descriptor without gevent's or Python's waiting around it.
        self._plain = _socket.socket(
            connection.family, connection.type, connection.proto, fileno=connection.fileno()
        )
        self._plain.settimeout(0)
        self.direct: Callable[[bytes], int] | None = None

    def push(self, frame: bytes) -> None:
        """Send a frame of engine.io or of the protocol, ahead of held-back messages."""
        with self._lock:
            self._send(frame)

    def post(self, frame: bytes) -> None:
        """Send a message, held back until engine.io's queue from before the upgrade is empty."""
        with self._lock:
            if self._held is None:
                self._send(frame)
            elif not self.dead:
                self._held.append(frame)
                self._grow(len(frame))

    def release(self) -> None:
        """Send what was held back: engine.io's own queue is empty up to here."""
        with self._lock:
            held, self._held = self._held or [], None
            self._size -= sum(map(len, held))
            for frame in held:
                self._send(frame)
            if not self._queue and not self.dead:
                self.direct = self._plain.send

    def finish(self, frame: bytes) -> None:
        """Send a last frame and shut down writing; with a backlog, shut down at once."""
        with self._lock:
            self._send(frame)
            self._die(socket.SHUT_RDWR if self._queue else socket.SHUT_WR)

    def kill(self) -> None:
        """Shut the socket down."""
        with self._lock:
            self._die(socket.SHUT_RDWR)

    def leave(self) -> None:
        """Shut down, and return once no greenlet polls the descriptor, so that the server may close it.

        Its number is reused by the next connection; and closing one that gevent watches ends the process.
        """
        self.kill()
        if self._drainer is not None:
            self._drainer.join()

    def _send(self, frame: bytes) -> None:
        if self.dead:
            return
        if self._queue:
            self._queue.append((frame, time.monotonic()))
            self._grow(len(frame))
            return
        self._sent(frame, self._try(frame))

    def _try(self, data: bytes | memoryview) -> int:
        try:
            return self._plain.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            self._die(socket.SHUT_RDWR)
            return len(data)

    def _sent(self, frame: bytes, count: int) -> None:
        """Queue what the kernel did not take of `frame`; from here on somebody drains."""
        if count == len(frame) or self.dead:
            return
        self.direct = None
        self._queue.append((memoryview(frame)[count:], time.monotonic()))
        self._drainer = self._spawn(self._drain)
        self._grow(len(frame) - count)

    def _grow(self, size: int) -> None:
        # One message may be longer than that: what counts is what waited already, behind which the reader is.
        if self._size > QUEUE_BYTES:
            self._drop("bytes")
            return
        self._size += size

    def _drain(self) -> None:
        patience: float | None = QUEUE_SECONDS
        while patience is not None:
            ready = _writable(self._plain, patience)
            with self._lock:
                patience = self._progress(ready)

    def _progress(self, ready: bool) -> float | None:
        """Write what can be written; return how long the oldest frame may still wait, None when the drain ends."""
        if ready:
            self._empty_some()
        if self.dead:
            return None
        if not self._queue:
            # Still under the lock: whatever fills the queue again starts a drain of its own.
            self.direct = None if self._held is not None else self._plain.send
            return None
        patience = self._queue[0][1] + QUEUE_SECONDS - time.monotonic()
        if patience > 0:
            return patience
        self._drop("seconds")
        return None

    def _empty_some(self) -> None:
        while self._queue:
            data, since = self._queue[0]
            count = self._try(data)
            if self.dead:
                return
            self._size -= count
            if count < len(data):
                self._queue[0] = memoryview(data)[count:], since
                return
            self._queue.popleft()

    def _drop(self, limit: str) -> None:
        log.info("reader.dropped", extra={"limit": limit})
        self._die(socket.SHUT_RDWR)

    def _die(self, how: int) -> None:
        if self.dead:
            return
        self.dead, self.direct, self._held, self._size = True, None, None, 0
        self._queue.clear()
        # The descriptor belongs to the server; from here on nothing can be written to it, whoever gets its number.
        self._plain.detach()
        with contextlib.suppress(OSError):
            self._socket.shutdown(how)


def broadcast(writers: Iterable[SocketWriter], frame: bytes) -> None:
    """Send one frame to many sockets. Never switches greenlets, so takes no lock."""
    size = len(frame)
    for writer in writers:
        send = writer.direct
        if send is None:
            writer.post(frame)
            continue
        try:
            count = send(frame)
        except BlockingIOError:
            count = 0
        except OSError:
            writer.kill()
            continue
        if count != size:
            writer._sent(frame, count)


def _writable(plain: _socket.socket, seconds: float) -> bool:
    """Wait up to `seconds` until the socket is writable; other greenlets run meanwhile."""
    descriptor = plain.fileno()
    if descriptor < 0:
        return False
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([], [descriptor], [], seconds)[1])
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    return bool(poll.poll(seconds * 1000))
