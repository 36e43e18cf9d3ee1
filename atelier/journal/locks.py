"""File locks for processes that share a folder of journals: one writer a workshop."""

import os
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

CLAIM = ".tenu"


class FolderBusy(Exception):  # noqa: N818 - the folder is, nobody erred
    """Another server works on this folder."""


class ClaimedElsewhere(Exception):  # noqa: N818 - no error of whoever asks
    """Another process of this server writes that workshop."""


class Claims:
    """Lock files of the workshops that this process writes; no-ops where the folder is not shared.

    The system releases them when the process ends, however it ends.
    """

    def __init__(self, folder: Path, shared: bool) -> None:
        self._folder, self._shared = folder, shared
        self._held: dict[str, BaseFileLock] = {}

    def take(self, code: str) -> None:
        """Lock a workshop for this process; idempotent. Raises ClaimedElsewhere or OSError."""
        if not self._shared or code in self._held:
            return
        # Taken in one thread, given back in another.
        lock = FileLock(self._folder / f"{code}{CLAIM}", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise ClaimedElsewhere(code) from None
        self._held[code] = lock

    def give_back(self, code: str) -> None:
        """Release the lock on a workshop."""
        lock = self._held.pop(code, None)
        if lock is not None:
            lock.release()


def hold_with_others(path: Path) -> int:
    """Take a shared lock on `path` and return its file descriptor; closing it releases the lock. Raises FolderBusy.

    A server alone, or the command line, takes the same lock exclusively.
    """
    import fcntl  # not on Windows, where the configuration refuses to share

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise FolderBusy(str(path.parent)) from None
    return descriptor
