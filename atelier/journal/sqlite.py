"""A journal in one SQLite file, through sqlite-utils: WAL, synchronous FULL, one connection that writes."""

import errno
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from atelier.journal.connection import inspect, to_read, to_write
from atelier.journal.file_guard import FileGuard
from atelier.journal.protocol import (
    START,
    UNCHANGED,
    Attachments,
    Conflict,
    Damaged,
    Journal,
    Operation,
    Position,
    Recorded,
    Repeated,
)
from atelier.journal.rows import facts_of, operations_of, row_of
from atelier.journal.schema import migrations, sum_of
from atelier.runtime.logs import reason
from atelier.runtime.storage import is_read_only, is_refusal, obstacle, refused

log = logging.getLogger("atelier.journal")


class SqliteJournal:
    """One workshop's file; callers serialise writes, reads by `head_at` and `accepted` may come from any thread.

    On a full or read-only disk it stays readable, and each append tries again.
    """

    shared = False

    def __init__(
        self,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        before_writing: Callable[[], None] = lambda: None,
    ) -> None:
        """`read_only`: beside a running server, which stays the only one to write or to fold the log back.

        `before_writing`: called each time the file is opened for writing; raises OSError when it must not be.
        Raises FileNotFoundError, Damaged, or OSError when the storage refuses.
        """
        if not create and not path.exists():
            raise FileNotFoundError(path)
        self.path = path
        self._read_only, self._before_writing = read_only, before_writing
        self._db: Database
        self._guard: FileGuard | None = None
        self._last = START
        self._refused = False
        """True once SQLite held the file for read-only: it goes on doing so until the file is opened anew."""
        self._reading: Database | None = None
        self._beside = threading.Lock()
        with _translated_errors(path):
            if create:
                self._db, self._guard = to_write(path), FileGuard(path)
                return
            self._db = to_read(path)
            try:
                inspect(path, self._db)
                self._last = self.position()
            except BaseException:
                self._db.close()
                raise
        if not read_only:
            self._try_to_write()

    @classmethod
    def of(cls, connection: sqlite3.Connection, name: str) -> "SqliteJournal":
        """Return a journal that reads an open connection, as one to a database in memory. Raises Damaged."""
        journal = cls.__new__(cls)
        journal.path, journal._read_only = Path(name), True
        journal._guard = journal._reading = None
        journal._last, journal._refused, journal._before_writing = START, False, lambda: None
        journal._beside = threading.Lock()
        journal._db = Database(connection)
        with _translated_errors(journal.path):
            inspect(journal.path, journal._db)
        return journal

    def position(self) -> Position:
        """Return the position of the last fact."""
        return _position(self._db)

    def append(
        self,
        recorded: Sequence[Recorded],
        operations: Sequence[Operation],
        after: int,
        attachments: Attachments = UNCHANGED,
        head: str | None = None,
    ) -> None:
        """Append in one transaction, synced to the disk on return. Raises Conflict, Damaged or OSError."""
        with self._writing():
            with self._db.atomic():
                last = self.position()
                if last.seq != after or head not in (None, last.head):
                    raise Conflict(f"{self.path.name}: not at {after}")
                self._insert("events", 8, (row_of(each) for each in recorded))
                self._insert("operations", 3, ((each.actor, each.op, each.seq) for each in operations))
                if attachments is not UNCHANGED:
                    self._attach(attachments)
            if recorded:
                self._last = Position(recorded[-1].seq, recorded[-1].head)
            if attachments.gone:
                with suppress(
                    sqlite3.Error
                ):  # committed: a log that somebody reads is overwritten in its turn
                    self._truncate_log()

    def rewrite(self, recorded: Sequence[Recorded]) -> None:
        """Overwrite the facts of the same seq, then truncate the log. Raises Damaged or OSError."""
        with self._writing():
            with self._db.atomic():
                for each in recorded:
                    row = row_of(each)
                    self._db.conn.execute(
                        "update events set data = ?, sum = ? where seq = ?", [row[-1], sum_of(row), each.seq]
                    )
            # With secure_delete on, the pages are zeroed where the words were; the log is cut to nothing.
            truncated = self._truncate_log()
        if not truncated:
            raise OSError(errno.EBUSY, "somebody reads: the old words are still in the log", self.path.name)

    def attachment(self, name: str) -> bytes | None:
        """Return the bytes kept under that id, None when there are none. From any thread, at any time."""
        if not self._value("select 1 from sqlite_master where name = 'attachments'", []):
            return None  # a file of an earlier version, that is only read
        body = self._value("select body from attachments where id = ?", [name])
        return None if body is None else bytes(body)

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield what is kept beside the facts, by its id. Raises Damaged."""
        with _translated_errors(self.path):
            if "attachments" in self._db.table_names():
                yield from self._db.execute("select id, body from attachments order by id")

    def settings(self) -> Iterator[tuple[str, str]]:
        """Yield what is kept beside the facts, by its name. Raises Damaged."""
        with _translated_errors(self.path):
            if "settings" in self._db.table_names():
                yield from self._db.execute("select name, value from settings order by name")

    def forget_attachments(self) -> None:
        """Delete every attachment, for erasure only: `rewrite` is to follow. Raises OSError or Damaged."""
        with self._writing(), self._db.atomic():
            self._db.conn.execute("delete from attachments")

    def read(self, after: int = 0) -> Iterator[Recorded]:
        """Yield the facts after seq `after`, verifying sequence and checksums. Raises Damaged."""
        try:
            yield from facts_of(
                self._rows("events where seq > ? order by seq", [after]), after, self.path.name
            )
        except sqlite3.DatabaseError as error:
            raise Damaged(self.path.name) from error

    def operations(self, after: int = 0) -> Iterator[Operation]:
        """Yield the operations accepted at `after` or later, in order. Raises Damaged."""
        try:
            # None is accepted before the first fact: such a number is damage, which the sum of its row tells.
            rows = self._rows("operations where seq >= ? or seq < 0 order by seq", [after])
            # Where the journal stands is asked after: a server beside may write between the two.
            yield from operations_of(rows, self.position().seq, self.path.name)
        except sqlite3.DatabaseError as error:
            raise Damaged(self.path.name) from error

    def setting(self, name: str) -> str | None:
        """Return what is kept under `name`; None when nothing is. Raises Damaged."""
        with _translated_errors(self.path):
            if "settings" not in self._db.table_names():
                return None  # a file of an earlier version, that is only read
            row = self._db.execute("select value from settings where name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def keep_setting(self, name: str, value: str) -> str:
        """Keep `value` under `name`, durably, and return it. Raises OSError or Damaged."""
        with _translated_errors(self.path):
            guard = self._guard or self._reopened()
            guard.check()
            with self._db.atomic():
                self._db.conn.execute("insert or replace into settings values (?, ?)", [name, value])
            guard.remember()
        return value

    def head_at(self, seq: int) -> str | None:
        """Return the head of the fact `seq`, None when there is no such fact. From any thread, at any time."""
        head = self._value("select head from events where seq = ?", [seq])
        return None if head is None else str(head)

    def accepted(self, actor: str, op: str) -> int | None:
        """Return the seq just after that operation, None when it never was accepted. From any thread, at any time."""
        seq = self._value("select seq from operations where actor = ? and op = ?", [actor, op])
        return None if seq is None else int(seq)

    def operation_keys(self, until: int) -> Sequence[tuple[str, str]]:
        """Return actor and id of each operation accepted at `until` or before. From any thread, at any time."""
        with self._beside, _translated_errors(self.path):
            self._reading = self._reading or to_read(self.path)
            return self._reading.execute(
                "select actor, op from operations where seq <= ?", [until]
            ).fetchall()

    def close(self) -> None:
        """Close the file; SQLite folds the write-ahead log back into it."""
        self._stop_reading_beside()
        self._db.close()

    def _stop_reading_beside(self) -> None:
        with self._beside:
            if self._reading is not None:
                self._reading.close()
            self._reading = None

    def _value(self, query: str, given: Sequence[object]) -> Any:
        """Return the first value of the first row, on a second connection: the first one may be in mid-commit."""
        with self._beside, _translated_errors(self.path):
            self._reading = self._reading or to_read(self.path)
            row = self._reading.execute(query, given).fetchone()
            return row[0] if row else None

    def _rows(self, what: str, given: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """Yield rows with their checksum last, None in a file of an earlier version opened read-only."""
        table = what.partition(" ")[0]
        summed = any(row[1] == "sum" for row in self._db.execute(f"pragma table_info({table})"))
        return self._db.execute(f"select *{'' if summed else ', null'} from {what}", given)  # noqa: S608 - ours

    def _truncate_log(self) -> bool:
        """Fold the write-ahead log into the file and cut it to nothing; False when a reader stands in the way."""
        ((busy, *_),) = self._db.conn.execute("pragma wal_checkpoint(truncate)").fetchall()
        return not busy

    def _attach(self, attachments: Attachments) -> None:
        write = self._db.conn.executemany
        write("insert into attachments values (?, ?)", attachments.kept.items())
        write("delete from attachments where id = ?", [(name,) for name in attachments.gone])

    def _insert(self, table: str, columns: int, rows: Iterator[tuple[object, ...]]) -> None:
        self._db.conn.executemany(_insertion(table, columns), [(*row, sum_of(row)) for row in rows])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Context of one write; reopens a file that SQLite took for read-only."""
        with _translated_errors(self.path):
            guard = self._guard
            if guard is None or self._refused:
                guard = self._reopened()
            guard.check()
            try:
                yield
            except sqlite3.Error as error:
                self._refused = is_read_only(error)
                raise
            guard.remember()

    def _try_to_write(self) -> None:
        try:
            with _translated_errors(self.path):
                self._reopened()
        except Damaged:
            self._db.close()
            raise
        except OSError as error:  # it is read all the same; each append tries again
            log.warning("journal.read_only", extra={"reason": reason(error)})

    def _reopened(self) -> FileGuard:
        self._may_be_written()
        with self._beside:
            # All of them: connections of one process share their index, and one opened read-only keeps it so.
            if self._reading is not None:
                self._reading.close()
            self._reading = None
            self._db.close()
            try:
                self._db = to_write(self.path)
            except sqlite3.Error:
                self._db = to_read(self.path)
                raise
        if _position(self._db) != self._last:
            raise Damaged(f"{self.path.name}: replaced or cut while it was open")
        self._guard, self._refused = FileGuard(self.path), False
        return self._guard

    def _may_be_written(self) -> None:
        """Raise OSError or Damaged when a write would fail, as far as stat() tells."""
        if self._read_only:
            raise OSError(errno.EROFS, "opened for reading", self.path.name)
        if self._guard is not None:
            self._guard.check()
        number = self._refused and obstacle(self.path)
        if number:
            raise OSError(number, os.strerror(number), self.path.name)
        self._before_writing()


def packed(journal: Journal) -> bytes:
    """Return all that a journal holds, whatever stores it, as the SQLite file of one. Raises Damaged or OSError."""
    with closing(sqlite3.connect(":memory:")) as connection:
        migrations.apply(Database(connection))
        rows = (row_of(each) for each in journal.read())
        connection.executemany(_insertion("events", 8), ((*row, sum_of(row)) for row in rows))
        last = _position(Database(connection)).seq
        accepted = (
            each for each in journal.operations() if each.seq <= last
        )  # not what came while it was read
        connection.executemany(_insertion("operations", 3), ((*each, sum_of(each)) for each in accepted))
        connection.executemany("insert into settings values (?, ?)", journal.settings())
        connection.executemany("insert into attachments values (?, ?)", journal.attachments())
        connection.commit()
        return connection.serialize()


def _insertion(table: str, columns: int) -> str:
    """Return the statement that inserts rows with their checksum."""
    places = ",".join("?" * (columns + 1))
    return f"insert into {table} values ({places})"  # noqa: S608 - ours


def last_at(path: Path) -> int:
    """Return the time of a journal's newest fact, Unix ms; 0 when it cannot be read."""
    try:
        with closing(to_read(path).conn) as connection:
            row = connection.execute("select at from events order by seq desc limit 1").fetchone()
    except sqlite3.Error:
        return 0
    return int(row[0]) if row else 0


@contextmanager
def _translated_errors(path: Path) -> Iterator[None]:
    """Translate sqlite3 errors into Damaged, Repeated or OSError."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Repeated(f"{path.name}: {error}") from error
    except sqlite3.Error as error:
        if is_refusal(error):
            raise refused(path, error) from error
        raise Damaged(f"{path.name}: {error}") from error


def _position(db: Database) -> Position:
    row = db.execute("select seq, head from events order by seq desc limit 1").fetchone()
    return Position(*row) if row else START
