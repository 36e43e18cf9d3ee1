"""A journal in one SQLite file, through sqlite-utils: WAL, synchronous FULL, one connection that writes."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from atelier.domain.acts import Fact
from atelier.domain.values import Actor, Role
from atelier.journal.codec import decode, encode
from atelier.journal.protocol import START, Conflict, Damaged, Operation, Position, Recorded

migrations = Migrations("atelier")


@migrations()
def m001_events_and_operations(db: Database) -> None:
    """The journal itself, and which operation ids were accepted."""
    db.table("events").create(
        {
            "seq": int, "head": str, "at": int, "role": str, "actor": str,
            "type": str, "version": int, "data": str,
        },
        pk="seq",
        not_null={"head", "at", "role", "actor", "type", "version", "data"},
    )  # fmt: skip
    db.table("operations").create({"actor": str, "op": str, "seq": int}, pk=("actor", "op"), not_null={"seq"})


class SqliteJournal:
    """One workshop's file. Any thread may call it, one at a time: the service sees to that."""

    def __init__(self, path: Path, *, create: bool = False, read_only: bool = False) -> None:
        """`read_only`: beside a running server, which stays the only one to write or to fold the log back."""
        if not create and not path.exists():
            raise FileNotFoundError(path)
        self.path = path
        address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=5)
        self._db = Database(self._connection)
        try:
            if not read_only:
                _make_durable(self._db)
                migrations.apply(self._db)
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise Damaged(path.name) from error

    def position(self) -> Position:
        """Return the position of the last fact."""
        row = self._connection.execute("select seq, head from events order by seq desc limit 1").fetchone()
        return Position(*row) if row else START

    def append(self, recorded: Sequence[Recorded], operations: Sequence[Operation], after: int) -> None:
        """Write everything or nothing; when this returns, it survives a power cut."""
        with self._db.atomic():
            if self.position().seq != after:
                raise Conflict(f"{self.path.name}: not at {after}")
            self._connection.executemany(
                "insert into events (seq, head, at, role, actor, type, version, data) values (?,?,?,?,?,?,?,?)",
                [_row(each) for each in recorded],
            )
            self._connection.executemany(
                "insert into operations (actor, op, seq) values (?,?,?)",
                [(operation.actor, operation.op, operation.seq) for operation in operations],
            )

    def read(self, after: int = 0) -> Iterator[Recorded]:
        """Yield the facts after `after`, checking that none is missing."""
        expected = after + 1
        actors: dict[tuple[str, str], Actor] = {}
        try:
            rows = self._connection.execute("select * from events where seq > ? order by seq", [after])
            for seq, head, at, role, actor, name, version, data in rows:
                if seq != expected:
                    raise Damaged(f"{self.path.name}: {expected} is missing")
                by = actors.get((role, actor)) or actors.setdefault((role, actor), Actor(Role(role), actor))
                fact = Fact(event=decode(name, version, data), by=by, at=at)
                yield Recorded(seq=seq, head=head, fact=fact)
                expected += 1
        except (sqlite3.DatabaseError, LookupError, ValueError, TypeError) as error:
            raise Damaged(self.path.name) from error

    def operations(self) -> Iterator[Operation]:
        """Yield every operation that was accepted."""
        for actor, op, seq in self._connection.execute("select actor, op, seq from operations order by seq"):
            yield Operation(actor=actor, op=op, seq=seq)

    def close(self) -> None:
        """Close the file; SQLite folds the write-ahead log back into it."""
        self._connection.close()


def _make_durable(db: Database) -> None:
    db.enable_wal()
    # FULL: a commit is on the disk before it is acknowledged, whatever happens to the power.
    db.execute("pragma synchronous = full")
    db.execute("pragma secure_delete = on")


def _row(recorded: Recorded) -> tuple[Any, ...]:
    fact = recorded.fact
    name, version, data = encode(fact.event)
    return (recorded.seq, recorded.head, fact.at, fact.by.role.value, fact.by.id, name, version, data)
