"""The tables of a journal, and the sum each row carries: SQLite does not notice a bit that flips inside a text."""

import zlib
from collections.abc import Sequence
from functools import cache

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("atelier")


def sum_of(values: Sequence[object]) -> int:
    """Return the sum of a row's values, in the order of its columns. Whoever changes a row writes it anew."""
    return zlib.crc32((_form(len(values)) % tuple(values)).encode())


@cache
def _form(columns: int) -> str:
    return "\0".join(["%s"] * columns)


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


@migrations()
def m002_sums(db: Database) -> None:
    """A sum a row."""
    for table in ("events", "operations"):
        rows = db.execute(f"select rowid, * from {table}").fetchall()  # noqa: S608 - names of our own
        db.table(table).add_column("sum", int, not_null_default=0)
        sums = [(sum_of(values), rowid) for rowid, *values in rows]
        db.conn.executemany(f"update {table} set sum = ? where rowid = ?", sums)  # noqa: S608


@migrations()
def m003_settings(db: Database) -> None:
    """What a workshop keeps beside its facts: the key of its return codes."""
    db.table("settings").create({"name": str, "value": str}, pk="name", not_null={"value"})
