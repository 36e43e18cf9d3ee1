"""The workshops of a PostgreSQL database, as a folder has them; and what counts beside them, which nodes share."""

import errno
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from atelier.domain.codes import is_code
from atelier.journal.locks import Claims
from atelier.journal.postgres.connections import Connections, translated
from atelier.journal.postgres.journal import PostgresJournal
from atelier.journal.postgres.schema import OLDEST_SERVER, is_prepared, prepare
from atelier.journal.protocol import Position

DAMAGED_S = 60
"""Seconds after which a journal that could not be read is tried again."""
_STATE_OF = "(select id from atelier.workshops where code = %s)"


class TooOld(Exception):  # noqa: N818 - the server is
    """This version of PostgreSQL is not supported."""


class PostgresStore:
    """All workshops of one database. From any thread; any node may write any of them."""

    shared = False
    """No claims: an append is refused when another node was first."""

    def __init__(self, url: str, *, read_only: bool = False, connections: Connections | None = None) -> None:
        """Raises OSError when the database does not answer, Damaged or TooOld when it cannot be used."""
        self.read_only = read_only
        self.claims = Claims(Path(), shared=False)
        self.connections = connections or Connections(url)
        if connections is None:
            self._check()

    def close(self) -> None:
        """Close the connections."""
        self.connections.close()

    def to_read(self) -> "PostgresStore":
        """Return a view that only reads, over the same connections."""
        return PostgresStore(self.connections.url, read_only=True, connections=self.connections)

    def obstacle(self) -> int:
        """Return the errno of what stands in the way of writing, 0 when nothing does."""
        try:
            return errno.EROFS if self.value("select current_setting('transaction_read_only')") == "on" else 0
        except OSError as error:
            return error.errno or errno.EIO

    def open(self, code: str) -> PostgresJournal:
        """Open the journal of `code`. Raises FileNotFoundError or OSError."""
        ident = self._id(code)
        if ident is None:
            raise FileNotFoundError(errno.ENOENT, "no such workshop", code)
        return PostgresJournal(self.connections, code, ident, read_only=self.read_only)

    def create(self, code: str) -> PostgresJournal:
        """Create an empty journal. Raises FileExistsError or OSError."""
        query = "insert into atelier.workshops (code) values (%s) on conflict do nothing returning id"
        ident = self.value(query, code) if is_code(code) else None
        if ident is None:
            raise FileExistsError(errno.EEXIST, "code taken", code)
        return PostgresJournal(self.connections, code, ident)

    def holds(self, code: str) -> bool:
        """Tell whether there is such a workshop, which is not set aside."""
        return self._id(code) is not None

    def fingerprint(self, code: str) -> tuple[int, ...]:
        """Return what stays the same for a while: a journal that cannot be read is not read at each request."""
        return (int(time.monotonic() // DAMAGED_S),)

    def codes(self) -> Iterator[str]:
        """Return the codes of all workshops that are not set aside, sorted."""
        query = 'select code from atelier.workshops where seq > 0 and not aside order by code collate "C"'
        return (code for (code,) in self.rows(query))

    def positions(self, codes: Iterable[str]) -> Mapping[str, Position]:
        """Return where those of the workshops stand that are there."""
        query = "select code, seq, head from atelier.workshops where code = any(%s) and not aside"
        return {code: Position(seq, head) for code, seq, head in self.rows(query, list(codes))}

    def discard(self, code: str) -> None:
        """Delete a workshop with all that belongs to it, unless it is set aside."""
        self.run("delete from atelier.workshops where code = %s and not aside", code)

    def cached_state(self, code: str) -> bytes | None:
        """Return the cached state of a journal, None when there is none."""
        body = self.value(f"select body from atelier.states where workshop = {_STATE_OF}", code)  # noqa: S608
        return None if body is None else bytes(body)

    def cache_state(self, code: str, seq: int, body: bytes) -> None:
        """Keep the state that a journal has at `seq`, unless it has gone on: an erasure may be among what came."""
        self.run(
            "with there as (select id from atelier.workshops where code = %s and seq = %s for update) "
            "insert into atelier.states select id, %s from there "
            "on conflict (workshop) do update set body = excluded.body",
            code, seq, body,
        )  # fmt: skip

    def drop_snapshot(self, code: str) -> None:
        """Delete the cached state."""
        self.run(f"delete from atelier.states where workshop = {_STATE_OF}", code)  # noqa: S608

    def set_aside(self, code: str, aside: bool = True) -> None:
        """Put a workshop out of reach of people, or back, with all that belongs to it but what was being typed."""
        self.run(f"delete from atelier.drafts where workshop = {_STATE_OF}", code)  # noqa: S608
        self.run("update atelier.workshops set aside = %s where code = %s", aside, code)

    def codes_aside(self) -> list[str]:
        """Return the codes of the workshops that are set aside, sorted."""
        return [code for (code,) in self.rows("select code from atelier.workshops where aside order by code")]

    def is_aside(self, code: str) -> bool:
        """Tell whether a workshop is set aside."""
        return bool(self.value("select aside from atelier.workshops where code = %s", code))

    def open_aside(self, code: str) -> PostgresJournal:
        """Open the journal of a workshop that is set aside, for reading. Raises FileNotFoundError or OSError."""
        ident = self.value("select id from atelier.workshops where code = %s and aside", code)
        if ident is None:
            raise FileNotFoundError(errno.ENOENT, "no such workshop", code)
        return PostgresJournal(self.connections, code, ident, read_only=True)

    def discard_aside(self, code: str) -> None:
        """Delete a workshop that is set aside."""
        self.run("delete from atelier.workshops where code = %s and aside", code)

    def kept(self, name: str, fresh: Callable[[], bytes] | None = None) -> bytes:
        """Return what all nodes keep under `name`; where there is nothing, keep `fresh()` first, or return nothing."""
        query = "select value from atelier.server where name = %s"
        found = self.value(query, name)
        if found is None and fresh is not None:
            self.run("insert into atelier.server values (%s, %s) on conflict do nothing", name, fresh())
            found = self.value(query, name)
        return bytes(found or b"")

    def keep(self, name: str, value: bytes) -> None:
        """Keep `value` under `name`, in the place of what was there."""
        self.run(
            "insert into atelier.server values (%s, %s) on conflict (name) do update set value = excluded.value",
            name, value,
        )  # fmt: skip

    def ahead_ms(self) -> int:
        """Return by how many milliseconds the database's clock is ahead of this machine's."""
        before = time.time()
        there = float(self.value("select extract(epoch from clock_timestamp())"))
        return round((there - (before + time.time()) / 2) * 1000)

    def newest_fact(self) -> int:
        """Return the time of the newest fact of all journals, Unix ms; 0 when there is none."""
        query = (
            "select max(at) from atelier.workshops join atelier.events "
            "on events.workshop = workshops.id and events.seq = workshops.seq"
        )
        return int(self.value(query) or 0)

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        """Context of a turn that one node takes at a time: True when it is ours. Released when the connection ends."""
        with self.connections.one() as connection:
            key = [f"atelier {name}"]
            ours = connection.execute("select pg_try_advisory_lock(hashtext(%s))", key).fetchone() == (True,)
            try:
                yield ours
            finally:
                if ours and not connection.closed:
                    connection.execute("select pg_advisory_unlock(hashtext(%s))", key)

    def run(self, query: str, *given: object) -> int:
        """Run a statement durably; return how many rows it wrote. Raises OSError."""
        if self.read_only:
            raise OSError(errno.EROFS, "opened for reading")
        with self.connections.one() as connection:
            return connection.execute(query.encode(), given).rowcount

    def rows(self, query: str, *given: object) -> list[Any]:
        """Return the rows of a query. Raises OSError."""
        with self.connections.one() as connection:
            return connection.execute(query.encode(), given).fetchall()

    def value(self, query: str, *given: object) -> Any:
        """Return the first value of the first row, None when there is none. Raises OSError."""
        rows = self.rows(query, *given)
        return rows[0][0] if rows else None

    def _id(self, code: str) -> int | None:
        query = "select id from atelier.workshops where code = %s and not aside"
        return self.value(query, code) if is_code(code) else None

    def _check(self) -> None:
        with self.connections.one() as connection, translated():
            if connection.info.server_version < OLDEST_SERVER:
                raise TooOld(str(connection.info.server_version))
            if not (self.read_only and is_prepared(connection)):
                prepare(connection)


def node_name() -> str:
    """Return a name that no other node has."""
    return secrets.token_hex(6)
