"""One folder of journals for several processes of one machine: each workshop is written by one of them only."""

import os
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

CLAIM = ".tenu"


class FolderBusy(Exception):  # noqa: N818 - the folder is, nobody erred
    """Another server works on this folder."""


class ClaimedElsewhere(Exception):  # noqa: N818 - no error of whoever asks
    """Another process of this server writes that workshop."""


class Claims:
    """The workshops that this process alone may write. Where the folder is not shared, all of them, without a lock.

    The system gives a claim back when the process ends, however it ends.
    """

    def __init__(self, folder: Path, shared: bool) -> None:
        self._folder, self._shared = folder, shared
        self._held: dict[str, BaseFileLock] = {}

    def take(self, code: str) -> None:
        """Claim a workshop; nothing happens when it is ours already. Raises ClaimedElsewhere or OSError."""
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
        """Let another process claim it."""
        lock = self._held.pop(code, None)
        if lock is not None:
            lock.release()


def hold_with_others(path: Path) -> int:
    """Lock `path` together with the other processes that share the folder; closing what is returned lets it go.

    It is the lock that one server alone, or the command line, takes for itself: they keep each other out.
    Raises FolderBusy.
    """
    import fcntl  # not on Windows, where the configuration refuses to share

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise FolderBusy(str(path.parent)) from None
    return descriptor
