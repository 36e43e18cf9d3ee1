"""Disk errors: foresee the errno of a write, and translate SQLite's error codes into errno."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_PROTOCOL: errno.EBUSY,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
_FROM_ELSEWHERE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
"""Codes that SQLite gives for several causes: the file system is asked which one it is."""


def obstacle(path: Path) -> int:
    """Return the errno that a write to `path`, or into that folder, would raise; 0 when none is foreseen.

    Opens nothing: to close a file that SQLite has open would give up SQLite's locks on it.
    """
    try:
        return _obstacle(path)
    except FileNotFoundError:  # it would be made there
        return obstacle(path.parent) if path != path.parent else errno.ENOENT
    except OSError as error:
        return error.errno or errno.EIO


def _obstacle(path: Path) -> int:
    path.stat()
    if hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY:
        return errno.EROFS
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        return errno.EACCES
    full = not shutil.disk_usage(path if path.is_dir() else path.parent).free
    return errno.ENOSPC if full else 0


def is_refusal(error: sqlite3.Error) -> bool:
    """Tell a storage that refuses (full, read-only, locked, gone) from a corrupt file."""
    code = _code(error)
    return code & 0xFF in _OF_SQLITE and code != sqlite3.SQLITE_IOERR_SHORT_READ


def is_read_only(error: sqlite3.Error) -> bool:
    """Tell whether SQLite takes the file for read-only, as it does until the file is reopened."""
    return _code(error) & 0xFF == sqlite3.SQLITE_READONLY


def refused(path: Path, error: sqlite3.Error) -> OSError:
    """Return the OSError, with errno and file name, for an error that `is_refusal`."""
    code = _code(error) & 0xFF
    number = _OF_SQLITE.get(code, errno.EIO)
    if code in _FROM_ELSEWHERE:
        number = obstacle(path) or obstacle(path.parent) or number
    return OSError(number, os.strerror(number), path.name)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
