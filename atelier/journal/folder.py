"""The folder of journals, one file a workshop, and the locks: one server a folder, or one process a workshop."""

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
"""Names and texts of people: for the account that serves, and nobody else on the machine."""

SNAPSHOT, BEING_WRITTEN = ".etat", ".etat-neuf"


class JournalFolder:
    """Opens, creates and lists journals. Names of files are codes that were checked, never what somebody typed."""

    def __init__(self, path: Path, *, read_only: bool = False, shared: bool = False) -> None:
        """`shared`: several processes work on the folder, each on the workshops that it has claimed."""
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
        """Keep other servers out, but for those that share the folder, until `release` or the end of this process.

        Raises FolderBusy, or OSError where the folder takes no lock: then nothing is written there before it does.
        """
        self._owed = True
        self._take_owed_lock()

    def release(self) -> None:
        """Let other servers in."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
        self._lock.release()

    def obstacle(self) -> int:
        """Return the errno that writing here would meet, 0 when none is seen."""
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
        """Return the same folder for whoever only looks, beside the process that writes."""
        return JournalFolder(self.path, read_only=True)

    def holds(self, code: str) -> bool:
        """Tell whether there is a journal of that code, whole or not."""
        return is_code(code) and self._file(code).exists()

    def fingerprint(self, code: str) -> tuple[int, ...]:
        """Return what changes when somebody puts another file in the place of this journal."""
        found: list[int] = []
        for suffix in ("", "-wal"):
            path = self._file(code).with_name(f"{code}.db{suffix}")
            if path.exists():
                status = path.stat()
                found += (status.st_ino, status.st_size, status.st_mtime_ns)
        return tuple(found)

    def snapshot_file(self, code: str) -> Path:
        """Return where the state of a long journal may be kept (atelier/service/state_cache.py)."""
        return self._file(code).with_suffix(SNAPSHOT)

    def drop_snapshot(self, code: str) -> None:
        """Remove what is kept of the state. Raises OSError."""
        drop_snapshot(self._file(code))

    def discard(self, code: str) -> None:
        """Remove a journal and what is kept beside it."""
        self.drop_snapshot(code)
        for suffix in ("", "-wal", "-shm"):
            self._file(code).with_name(f"{code}.db{suffix}").unlink(missing_ok=True)

    def codes(self) -> Iterator[str]:
        """The codes of all workshops in the folder."""
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
        """Make sure that no other server writes that workshop, where a read-only disk put it off. Raises OSError."""
        try:
            self._take_owed_lock()
            self.claims.take(code)
        except (FolderBusy, ClaimedElsewhere):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(self.path)) from None

    def _keep_to_ourselves(self, code: str) -> None:
        """Take from others of this machine the right to read what earlier versions let them read."""
        for path in self.path.glob(f"{code}.*"):
            with suppress(OSError):  # somebody else's, or on a disk that takes nothing: it opens all the same
                if path.stat().st_mode & 0o077:
                    path.chmod(OURS)

    def _file(self, code: str) -> Path:
        if not is_code(code):
            raise FileNotFoundError(code)
        return self.path / f"{code}.db"


def drop_snapshot(journal: Path) -> None:
    """Remove what is kept of the state of the journal in that file, half written or whole. Raises OSError."""
    for suffix in (SNAPSHOT, BEING_WRITTEN):
        journal.with_suffix(suffix).unlink(missing_ok=True)
