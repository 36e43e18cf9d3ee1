"""Where the library's rows are: a SQLite file here, the database that nodes share in `postgres.py`.

Queries are written for both: `{schema}` before a table, `%s` for what is given.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from atelier.journal.connection import BUSY_S
from atelier.journal.protocol import Damaged
from atelier.journal.schema import LIBRARY
from atelier.runtime.concurrency import off_the_loop
from atelier.runtime.storage import is_refusal, refused

NAME = "bibliotheque.db"
"""The file beside the journals."""

Run = Callable[..., Sequence[Any]]
"""Runs a statement with what is given, and returns its rows."""

VERSION = 1


class Engine(Protocol):
    """Rows of the library, from any thread."""

    def transaction(self, work: Callable[[Run], Any]) -> Any:
        """Return what `work` returns, having written durably all or nothing of what it runs.

        Raises Damaged, or OSError when the storage refuses.
        """
        ...

    def reading(self, work: Callable[[Run], Any]) -> Any:
        """Return what `work` returns, which only reads, all of it as of one moment. Raises Damaged or OSError."""
        ...


class FileEngine:
    """A SQLite file, opened for each use: it is small, asked seldom, and several processes share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def transaction(self, work: Callable[[Run], Any]) -> Any:
        """Return what `work` returns, durably."""
        return off_the_loop(self._transaction, work)

    def reading(self, work: Callable[[Run], Any]) -> Any:
        """Return what `work` returns; without a file it reads an empty library."""
        return off_the_loop(self._reading, work)

    def _transaction(self, work: Callable[[Run], Any]) -> Any:
        self.path.touch(mode=0o600)
        with self._opened("rwc") as connection:
            connection.execute("begin immediate")
            try:
                prepare(connection)
                done = work(running(connection))
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
            return done

    def _reading(self, work: Callable[[Run], Any]) -> Any:
        if not self.path.exists() or not self.path.stat().st_size:
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
                prepare(connection)
                return work(running(connection))
        with self._opened("ro") as connection:
            connection.execute("begin")
            return work(running(connection))

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(
                    f"{self.path.resolve().as_uri()}?mode={mode}",
                    uri=True,
                    timeout=BUSY_S,
                    isolation_level=None,
                )
            ) as connection:
                # A commit is on the disk before it is told; what is erased is overwritten.
                connection.execute("pragma synchronous = full")
                connection.execute("pragma secure_delete = on")
                yield connection
        except sqlite3.Error as error:
            if is_refusal(error):
                raise refused(self.path, error) from error
            raise Damaged(f"{self.path.name}: {error}") from error


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables in a SQLite file unless they are there. Raises Damaged for those of a newer version."""
    (found,) = connection.execute("pragma user_version").fetchone()
    if found == VERSION:
        return
    if found:
        raise Damaged(f"{NAME}: version {found}")
    for statement in filter(str.strip, LIBRARY.format(schema="main", bytes="blob").split(";")):
        connection.execute(statement)
    connection.execute(f"pragma user_version = {VERSION}")


def running(connection: sqlite3.Connection) -> Run:
    """Return what runs statements over a connection to a SQLite file."""

    def run(query: str, *given: object) -> Sequence[Any]:
        return connection.execute(query.format(schema="main").replace("%s", "?"), given).fetchall()

    return run
