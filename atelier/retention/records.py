"""What retention keeps beside the journals: the log of erasures, the schedule, drafts, quarantine, documents.

In a folder, beside the files of journals; `atelier/retention/shared_records.py` has the same in a database.
"""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from atelier.domain.acts import Fact
from atelier.domain.erasure import redactions
from atelier.domain.events import ParticipantErased
from atelier.domain.state import Workshop
from atelier.journal.protocol import Damaged
from atelier.journal.sqlite import SqliteJournal
from atelier.retention import erasure_log, schedule
from atelier.retention.backup import BEING_RESTORED, STRAY, Copy
from atelier.retention.erasure_log import RESET
from atelier.retention.quarantine import Quarantine
from atelier.service.drafts import Drafts, DraftStore
from atelier.service.service import HOST

LOCK = ".echeances.lock"


class SetAside(Protocol):
    """Workshops past their term, which wait to be erased."""

    def codes(self) -> list[str]:
        """Return their codes."""
        ...

    def holds(self, code: str) -> bool:
        """Tell whether a workshop is among them."""
        ...

    def state(self, code: str) -> Workshop | None:
        """Return the state of one of them; None when it is missing or unreadable."""
        ...

    def take(self, code: str) -> None:
        """Set a workshop aside with its documents; its journal is deleted next. Raises OSError or Damaged."""
        ...

    def put_back(self, code: str) -> Copy:
        """Put a workshop back in its place. Raises NotRestored, Damaged, LookupError or OSError."""
        ...

    def discard(self, code: str) -> None:
        """Delete a workshop that is set aside. Raises OSError."""
        ...


class Place(erasure_log.Lines, schedule.Kept, Protocol):
    """Log and schedule that are kept elsewhere than in a folder."""

    def newest_fact(self) -> int:
        """Return the time of the newest fact of all journals, Unix ms; 0 when there is none."""
        ...


class Records(Protocol):
    """What goes with the journals of one store."""

    @property
    def place(self) -> Path | Place:
        """Where the log of erasures and the schedule are."""
        ...

    @property
    def source(self) -> Path | str:
        """By what a process of its own opens the journals to read: their folder, or the address of their database."""
        ...

    @property
    def exports(self) -> Path:
        """Where documents are."""
        ...

    @property
    def drafts(self) -> DraftStore:
        """What is being typed on the desks."""
        ...

    @property
    def quarantine(self) -> SetAside:
        """Workshops past their term."""
        ...

    def turn(self) -> AbstractContextManager[bool]:
        """Context of the purge, which one process does at a time: True when it is this one."""
        ...

    def erase_beside(self, code: str, people: set[str]) -> None:
        """Erase the words of `people` from what a restore set aside of a workshop. Raises OSError."""
        ...

    def delete_beside(self, code: str) -> None:
        """Delete all that is kept beside the journal of a workshop. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class FolderRecords:
    """Records beside the journals of a folder."""

    sessions: Path
    exports: Path

    @property
    def place(self) -> Path:
        """The folder itself."""
        return self.sessions

    @property
    def source(self) -> Path:
        """The folder itself."""
        return self.sessions

    @property
    def drafts(self) -> Drafts:
        """A file a workshop."""
        return Drafts(self.sessions)

    @property
    def quarantine(self) -> Quarantine:
        """A folder in the folder."""
        return Quarantine(self.sessions, self.exports)

    @contextlib.contextmanager
    def turn(self) -> Iterator[bool]:
        """Context of a lock that processes of this folder share: True when it is ours."""
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(FileLock(self.sessions / LOCK, timeout=0))
                ours = True
            except Timeout:
                ours = False
            yield ours

    def erase_beside(self, code: str, people: set[str]) -> None:
        """Erase the words of `people` from journals that a restore set aside, half-made ones too. Raises OSError."""
        (self.sessions / f"{code}{BEING_RESTORED}").unlink(missing_ok=True)
        for stray in _strays(self.sessions, code):
            _erase_in(stray, people)

    def delete_beside(self, code: str) -> None:
        """Delete every file of a workshop. Raises OSError."""
        for path in self.sessions.glob(f"{code}.*"):
            path.unlink(missing_ok=True)


def _strays(sessions: Path, code: str) -> list[Path]:
    """Return the paths of the journals of a workshop that a restore set aside, without SQLite's own side files."""
    return [path for path in sessions.glob(f"{code}.{STRAY}-*") if not path.name.endswith(("-wal", "-shm"))]


def _erase_in(stray: Path, people: set[str]) -> None:
    """Erase the words of `people` from a journal that was set aside, or all words after a reset. Raises OSError.

    An unreadable one is deleted: it may hold anything.
    """
    try:
        if RESET in people:
            raise Damaged("everything in it goes")
        with contextlib.closing(SqliteJournal(stray)) as journal:
            history = list(journal.read())
            erased = [Fact(event=ParticipantErased(participant=each), by=HOST, at=0) for each in people]
            facts = redactions([*(each.fact for each in history), *erased])
            changes = [history[n]._replace(fact=fact) for n, fact in facts if n < len(history)]
            journal.forget_attachments()  # photos of the paper: who is on them nobody knows
            journal.rewrite(changes)
    except Damaged:
        for suffix in ("", "-wal", "-shm"):
            stray.with_name(stray.name + suffix).unlink(missing_ok=True)
