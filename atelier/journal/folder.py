"""The folder of journals: opens, creates, lists and deletes them, under a lock a folder or a lock a workshop."""

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from atelier.domain.codes import is_code
from atelier.journal.locks import ClaimedElsewhere, Claims, FolderBusy, hold_with_others
from atelier.journal.sqlite import SqliteJournal
from atelier.runtime.storage import obstacle

LOCK = ".serveur.lock"
OURS = 0o600
"""File mode: journals hold names and texts, which other accounts of the machine may not read."""

SNAPSHOT, BEING_WRITTEN = ".etat", ".etat-neuf"


class JournalFolder:
    """One SQLite file a workshop, named by its validated code, never by raw input."""

    def __init__(self, path: Path, *, read_only: bool = False, shared: bool = False) -> None:
        """`shared`: several processes use the folder, and each writes only the workshops that it has claimed."""
        self.path = path
        self.read_only = read_only
        if not read_only:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.shared = shared
        self.claims = Claims(path, shared)
        # Taken in one thread, given back in another.
        self._lock = FileLock(path / LOCK, thread_local=False)
        self._held: int | None = None
        self._owed = False
        self._holding = threading.Lock()

    def hold(self) -> None:
        """Lock the folder against other servers (shared among those that share it) until `release` or process exit.

        Raises FolderBusy, or OSError on a disk that takes no lock: the lock is then taken before the first write.
        """
        self._owed = True
        self._take_owed_lock()

    def release(self) -> None:
        """Release the lock on the folder."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
        self._lock.release()

    def obstacle(self) -> int:
        """Return the errno that a write to the folder would raise, 0 when none is foreseen."""
        return obstacle(self.path)

    def open(self, code: str) -> SqliteJournal:
        """Open the journal of `code`. Raises FileNotFoundError, Damaged, or OSError when the storage refuses."""
        if not self.read_only:
            self._keep_to_ourselves(code)
        return SqliteJournal(
            self._file(code), read_only=self.read_only, before_writing=lambda: self._entitled(code)
        )

    def create(self, code: str) -> SqliteJournal:
        """Create an empty journal. Raises FileExistsError, or OSError when the storage refuses."""
        self._entitled(code)
        self._file(code).touch(exist_ok=False, mode=OURS)  # SQLite makes the log with the same rights
        return SqliteJournal(self._file(code), create=True)

    def to_read(self) -> "JournalFolder":
        """Return a read-only view of the folder, for use beside the process that writes."""
        return JournalFolder(self.path, read_only=True)

    def holds(self, code: str) -> bool:
        """Tell whether the file of a journal exists, damaged or not."""
        return is_code(code) and self._file(code).exists()

    def fingerprint(self, code: str) -> tuple[int, ...]:
        """Return inode, size and mtime (ns) of the journal's files, to notice that they were replaced."""
        stats: list[int] = []
        for suffix in ("", "-wal"):
            path = self._file(code).with_name(f"{code}.db{suffix}")
            if path.exists():
                status = path.stat()
                stats += (status.st_ino, status.st_size, status.st_mtime_ns)
        return tuple(stats)

    def snapshot_file(self, code: str) -> Path:
        """Return the path of the cached state of a journal (written by atelier/service/state_cache.py)."""
        return self._file(code).with_suffix(SNAPSHOT)

    def cached_state(self, code: str) -> bytes | None:
        """Return the cached state of a journal, None when there is none. Raises OSError."""
        try:
            return self.snapshot_file(code).read_bytes()
        except FileNotFoundError:
            return None

    def cache_state(self, code: str, seq: int, body: bytes) -> None:
        """Keep the state that a journal has at `seq`. Raises OSError."""
        path = self.snapshot_file(code)
        new = path.with_suffix(BEING_WRITTEN)
        new.touch(mode=OURS)
        new.write_bytes(body)
        new.replace(path)

    def drop_snapshot(self, code: str) -> None:
        """Delete the cached state. Raises OSError."""
        drop_snapshot(self._file(code))

    def discard(self, code: str) -> None:
        """Delete a journal, its log and its cached state."""
        self.drop_snapshot(code)
        for suffix in ("", "-wal", "-shm"):
            self._file(code).with_name(f"{code}.db{suffix}").unlink(missing_ok=True)

    def codes(self) -> Iterator[str]:
        """Return the codes of all workshops in the folder, sorted."""
        return (path.stem for path in sorted(self.path.glob("*.db")) if is_code(path.stem))

    def _take_owed_lock(self) -> None:
        with self._holding:
            if not self._owed:
                return
            if self.shared:
                self._held = hold_with_others(self.path / LOCK)
            else:
                self._lock_alone()
            self._owed = False

    def _lock_alone(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise FolderBusy(str(self.path)) from None

    def _entitled(self, code: str) -> None:
        """Take the locks that a read-only disk put off, before the first write. Raises OSError (EBUSY when held)."""
        try:
            self._take_owed_lock()
            self.claims.take(code)
        except (FolderBusy, ClaimedElsewhere):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(self.path)) from None

    def _keep_to_ourselves(self, code: str) -> None:
        """Set mode 0600 on files that earlier versions left readable for others."""
        for path in self.path.glob(f"{code}.*"):
            with suppress(OSError):  # somebody else's, or on a disk that takes nothing: it opens all the same
                if path.stat().st_mode & 0o077:
                    path.chmod(OURS)

    def _file(self, code: str) -> Path:
        if not is_code(code):
            raise FileNotFoundError(code)
        return self.path / f"{code}.db"


def drop_snapshot(journal: Path) -> None:
    """Delete the cached state of the journal in that file, half-written ones included. Raises OSError."""
    for suffix in (SNAPSHOT, BEING_WRITTEN):
        journal.with_suffix(suffix).unlink(missing_ok=True)
