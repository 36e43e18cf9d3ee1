"""Detect that an open database file was replaced, deleted or truncated: SQLite would write on into the old inode."""

from pathlib import Path

from atelier.journal.connection import log_of
from atelier.journal.protocol import Damaged


class FileGuard:
    """Device, inode and size of the database and its log, as they were after our last write."""

    def __init__(self, path: Path) -> None:
        self._files = (path, log_of(path))
        self._seen: tuple[tuple[int, int, int], ...] = ()
        self.remember()

    def remember(self) -> None:
        """Record the files as they are now: after a write or a checkpoint."""
        self._seen = tuple(_identity(file) for file in self._files)

    def check(self) -> None:
        """Raise Damaged when a file has another inode than recorded, or has become shorter."""
        for file, (device, inode, size) in zip(self._files, self._seen, strict=True):
            now = _identity(file)
            if now[:2] != (device, inode) or now[2] < size:
                raise Damaged(f"{file.name}: replaced or cut while it was open")


def _identity(file: Path) -> tuple[int, int, int]:
    try:
        status = file.stat()
    except FileNotFoundError:
        return 0, 0, 0
    return status.st_dev, status.st_ino, status.st_size
