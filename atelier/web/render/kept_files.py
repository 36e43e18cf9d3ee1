"""What a start made of files of the program, kept for the next one where Python keeps what it compiles of modules."""

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_MARK_BYTES = 16


class KeptFiles:
    """One file a name in `__pycache__`, believed while its mark is the same and nothing of it is spoilt.

    Where that folder cannot be written, or Python is told to keep nothing, each start makes them anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "__pycache__"

    def load(self, name: str, mark: bytes) -> bytes | None:
        """Return what was kept under `name` with this mark; None when there is no such thing."""
        with contextlib.suppress(OSError):
            kept = self._file(name).read_bytes()
            body = kept[_MARK_BYTES:]
            if kept[:_MARK_BYTES] == _sum(mark, body):
                return body
        return None

    def save(self, name: str, mark: bytes, body: bytes) -> None:
        """Keep `body` under `name`."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            fresh = self._file(f"{name}.{os.getpid()}")
            fresh.write_bytes(_sum(mark, body) + body)
            fresh.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.kept"


def mark_of(paths: Iterable[Path]) -> bytes:
    """Return what tells the contents of these files from any others: their times may be those of a release."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=_MARK_BYTES)
    for path in sorted(paths):
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}\n".encode())
        digest.update(content)
    return digest.digest()


def _sum(mark: bytes, body: bytes) -> bytes:
    return hashlib.blake2b(mark + body, digest_size=_MARK_BYTES).digest()
