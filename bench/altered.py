"""The program with one mechanism taken out, or with a stopwatch in it: `python -m bench.altered NAME serve …`.

For measuring what each of them buys; the product itself has no such switches. Nothing of it is imported before
greenlets stand in for threads, as in `atelier serve`.
"""

import atexit
import itertools
import os
import sys
import time
from pathlib import Path
from typing import Any

from atelier.runtime import concurrency

LATER_S = 1e6
"""More than any window: the hub believes that time enough has passed."""


def every_act_alone() -> None:
    """No coalescing: each fact is drawn and sent by itself, as soon as it is committed."""
    from atelier.live.hub import Hub

    hub: Any = Hub
    ring, times = hub.ring, itertools.count(1)

    def at_once(self: Any, code: str, recorded: Any) -> None:
        for each in recorded:
            ring(self, code, (each,))
            self.flush(next(times) * LATER_S)

    hub.ring = at_once


def frame_a_reader() -> None:
    """The same transport, but the message is encoded and framed for every reader, as Socket.IO does."""
    from engineio import packet

    from atelier.live.transport.rooms import RoomManager

    broadcaster: Any = RoomManager

    def one_by_one(self: Any, readers: list[str], message: Any) -> None:
        for sid in readers:
            self._send(sid, packet.Packet(packet.MESSAGE, message.data))

    broadcaster._spread = one_by_one


def commit_an_act() -> None:
    """No group commit: each act is a transaction of its own."""
    from atelier.service.committer import Committer

    committer: Any = Committer
    commit = committer.commit

    def one_by_one(self: Any, room: Any, batch: list[Any]) -> None:
        for pending in batch:
            commit(self, room, [pending])

    committer.commit = one_by_one


def stock() -> None:
    """Socket.IO's own transport and manager of rooms."""
    from socketio import Manager

    from atelier.live.transport import server
    from atelier.serving.http_server import DeadlineReader

    class Stock(Manager):
        def farewell(self) -> None:
            """Say nothing."""

        def hang_up(self, sid: str, why: str) -> None:
            """Leave it to Socket.IO."""

    there: Any = server
    there.RoomManager = Stock
    # What simple-websocket takes the connection from, on a server of gevent.
    reader: Any = DeadlineReader
    reader._sock = property(lambda self: self._socket)


def stopwatch() -> None:
    """Nothing taken out; notes when each act was received and when each frame had been written, for `read_stopwatch`.

    The message of an act counts as received, or its request line: what came before it was read is the network's time.
    """
    from gevent.pywsgi import WSGIHandler

    from atelier.live.handlers import ACTED
    from atelier.live.hub import CHANGED
    from atelier.live.transport.rooms import RoomManager

    marks: list[str] = []
    handler: Any = WSGIHandler
    broadcaster: Any = RoomManager
    read, spread, heard = handler.read_request, broadcaster._spread, broadcaster._heard

    def reading(self: Any, line: str) -> Any:
        if line.startswith("POST"):
            marks.append(f"r {time.perf_counter()}")
        return read(self, line)

    def hearing(self: Any, sid: str, content: str) -> None:
        if ACTED in content:
            marks.append(f"r {time.perf_counter()}")
        heard(self, sid, content)

    def spreading(self: Any, readers: Any, message: Any) -> None:
        spread(self, readers, message)
        if CHANGED in message.data:  # not the beat, which comes when it comes
            marks.append(f"w {time.perf_counter()}")

    handler.read_request, broadcaster._spread, broadcaster._heard = reading, spreading, hearing
    atexit.register(lambda: Path(os.environ["ATELIER_BENCH_MARKS"]).write_text("\n".join(marks)))


def read_stopwatch(path: Path) -> list[float]:
    """Return milliseconds from each act's receipt to the last frame written before the next act."""
    found: list[float] = []
    since = last = 0.0
    for line in path.read_text().splitlines():
        kind, _, at = line.partition(" ")
        if kind == "w":
            last = float(at)
            continue
        if last > since > 0:
            found.append((last - since) * 1000)
        since = float(at)
    return found


def accounts() -> None:
    """Nothing taken out; adds up the CPU of journal appends, all threads together, for `read_accounts`."""
    from atelier.journal.sqlite import SqliteJournal

    journal: Any = SqliteJournal
    append = journal.append
    spent = [0, 0.0]

    def counted(self: Any, *arguments: Any) -> None:
        start = time.thread_time()
        try:
            append(self, *arguments)
        finally:
            spent[0] += 1
            spent[1] += time.thread_time() - start

    journal.append = counted
    atexit.register(lambda: Path(os.environ["ATELIER_BENCH_MARKS"]).write_text(f"{spent[0]} {spent[1]}"))


ALTERED = {
    "coalescing": every_act_alone,
    "framing-once": frame_a_reader,
    "group-commit": commit_an_act,
    "transport": stock,
    "stopwatch": stopwatch,
    "accounts": accounts,
}
"""By what is taken out, or put in."""


def program(name: str) -> list[str]:
    """Return what Python runs to start that server."""
    return ["-m", "bench.altered", name]


if __name__ == "__main__":
    concurrency.take_over()
    ALTERED[sys.argv.pop(1)]()
    from atelier.cli import main

    main()
