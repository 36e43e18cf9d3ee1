"""Erasure on request: logged before it begins, applied to journal and documents, completed after an interruption."""

import contextlib
import logging
import secrets
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from atelier.domain import commands as c
from atelier.domain.erasure import ERASING
from atelier.domain.events import ParticipantErased
from atelier.domain.refusals import Refused
from atelier.domain.state import Workshop
from atelier.journal.protocol import Damaged
from atelier.retention import erasure_log
from atelier.retention.erasure_log import RESET, WHOLE, Erasure
from atelier.retention.records import Records
from atelier.runtime.logs import reason
from atelier.service.drafts import OF_OTHERS
from atelier.service.service import HOST, Elsewhere, Recorded, Service, StorageFailed, UnknownWorkshop

PART_S = 600

log = logging.getLogger("atelier.retention")


@dataclass(frozen=True, slots=True)
class Eraser:
    """Erases words wherever they are: journals, journals set aside, quarantine, documents.

    `forgotten`: how often the documents of each workshop were deleted.
    """

    service: Service
    records: Records
    forgotten: Counter[str] = field(default_factory=Counter)

    def begin(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Log whose words these facts erase, before their commit. Raises OSError: then nothing may be committed."""
        for erasure in _erasures(code, recorded):
            erasure_log.begin(self.records.place, erasure)

    def cancel(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Log that the commit failed and nothing was erased. Raises OSError."""
        for erasure in _erasures(code, recorded):
            erasure_log.cancel(self.records.place, erasure)

    def finish(self, code: str, recorded: tuple[Recorded, ...], present: Collection[str]) -> None:
        """Erase beside the journal what its commit erased, then log it as done. Raises OSError.

        `recorded`: the facts that memory holds of the workshop; `present`: who is still there.
        """
        gone = {each for each in erasure_log.unfinished(self.records.place) if each.code == code}
        # A version that noted after the commit may have been interrupted between the two.
        gone |= (
            set(_erasures(code, recorded)) - erasure_log.noted(self.records.place) - {Erasure(code, RESET)}
        )
        gone = {each for each in gone if each.participant != WHOLE and each.participant not in present}
        if not gone:
            return
        self._forget_documents(code)
        everybody = any(each.participant == RESET for each in gone)
        self.records.drafts.forget(code, ("",) if everybody else OF_OTHERS)
        # What an interrupted move or return left: the journal in its place is the one that counts.
        self.records.quarantine.discard(code)
        self.records.erase_beside(code, {each.participant for each in gone})
        for each in sorted(gone):
            erasure_log.note(self.records.place, each)

    def erased_elsewhere(self, code: str) -> None:
        """Delete the documents that this node made of a workshop: another one erased words of it. Raises OSError."""
        self._forget_documents(code)

    def missed(self, code: str, state: Workshop) -> list[str]:
        """Return ids whose erasure was requested but who are still there, after an interruption or a restore."""
        gone = {each.participant for each in erasure_log.unfinished(self.records.place) if each.code == code}
        return sorted(gone & set(state.people))

    def erase(self, code: str) -> None:
        """Erase a workshop everywhere on this machine, and log it so that no copy can be restored.

        Raises OSError, or Elsewhere when another process has it open: then nothing was done.
        """
        with self.service.visit(code):
            self.service.claim(code)
            erasure_log.begin(self.records.place, Erasure(code, WHOLE))
            self.forget(code)
        erasure_log.note(self.records.place, Erasure(code, WHOLE))

    def forget(self, code: str) -> None:
        """Delete journal, side files and documents of a workshop, as far as they exist. Raises OSError or Elsewhere."""
        with contextlib.suppress(UnknownWorkshop):
            self.service.erase(code)
        self.records.drafts.forget(code)
        self.records.delete_beside(code)
        self._forget_documents(code)
        self.records.quarantine.discard(code)

    def complete(self) -> None:
        """Complete erasures that an earlier process left unfinished; failures are logged and tried again later."""
        for code in sorted({each.code for each in erasure_log.unfinished(self.records.place)}):
            try:
                self._completed(code)
            except (Elsewhere, Damaged, StorageFailed, OSError, Refused) as error:
                log.error("erasure.not_completed", extra={"reason": reason(error)})

    def _completed(self, code: str) -> None:
        if Erasure(code, WHOLE) in erasure_log.unfinished(self.records.place):
            self.erase(code)
            return
        try:
            with self.service.visit(code):
                # Opening it completes what the journal knows of.
                state = self.service.read(code).state
                for participant in self.missed(code, state):
                    command = c.EraseParticipant(participant=participant)
                    self.service.handle(code, command, HOST, secrets.token_urlsafe(16))
                self.service.finish_erasure(code)
        except UnknownWorkshop:
            self.finish(code, (), ())

    def _forget_documents(self, code: str) -> None:
        """Delete the documents of a workshop, temporary ones included."""
        # Before they are looked for: one that lands later is seen to be too late.
        self.forgotten[code] += 1
        for document in self.records.exports.glob(f"atelier-{code}-*"):
            document.unlink(missing_ok=True)
        # What a broken export left: its name does not say of which workshop it was.
        for part in self.records.exports.glob(".*.part"):
            if part.stat().st_mtime < time.time() - PART_S:
                part.unlink(missing_ok=True)


def _erasures(code: str, recorded: tuple[Recorded, ...]) -> list[Erasure]:
    found = []
    for each in recorded:
        event = each.fact.event
        if isinstance(event, ParticipantErased):
            found.append(Erasure(code, event.participant))
        elif isinstance(event, ERASING):
            found.append(Erasure(code, RESET))
    return found
