"""What one delivery costs the server: the raw `send` loop, our transport and the stock one, on greenlets and threads.

`python -m bench.fanout [--seconds 3] [--rounds 3] [--bytes 300]` prints CPU milliseconds for 1,000 deliveries: medians,
side by side from one run. The server has a core to itself where there are two, this generator the other; its own CPU is
printed, to show that it is not the limit. A delivery is one message reaching one reader; a writer sends the next
message once the last one is answered.
"""

import argparse
import os
import selectors
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from bench.phones import many_files
from tests.live.raw import Client, Server, event, packed
from tests.running import free_port

KINDS = ("raw loop", "gevent direct", "gevent stock", "threads direct", "threads stock")
FAST = {"INCOMING_RATE": 1e9, "INCOMING_BURST": 1e9}
STOCK = {"lacking": ["wsproto.utilities.generate_accept_token"]}
TICK = os.sysconf("SC_CLK_TCK")
WARM_S = 0.7
HEAD = """| server | CPU ms / 1,000 | × raw loop | deliveries/s | server CPU | generator CPU |
|---|---|---|---|---|---|"""


class Shape(NamedTuple):
    """So many rooms of so many readers; so many writers a room, each with one message under way."""

    rooms: int
    readers: int
    writers: int


SHAPES = {"300 in a room": Shape(1, 300, 4), "ten rooms of 30": Shape(10, 30, 1)}


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
    def start(cls, shape: Shape, size: int) -> "Raw":
        """Start it and fill its rooms."""
        port, frame = free_port(), size + 22
        command = [sys.executable, "-m", "bench.raw_loop", str(port), str(frame)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        readers, writers = [], {}
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
        mode, transport = kind.split()
        self._server = Server(mode, limits=FAST, **(STOCK if transport == "stock" else {}))
        assert self._server.transport == transport
        self.pid = self._server.process.pid
        self._clients = []
        self.readers, self.writers = [], {}
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
    busy, own, start = _cpu(rooms.pid), time.process_time(), time.perf_counter()
    received = _turn(selector, rooms, seconds)
    took = time.perf_counter() - start
    busy, own = _cpu(rooms.pid) - busy, time.process_time() - own
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


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _on_cores(pid: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), cores[:1])
        os.sched_setaffinity(0, cores[1:])


def run(kind: str, shape: Shape, seconds: float, size: int) -> Measured:
    """Measure one kind of server on one shape of room."""
    rooms: Rooms = Raw.start(shape, size) if kind == KINDS[0] else Transport(kind, shape, size)
    cores = os.sched_getaffinity(0)
    try:
        _on_cores(rooms.pid)
        return measured(rooms, seconds)
    finally:
        os.sched_setaffinity(0, cores)
        rooms.stop()
        for connection in (*rooms.readers, *rooms.writers):
            connection.close()


def main(arguments: list[str]) -> None:
    """Measure every kind in turn, several times, so that a busy machine is busy for all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bytes", type=int, default=300)
    asked = parser.parse_args(arguments)
    many_files()
    for name, shape in SHAPES.items():
        found: dict[str, list[Measured]] = {kind: [] for kind in KINDS}
        for _ in range(asked.rounds):
            for kind in KINDS:
                found[kind].append(run(kind, shape, asked.seconds, asked.bytes))
        print(f"\n{name}, {shape.writers * shape.rooms} messages of {asked.bytes} bytes in flight")
        print(HEAD)
        floor = statistics.median(each.cost for each in found[KINDS[0]])
        for kind, rounds in found.items():
            cost, rate, server, own = (statistics.median(column) for column in zip(*rounds, strict=True))
            print(
                f"| {kind} | {cost:.1f} | {cost / floor:.1f} | {rate:,.0f} | {server:.0%} | {own:.0%} |",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
