"""SQLite connections of a journal: for reading, also on read-only media, or for durable writing; integrity checks."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from atelier.journal.protocol import Damaged
from atelier.journal.schema import migrations
from atelier.journal.wal import lost_transactions
from atelier.runtime.storage import is_refusal

BUSY_S = 1
"""Seconds to wait for another program's lock on the file before a write is refused."""


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of the database `path`."""
    return path.with_name(f"{path.name}-wal")


def to_read(path: Path) -> Database:
    """Open read-only, without even a checkpoint of the write-ahead log. Raises sqlite3.Error."""
    try:
        return _connected(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # SQLite cannot even make its shared index. Without a log it needs none: the server was stopped properly.
        log = log_of(path)
        if not is_refusal(error) or (log.exists() and log.stat().st_size):
            raise
        return _connected(path, "immutable=1")


def to_write(path: Path) -> Database:
    """Open for writing in WAL mode, with every commit synced to the disk, and migrate. Raises sqlite3.Error."""
    db = _connected(path, "mode=rwc")
    try:
        db.enable_wal()
        # FULL: a commit is on the disk before it is acknowledged, whatever happens to the power.
        db.execute("pragma synchronous = full")
        db.execute("pragma secure_delete = on")
        migrations.apply(db)
    except sqlite3.Error:
        db.close()
        raise
    return db


def inspect(path: Path, db: Database) -> None:
    """Check pages, write-ahead log and tables for corruption. Raises Damaged or sqlite3.Error."""
    verdict = db.execute("pragma quick_check(1)").fetchone()
    if verdict != ("ok",):
        raise Damaged(f"{path.name}: {verdict}")
    if lost_transactions(log_of(path)):
        raise Damaged(f"{path.name}: a broken write-ahead log")
    if not {"events", "operations"} <= set(db.table_names()):
        raise Damaged(f"{path.name}: not a journal")


def _connected(path: Path, mode: str) -> Database:
    address = f"{path.resolve().as_uri()}?{mode}"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=BUSY_S)
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection)
