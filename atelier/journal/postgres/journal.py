"""A journal in PostgreSQL, to which any node appends: one statement, refused when somebody else was first."""

import errno
from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import IntegrityError

from atelier.journal.postgres.connections import Connections
from atelier.journal.protocol import (
    UNCHANGED,
    Attachments,
    Conflict,
    Operation,
    Position,
    Recorded,
    Repeated,
)
from atelier.journal.rows import facts_of, operations_of, row_of
from atelier.journal.schema import sum_of

PAGE = 5_000
"""Facts that are read at a time."""

_APPEND = """
with moved as (
    update atelier.workshops set seq = %(seq)s, head = %(head)s
    where id = %(id)s and seq = %(after)s and not aside and (%(known)s::text is null or head = %(known)s)
    returning id
), facts as (
    insert into atelier.events select moved.id, fact.* from moved, unnest(
        %(f0)s::integer[], %(f1)s::text[], %(f2)s::bigint[], %(f3)s::text[], %(f4)s::text[],
        %(f5)s::text[], %(f6)s::integer[], %(f7)s::text[], %(f8)s::bigint[]) as fact
), acts as (
    insert into atelier.operations select moved.id, act.* from moved, unnest(
        %(o0)s::text[], %(o1)s::text[], %(o2)s::integer[], %(o3)s::bigint[]) as act
), kept as (
    insert into atelier.attachments select moved.id, bytes.* from moved, unnest(
        %(names)s::text[], %(bodies)s::bytea[]) as bytes
), gone as (
    delete from atelier.attachments using moved where workshop = moved.id and attachments.id = any(%(gone)s::text[])
)
select count(*) from moved
"""


class PostgresJournal:
    """One workshop's rows. From any thread; each call borrows a connection."""

    shared = True

    def __init__(self, connections: Connections, code: str, ident: int, *, read_only: bool = False) -> None:
        self.code = code
        self._connections, self._id, self._read_only = connections, ident, read_only

    def position(self) -> Position:
        """Return the position of the last fact. Raises FileNotFoundError once the workshop is erased or set aside."""
        query = "select seq, head from atelier.workshops where id = %s and not aside"
        found = self._rows(query, [self._id])
        if not found:
            raise FileNotFoundError(errno.ENOENT, "no such workshop", self.code)
        return Position(*found[0])

    def append(
        self,
        recorded: Sequence[Recorded],
        operations: Sequence[Operation],
        after: int,
        attachments: Attachments = UNCHANGED,
        head: str | None = None,
    ) -> None:
        """Append in one transaction, durable on return. Raises Conflict, Repeated or OSError."""
        self._may_write()
        last = recorded[-1] if recorded else Position(after, head or self.head_at(after) or "")
        given = {
            "id": self._id, "after": after, "known": head, "seq": last.seq, "head": last.head,
            "names": list(attachments.kept), "bodies": list(attachments.kept.values()),
            "gone": list(attachments.gone),
        }  # fmt: skip
        given |= _columns("f", 9, [row_of(each) for each in recorded])
        given |= _columns("o", 4, [(each.actor, each.op, each.seq) for each in operations])
        try:
            with self._connections.one() as connection:
                written = connection.execute(_APPEND, given).fetchone()
        except IntegrityError as error:
            raise Repeated(f"{self.code}: an operation that another node accepted") from error
        if written != (1,):
            raise Conflict(f"{self.code}: not at {after}")

    def rewrite(self, recorded: Sequence[Recorded]) -> None:
        """Overwrite the facts of the same seq. Raises OSError.

        What the server's own log, its standbys, dumps and pages not yet reused keep of them is out of reach from here.
        """
        self._may_write()
        changed = []
        for each in recorded:
            row = row_of(each)
            changed.append((row[-1], sum_of(row), self._id, each.seq))
        query = "update atelier.events set data = %s, sum = %s where workshop = %s and seq = %s"
        with (
            self._connections.one() as connection,
            connection.transaction(),
            connection.cursor() as cursor,
        ):
            cursor.executemany(query, changed)

    def attachment(self, name: str) -> bytes | None:
        """Return the bytes kept under that id, None when there are none."""
        query = "select body from atelier.attachments where workshop = %s and id = %s"
        body = self._value(query, [self._id, name])
        return None if body is None else bytes(body)

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield what is kept beside the facts, by its id."""
        names = self._rows("select id from atelier.attachments where workshop = %s order by id", [self._id])
        for (name,) in names:
            yield name, self.attachment(name) or b""

    def read(self, after: int = 0) -> Iterator[Recorded]:
        """Yield the facts after seq `after`, verifying sequence and checksums. Raises Damaged or OSError."""
        return facts_of(self._pages(after), after, self.code)

    def operations(self, after: int = 0) -> Iterator[Operation]:
        """Yield the operations accepted at `after` or later, in order. Raises Damaged or OSError."""
        query = "select actor, op, seq, sum from atelier.operations where workshop = %s and seq >= %s order by seq"
        rows = self._rows(query, [self._id, after])
        return operations_of(rows, self.position().seq, self.code)

    def setting(self, name: str) -> str | None:
        """Return what is kept under `name`; None when nothing is."""
        query = "select value from atelier.settings where workshop = %s and name = %s"
        value = self._value(query, [self._id, name])
        return None if value is None else str(value)

    def settings(self) -> Iterator[tuple[str, str]]:
        """Yield what is kept beside the facts, by its name."""
        query = "select name, value from atelier.settings where workshop = %s order by name"
        return iter(self._rows(query, [self._id]))

    def keep_setting(self, name: str, value: str) -> str:
        """Keep `value` under `name` unless something is, and return what is kept: another node may have been first."""
        self._may_write()
        query = (
            "insert into atelier.settings values (%s, %s, %s) on conflict (workshop, name) "
            "do update set value = settings.value returning value"
        )
        return str(self._value(query, [self._id, name, value]))

    def head_at(self, seq: int) -> str | None:
        """Return the head of the fact `seq`, None when there is no such fact."""
        head = self._value(
            "select head from atelier.events where workshop = %s and seq = %s", [self._id, seq]
        )
        return None if head is None else str(head)

    def accepted(self, actor: str, op: str) -> int | None:
        """Return the seq just after that operation, None when it never was accepted."""
        query = "select seq from atelier.operations where workshop = %s and actor = %s and op = %s"
        seq = self._value(query, [self._id, actor, op])
        return None if seq is None else int(seq)

    def operation_keys(self, until: int) -> Sequence[tuple[str, str]]:
        """Return actor and id of each operation accepted at `until` or before."""
        return self._rows(
            "select actor, op from atelier.operations where workshop = %s and seq <= %s", [self._id, until]
        )

    def close(self) -> None:
        """Release nothing: connections belong to all workshops."""

    def _pages(self, after: int) -> Iterator[tuple[Any, ...]]:
        query = (
            "select seq, head, at, role, actor, type, version, data, sum from atelier.events "
            "where workshop = %s and seq > %s order by seq limit %s"
        )
        while page := self._rows(query, [self._id, after, PAGE]):
            yield from page
            after += len(page)

    def _rows(self, query: str, given: Sequence[object]) -> list[Any]:
        with self._connections.one() as connection:
            return connection.execute(query, given).fetchall()

    def _value(self, query: str, given: Sequence[object]) -> Any:
        rows = self._rows(query, given)
        return rows[0][0] if rows else None

    def _may_write(self) -> None:
        if self._read_only:
            raise OSError(errno.EROFS, "opened for reading", self.code)


def _columns(prefix: str, number: int, rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Return rows as columns, their checksum last."""
    summed = [(*row, sum_of(row)) for row in rows]
    return {f"{prefix}{n}": [row[n] for row in summed] for n in range(number)}
