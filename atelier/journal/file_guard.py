"""Notices that an open file was replaced, removed or cut: SQLite would go on writing where nobody will read."""

from pathlib import Path

from atelier.journal.connection import log_of
from atelier.journal.protocol import Damaged


class Witness:
    """Remembers the journal's files as they were after its own last write."""

    def __init__(self, path: Path) -> None:
        self._files = (path, log_of(path))
        self._seen: tuple[tuple[int, int, int], ...] = ()
        self.remember()

    def remember(self) -> None:
        """Take the files as they are now for good: after a write, or after the log was folded back and cut."""
        self._seen = tuple(_identity(file) for file in self._files)

    def check(self) -> None:
        """Raise Damaged when a file is not the one that was open, or has become shorter."""
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
