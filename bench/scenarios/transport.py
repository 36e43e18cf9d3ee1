"""What one delivery costs the transport: the raw `send` loop, compiled and in Python, ours and the stock one.

No workshop behind it: messages of 300 bytes, medians of rounds in which every kind has its turn, so that a busy machine
is busy for all. A writer sends the next message once the last one is answered.
"""

import selectors
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from atelier.serving import many_files
from bench.goals import RAW_300, WBO_300
from bench.machine import cpu_s, on_core, pin, unpin
from bench.raw_loop import compiled
from bench.results import Found
from tests.support.raw import Client, Server, event, packed
from tests.support.running import free_port

OURS, STOCK = "ours", "stock Socket.IO"
RAW_C, RAW_PYTHON = "raw loop in C", "raw loop in Python"
FAST = {"INCOMING_RATE": 1e9, "INCOMING_BURST": 1e9}
WARM_S, SECONDS, ROUNDS, BYTES = 0.7, 1.0, 3, 300
HEAD = ("server", "CPU ms / 1,000", "× {}", "deliveries/s", "server CPU", "generator CPU")


class Shape(NamedTuple):
    """So many rooms of so many readers; so many writers a room, each with one message under way."""

    rooms: int
    readers: int
    writers: int


SHAPES = {"300 in a room": Shape(1, 300, 4), "ten rooms of 30": Shape(10, 30, 1)}


def kinds() -> tuple[str, ...]:
    """Return what there is to measure here; the first is the floor."""
    return (*([RAW_C] if compiled() else []), RAW_PYTHON, OURS, STOCK)


class Measured(NamedTuple):
    """CPU ms for 1,000 deliveries, deliveries a second, and how busy server and generator were (1: a whole core)."""

    cost: float
    rate: float
    server: float
    generator: float


class Rooms(Protocol):
    """What is measured: a process, and connections to it."""

    pid: int
    readers: list[socket.socket]
    writers: dict[socket.socket, bytes]
    answer: bytes
    frame: int

    def stop(self) -> None:
        """End it."""
        ...


@dataclass
class Raw:
    """A loop that sends the same bytes to every socket of a room: nothing in Python can be cheaper."""

    pid: int
    readers: list[socket.socket]
    writers: dict[socket.socket, bytes]
    frame: int
    process: subprocess.Popen[bytes]
    answer: bytes = b"."

    @classmethod
    def start(cls, shape: Shape, size: int, kind: str) -> "Raw":
        """Start it and fill its rooms."""
        port, frame = free_port(), size + 22
        program = [str(compiled())] if kind == RAW_C else [sys.executable, "-m", "bench.raw_loop"]
        process = subprocess.Popen([*program, str(port), str(frame)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        readers: list[socket.socket] = []
        writers: dict[socket.socket, bytes] = {}
        for room in range(shape.rooms):
            readers += [cls._connected(port, b"r%d\n" % room) for _ in range(shape.readers)]
            writers |= {cls._connected(port, b"w%d\n" % room): b"." for _ in range(shape.writers)}
        return cls(process.pid, readers, writers, frame, process)

    @staticmethod
    def _connected(port: int, role: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(role)
        assert connection.recv(1) == b"!"
        return connection

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.communicate()


class Transport:
    """The transport's test server, in one of its kinds."""

    answer = b"431["

    def __init__(self, kind: str, shape: Shape, size: int) -> None:
        self._server = Server(limits=FAST, stock=kind == STOCK)
        self.pid = self._server.process.pid
        self._clients: list[Client] = []
        self.readers: list[socket.socket] = []
        self.writers: dict[socket.socket, bytes] = {}
        for room in map(str, range(shape.rooms)):
            self.readers += [self._joined(room) for _ in range(shape.readers)]
            told = packed(event("tell", room, 7, size, answer=1))
            self.writers |= {self._joined(""): told for _ in range(shape.writers)}
        probe = len('42["told",[7,""]]') + size
        self.frame = probe + (2 if probe < 126 else 4)

    def _joined(self, room: str) -> socket.socket:
        self._clients.append(Client(self._server).introduced(room))
        return self._clients[-1].socket

    def stop(self) -> None:
        """End it."""
        self._server.stop()


def measured(rooms: Rooms, seconds: float) -> Measured:
    """Keep every writer busy for a while, and count."""
    selector = selectors.DefaultSelector()
    for connection in (*rooms.readers, *rooms.writers):
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ, rooms.writers.get(connection))
    for connection, told in rooms.writers.items():
        connection.send(told)
    _turn(selector, rooms, WARM_S)
    busy, own, start = cpu_s(rooms.pid), time.process_time(), time.perf_counter()
    received = _turn(selector, rooms, seconds)
    took = time.perf_counter() - start
    busy, own = cpu_s(rooms.pid) - busy, time.process_time() - own
    assert received, "nothing arrived: the machine is too busy to measure"
    deliveries = received / rooms.frame
    return Measured(busy * 1e6 / deliveries, deliveries / took, busy / took, own / took)


def _turn(selector: selectors.BaseSelector, rooms: Rooms, seconds: float) -> int:
    """Read everything, answer every answer with the next message; return the bytes that readers got."""
    received, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(0.1):
            connection = key.fileobj
            assert isinstance(connection, socket.socket)
            data = connection.recv(1 << 18)
            if key.data is None:
                received += len(data)
            else:
                for _ in range(data.count(rooms.answer)):
                    connection.send(key.data)
    return received


def measured_kind(kind: str, shape: Shape, seconds: float, size: int) -> Measured:
    """Measure one kind of server on one shape of room."""
    with on_core(0):
        raw = kind in (RAW_C, RAW_PYTHON)
        rooms: Rooms = Raw.start(shape, size, kind) if raw else Transport(kind, shape, size)
    try:
        pin(1)
        return measured(rooms, seconds)
    finally:
        unpin()
        rooms.stop()
        for connection in (*rooms.readers, *rooms.writers):
            connection.close()


def run(found: Found, quick: bool) -> None:
    """Measure every kind in turn, several times."""
    _measured(found, *((1, 0.5) if quick else (ROUNDS, SECONDS)))


def brief(found: Found) -> None:
    """The same in one round."""
    _measured(found, 1, SECONDS)


def _measured(found: Found, rounds: int, seconds: float) -> None:
    many_files()
    for name, shape in SHAPES.items():
        taken: dict[str, list[Measured]] = {kind: [] for kind in kinds()}
        for _ in range(rounds):
            for kind, rows in taken.items():
                rows.append(measured_kind(kind, shape, seconds, BYTES))
        middle = {
            kind: [statistics.median(each) for each in zip(*taken[kind], strict=True)] for kind in taken
        }
        lowest = next(iter(middle))
        floor = middle[lowest][0]
        title = f"{name}, {shape.writers * shape.rooms} messages of {BYTES} bytes in flight"
        table = found.table(title, *(each.format(lowest) for each in HEAD))
        for kind, (cost, rate, server, own) in middle.items():
            table.add(
                kind, f"{cost:.1f}", f"{cost / floor:.1f}", f"{rate:,.0f}", f"{server:.0%}", f"{own:.0%}"
            )
        key, ours = str(shape.readers), middle[OURS][0]
        found.values[f"{key} × Python's loop"] = ours / middle[RAW_PYTHON][0]
        found.values[f"{key} × stock"] = ours / middle[STOCK][0]
        if RAW_C in middle:
            found.values[f"{key} × C"] = ours / middle[RAW_C][0]
            found.values[f"{key} × WBO"] = ours / middle[RAW_C][0] * RAW_300 / WBO_300
