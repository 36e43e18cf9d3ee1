"""Migrations of a journal's tables, and the checksum of each row: SQLite does not notice a flipped bit in a text."""

import zlib
from collections.abc import Sequence
from functools import cache

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("atelier")

LIBRARY = """
create table {schema}.items (
    kind text not null, id text not null, revision integer not null, created bigint not null, keep_until text,
    key_hash text not null,
    primary key (kind, id)
);
create table {schema}.revisions (
    kind text not null, id text not null, revision integer not null, at bigint not null, body text not null,
    sum bigint not null,
    primary key (kind, id, revision)
);
create table {schema}.blobs (
    kind text not null, id text not null, name text not null, media_type text not null, content {bytes} not null,
    primary key (kind, id, name)
);
create table {schema}.ended (kind text not null, id text not null, primary key (kind, id));
"""
"""Tables of what outlives workshops (`atelier/library/`), for SQLite and for PostgreSQL alike."""


def sum_of(values: Sequence[object]) -> int:
    """Return the checksum of a row's values in column order; to be rewritten with every change of the row."""
    return zlib.crc32((_form(len(values)) % tuple(values)).encode())


@cache
def _form(columns: int) -> str:
    return "\0".join(["%s"] * columns)


@migrations()
def m001_events_and_operations(db: Database) -> None:
    """Create the tables of facts and of accepted operation ids."""
    db.table("events").create(
        {
            "seq": int, "head": str, "at": int, "role": str, "actor": str,
            "type": str, "version": int, "data": str,
        },
        pk="seq",
        not_null={"head", "at", "role", "actor", "type", "version", "data"},
    )  # fmt: skip
    db.table("operations").create({"actor": str, "op": str, "seq": int}, pk=("actor", "op"), not_null={"seq"})


@migrations()
def m002_sums(db: Database) -> None:
    """Add a checksum to every row."""
    for table in ("events", "operations"):
        rows = db.execute(f"select rowid, * from {table}").fetchall()  # noqa: S608 - names of our own
        db.table(table).add_column("sum", int, not_null_default=0)
        sums = [(sum_of(values), rowid) for rowid, *values in rows]
        db.conn.executemany(f"update {table} set sum = ? where rowid = ?", sums)  # noqa: S608


@migrations()
def m003_settings(db: Database) -> None:
    """Create the table of values kept beside the facts, as the key of return codes."""
    db.table("settings").create({"name": str, "value": str}, pk="name", not_null={"value"})


@migrations()
def m004_attachments(db: Database) -> None:
    """Create the table of bytes that facts speak of, as photos; a fact has their digest."""
    db.table("attachments").create({"id": str, "body": bytes}, pk="id", not_null={"body"})
