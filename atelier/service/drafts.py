"""What is being typed on the desks of a workshop, in a file beside its journal; no fact, document or copy has it."""

import json
import os
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from atelier.domain.codes import is_code
from atelier.runtime.concurrency import native_lock, off_the_loop
from atelier.runtime.private_file import replace_private

SUFFIX = ".brouillons"
OF_OTHERS = ("initiative-", "mission-", "action-", "group-", "person-")
"""What the fields begin with in which words of others are corrected: gone when somebody's words are erased."""
_LOCK = native_lock()
"""Of every file of drafts: they are written, and blanked by erasures, in native threads."""


class Draft(NamedTuple):
    """A text that nobody sent yet: its words, which desk typed it, when (Unix ms)."""

    text: str
    desk: str
    at: int


class DraftStore(Protocol):
    """Keeps drafts durably, a field each."""

    def of(self, code: str) -> dict[str, Draft]:
        """Return the drafts of a workshop by field; none where they cannot be read."""
        ...

    def keep(self, code: str, field: str, draft: Draft) -> None:
        """Keep what a field says, durably; an empty text takes it away. Raises OSError."""
        ...

    def forget(self, code: str, kinds: tuple[str, ...] = ("",)) -> None:
        """Delete the drafts whose field begins with one of `kinds`, all by default. Raises OSError."""
        ...


class Drafts:
    """Keeps drafts in a file beside the journal; the words they replace are overwritten on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, code: str) -> dict[str, Draft]:
        """Return the drafts of a workshop by field; none where the file cannot be read."""
        try:
            plain = json.loads(self._file(code).read_bytes())
            return {
                str(field): Draft(str(text), str(desk), int(at)) for field, (text, desk, at) in plain.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def keep(self, code: str, field: str, draft: Draft) -> None:
        """Keep what a field says, durably; an empty text takes it away. Raises OSError.

        It waits for the disk off the loop: each desk that types comes here every second.
        """
        off_the_loop(self._keep, code, field, draft)

    def forget(self, code: str, kinds: tuple[str, ...] = ("",)) -> None:
        """Overwrite the drafts whose field begins with one of `kinds`, all by default. Raises OSError."""
        with _LOCK:
            kept = self.of(code)
            rest = {field: draft for field, draft in kept.items() if not field.startswith(kinds)}
            if len(rest) < len(kept):
                self._write(code, rest)

    def _keep(self, code: str, field: str, draft: Draft) -> None:
        with _LOCK:
            kept = self.of(code)
            if draft.text:
                kept[field] = draft
            elif kept.pop(field, None) is None:
                return
            self._write(code, kept)
            if not self._file(code).with_suffix(".db").exists():  # erased while it was on its way
                self._write(code, {})

    def _write(self, code: str, kept: dict[str, Draft]) -> None:
        path = self._file(code)
        with path.open("r+b") if path.exists() else nullcontext() as former:
            replace_private(path, json.dumps(kept).encode(), durable=True)
            if former is not None:
                _overwrite(former)
        if not kept:
            path.unlink(missing_ok=True)

    def _file(self, code: str) -> Path:
        if not is_code(code):
            raise FileNotFoundError(code)
        return self._folder / f"{code}{SUFFIX}"


def _overwrite(file: BinaryIO) -> None:
    """Put zeros where a file has words."""
    file.write(bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())
