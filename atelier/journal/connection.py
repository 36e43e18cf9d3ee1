"""Opening a journal's file: looking at it before anything is written, and reading it where nothing can be written."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from atelier.journal.protocol import Damaged
from atelier.journal.schema import migrations
from atelier.journal.wal import lost_transactions
from atelier.runtime.storage import is_refusal

BUSY_S = 1
"""How long to wait for another program that holds the file: its writers are then told, and send again."""


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of the database `path`."""
    return path.with_name(f"{path.name}-wal")


def to_read(path: Path) -> Database:
    """Open without writing anything, not even folding the log back. Raises sqlite3.Error."""
    try:
        return _connected(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # SQLite cannot even make its shared index. Without a log it needs none: the server was stopped properly.
        log = log_of(path)
        if not is_refusal(error) or (log.exists() and log.stat().st_size):
            raise
        return _connected(path, "immutable=1")


def to_write(path: Path) -> Database:
    """Open for writing, every commit durable. Raises sqlite3.Error."""
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
    """Look for what SQLite would only find when it stumbles over it, or never. Raises Damaged or sqlite3.Error."""
    found = db.execute("pragma quick_check(1)").fetchone()
    if found != ("ok",):
        raise Damaged(f"{path.name}: {found}")
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
