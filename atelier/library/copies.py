"""Copies of a library: one SQLite file of the newest state, whatever keeps the original, and back again."""

import datetime as dt
import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

from atelier.journal.protocol import Damaged
from atelier.library.engines import Run, prepare, running
from atelier.library.library import Library, check_revision

COLUMNS = {"items": 6, "revisions": 6, "blobs": 5}
"""What is copied, in this order, and of how many columns."""

Rows = dict[str, list[Any]]


class LibraryCopy(NamedTuple):
    """A copy: how many items are in it, and the first day on which one of them must be gone, None when none has one."""

    content: bytes
    items: int
    until: dt.date | None


def packed(library: Library, today: dt.date) -> LibraryCopy | None:
    """Return a copy of a library without what is past its term; None when there is nothing.

    Raises Damaged or OSError.
    """
    rows = library.engine.reading(lambda run: _rows(run, today))
    if not rows["items"]:
        return None
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        prepare(connection)
        run = running(connection)
        for place, found in rows.items():
            for row in found:
                run(_insert(place), *row)
        terms = [dt.date.fromisoformat(row[4]) for row in rows["items"] if row[4]]
        return LibraryCopy(connection.serialize(), len(rows["items"]), min(terms, default=None))


def put_back(content: bytes, library: Library) -> int:
    """Put the items of a copy into a library; return how many.

    What its owner ended stays ended, and what stands there at a later revision stays. Raises Damaged or OSError.
    """
    rows = _read(content)

    def work(run: Run) -> int:
        ended = {tuple(row) for row in run("select kind, id from {schema}.ended")}
        there = {(row[0], row[1]): row[2] for row in run("select kind, id, revision from {schema}.items")}
        wanted = {
            (kind, ident)
            for kind, ident, revision, *_ in rows["items"]
            if (kind, ident) not in ended and there.get((kind, ident), 0) < revision
        }
        for kind, ident in wanted:
            for place in COLUMNS:
                run(f"delete from {{schema}}.{place} where kind = %s and id = %s", kind, ident)  # noqa: S608 - ours
        for place, found in rows.items():
            for row in found:
                if (row[0], row[1]) in wanted:
                    run(_insert(place), *row)
        return len(wanted)

    return int(library.engine.transaction(work))


def _rows(run: Run, today: dt.date) -> Rows:
    """Return the rows of every item that has not come to its term."""
    items = [row for row in _all(run, "items") if row[4] is None or row[4] > today.isoformat()]
    kept = {row[:2] for row in items}
    beside = {place: [row for row in _all(run, place) if row[:2] in kept] for place in ("revisions", "blobs")}
    return {"items": items, **beside}


def _all(run: Run, place: str) -> list[Any]:
    return [tuple(row) for row in run(f"select * from {{schema}}.{place}")]  # noqa: S608 - names of our own


def _insert(place: str) -> str:
    return f"insert into {{schema}}.{place} values ({', '.join(['%s'] * COLUMNS[place])})"  # noqa: S608 - ours


def _read(content: bytes) -> Rows:
    """Return the rows of a copy, checked. Raises Damaged."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.deserialize(content)
            run = running(connection)
            rows = {place: _all(run, place) for place in COLUMNS}
            for row in rows["revisions"]:
                check_revision(row[4], row[5])
        except sqlite3.Error as error:
            raise Damaged(f"library: {error}") from error
    return rows
