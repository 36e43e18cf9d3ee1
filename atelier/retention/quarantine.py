"""Quarantine: workshops past their term wait here, unreachable and complete, before they are erased."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atelier.domain.codes import is_code
from atelier.domain.state import Workshop
from atelier.journal.protocol import Damaged
from atelier.retention.backup import STRAY, Copy, copy_journal, look_at, restore
from atelier.service.drafts import Drafts

NAME = "quarantaine"
DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Quarantine:
    """A folder a workshop in `sessions/quarantaine`: its journal, what was set aside of it before, its documents."""

    sessions: Path
    exports: Path

    def codes(self) -> list[str]:
        """Return the codes of the workshops in quarantine."""
        return sorted(path.name for path in (self.sessions / NAME).glob("*") if self.holds(path.name))

    def holds(self, code: str) -> bool:
        """Tell whether a workshop is in quarantine, with its journal."""
        return is_code(code) and self._journal(code).exists()

    def state(self, code: str) -> Workshop | None:
        """Return the state of a workshop in quarantine; None when it is missing or unreadable."""
        try:
            return look_at(self._journal(code)).state if self.holds(code) else None
        except (Damaged, LookupError, OSError):
            return None

    def take(self, code: str) -> None:
        """Copy a closed journal here, then move its side files and documents. Raises OSError or Damaged.

        The copy is verified before it gets its name; the journal itself stays for the caller to delete.
        """
        place = self._place(code)
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = place / f"{code}.part"
        part.unlink(missing_ok=True)
        try:
            copy_journal(self.sessions / f"{code}.db", part)
            part.replace(self._journal(code))
            look_at(self._journal(code))
        except (sqlite3.Error, LookupError) as error:
            self._journal(code).unlink(missing_ok=True)
            raise OSError(str(error)) from error
        Drafts(self.sessions).forget(code)
        for path in self.sessions.glob(f"{code}.{STRAY}-*"):
            path.replace(place / path.name)
        (place / DOCUMENTS).mkdir(exist_ok=True)
        for path in self.exports.glob(f"atelier-{code}-*"):
            shutil.move(path, place / DOCUMENTS / path.name)

    def put_back(self, code: str) -> Copy:
        """Put a workshop and its documents back where they were; for whoever holds the folder or the workshop.

        Raises NotRestored, Damaged, LookupError or OSError.
        """
        copy = look_at(self._journal(code))
        restore(copy, self.sessions)
        place = self._place(code)
        for path in place.glob(f"{code}.{STRAY}-*"):
            path.replace(self.sessions / path.name)
        self.exports.mkdir(parents=True, exist_ok=True)
        for path in (place / DOCUMENTS).glob("*"):
            shutil.move(path, self.exports / path.name)
        self.discard(code)
        return copy

    def discard(self, code: str) -> None:
        """Delete a workshop from quarantine, the journal last. Raises OSError."""
        place = self._place(code)
        for path in self._inside(place):
            path.unlink()
        if place.exists():
            shutil.rmtree(place)

    def _inside(self, place: Path) -> Iterator[Path]:
        yield from (path for path in (place / DOCUMENTS).glob("*"))
        yield from (path for path in place.glob("*") if path.is_file() and path.suffix != ".db")

    def _place(self, code: str) -> Path:
        if not is_code(code):
            raise FileNotFoundError(code)
        return self.sessions / NAME / code

    def _journal(self, code: str) -> Path:
        return self._place(code) / f"{code}.db"
