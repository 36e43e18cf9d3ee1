"""The end of workshops: on the day said at their creation, or when somebody asks; documents and strays included."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atelier.domain.erasure import ERASING
from atelier.domain.events import ParticipantErased
from atelier.retention.erasure_log import WHOLE, Erasure, note
from atelier.service import Damaged, Recorded, Service, StorageFailed, UnknownWorkshop

PART_S = 600


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where the words of workshops are: their journals, and the documents made from them."""

    service: Service
    sessions: Path
    exports: Path

    def due(self, today: dt.date) -> Iterator[str]:
        """Yield the workshops that had to be erased by `today`. One that cannot be read is left for a person."""
        for code in self.service.codes():
            try:
                purge_on = self.service.look(code).state.prepared.purge_on
            except (Damaged, StorageFailed, UnknownWorkshop):
                continue
            if dt.date.fromisoformat(purge_on) <= today:
                yield code

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """After a commit: somebody's words were erased, so no document and no copy may keep them."""
        for each in recorded:
            event = each.fact.event
            if isinstance(event, ParticipantErased):
                note(self.sessions, Erasure(code, event.participant))
            if isinstance(event, ERASING):
                self.forget_documents(code)

    def erase(self, code: str) -> None:
        """Erase a workshop everywhere on this machine, and note it so that no copy brings it back.

        Raises OSError, or Elsewhere when another process has it open: then nothing was done.
        """
        with self.service.visit(code):
            self.service.claim(code)
            note(self.sessions, Erasure(code, WHOLE))
            self.service.erase(code)
        for stray in self.sessions.glob(f"{code}.*"):
            stray.unlink()
        self.forget_documents(code)

    def forget_documents(self, code: str) -> None:
        """Delete the documents made of a workshop, half-made ones included."""
        for document in self.exports.glob(f"atelier-{code}-*"):
            document.unlink(missing_ok=True)
        # What a broken export left: its name does not say of which workshop it was.
        for part in self.exports.glob(".*.part"):
            if part.stat().st_mtime < time.time() - PART_S:
                part.unlink(missing_ok=True)


def today() -> dt.date:
    """Return the day it is where this machine stands."""
    return dt.datetime.now().astimezone().date()
