"""The bell between nodes: who has written says so, the others read what they miss. A lost one costs a second.

Rung outside the transaction that it tells of: NOTIFY inside takes a lock that serialises the commits of all workshops.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial

from psycopg import Connection

from atelier.journal.postgres.connections import translated
from atelier.journal.postgres.store import PostgresStore, node_name
from atelier.journal.protocol import Position
from atelier.runtime.background import guarded
from atelier.runtime.logs import reason

log = logging.getLogger("atelier.journal.postgres")

CHANNEL = "atelier"
WINDOW_S = 0.02
"""Seconds in which a workshop is rung for once at most."""
POLL_S = 1.0
"""Seconds after which a bell that was lost is made up for."""
GONE = -1

Heard = Callable[[str, int], None]
Stands = Callable[[], Mapping[str, Position]]


class NodeBell:
    """Rings for what this node wrote, and hears what others did: `heard(code, seq)`, `GONE` when it is erased.

    `stands` returns where the workshops stand that are in memory.
    """

    def __init__(self, store: PostgresStore, heard: Heard, stands: Stands) -> None:
        self._store, self._heard, self._stands = store, heard, stands
        self._name = node_name()
        self._due: dict[str, int] = {}
        self._wake = threading.Condition()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self.deaf = False
        """For tests: hear nothing, as when every bell is lost."""

    def ring(self, code: str, seq: int) -> None:
        """Tell the other nodes soon that a workshop stands at `seq`."""
        with self._wake:
            self._due[code] = seq
            self._wake.notify()

    def start(self) -> None:
        """Start ringing and hearing."""
        for name, work in (("ringing", self._ring), ("hearing", self._hear)):
            thread = threading.Thread(target=work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Ring for what is due, then stop."""
        self._stopped.set()
        with self._wake:
            self._due[""] = 0  # who hears it is ourselves: it ends the wait
            self._wake.notify()
        for thread in self._threads:
            thread.join(POLL_S * 2)

    def _ring(self) -> None:
        while not self._stopped.is_set():
            with self._wake:
                self._wake.wait_for(lambda: bool(self._due))
                due, self._due = self._due, {}
            guarded("bell", partial(self._notify, due))
            time.sleep(WINDOW_S)

    def _notify(self, due: Mapping[str, int]) -> None:
        told = [f"{self._name} {code} {seq}" for code, seq in due.items()]
        self._store.rows("select pg_notify(%s, told) from unnest(%s::text[]) as told", CHANNEL, told)

    def _hear(self) -> None:
        while not self._stopped.is_set():
            try:
                with translated(), self._store.connections.fresh() as connection:
                    connection.execute(f"listen {CHANNEL}")
                    while not self._stopped.is_set():
                        self._hear_on(connection)
            except OSError as error:
                log.warning("bell.lost", extra={"reason": reason(error)})
                self._stopped.wait(POLL_S)

    def _hear_on(self, connection: Connection) -> None:
        """Look at what was missed, then listen for a while."""
        guarded("bell", self._look)
        for note in connection.notifies(timeout=POLL_S):
            name, code, seq = note.payload.split(" ")
            if self._stopped.is_set():
                return
            if name != self._name and not self.deaf:
                guarded("bell", partial(self._heard, code, int(seq)))

    def _look(self) -> None:
        held = self._stands()
        there = self._store.positions(held) if held else {}
        for code, position in held.items():
            if there.get(code) != position:
                self._heard(code, there[code].seq if code in there else GONE)
