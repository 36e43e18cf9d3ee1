"""The state of a long journal, kept beside it so that opening need not replay everything. Losing one loses nothing.

It is only believed when this server signed it, by the same rules, at a position that the journal still holds.
"""

import functools
import hashlib
import hmac
import logging
import pickle
import sys
from pathlib import Path

from atelier import domain, journal
from atelier.domain.state import Workshop
from atelier.journal.protocol import Journal, Position
from atelier.journal.store import JournalStore
from atelier.runtime.logs import reason
from atelier.service.workshop import OpenWorkshop, Snapshot

log = logging.getLogger("atelier.service.state_cache")

EVERY = 5_000
"""Facts between two snapshots; so many are replayed in about 0.1 s, so shorter journals have none."""

_SUM_BYTES = 32


class StateCache:
    """Snapshots beside the journals of one store, authenticated by the machine's secret."""

    def __init__(self, folder: JournalStore, secret: bytes) -> None:
        self._folder = folder
        self._secret = secret

    def load(self, code: str, of: Journal) -> Snapshot | None:
        """Return the cached state of a journal, None when there is no authentic one. Raises Damaged or OSError."""
        try:
            signed = self._folder.cached_state(code)
        except OSError as error:
            log.warning("snapshot.unreadable", extra={"reason": reason(error)})
            return None
        if signed is None:
            return None
        kept, body = signed[:_SUM_BYTES], signed[_SUM_BYTES:]
        # Unpickling runs what it is told: nothing is unpickled that this server did not write itself.
        if not hmac.compare_digest(kept, self._sum(code, body)):
            return None
        seq, head, state = pickle.loads(body)  # noqa: S301 - signed by us
        if not isinstance(state, Workshop) or of.head_at(seq) != head:
            return None
        return Snapshot(code=code, state=state, position=Position(seq, head))

    def due(self, room: OpenWorkshop) -> bool:
        """Tell whether the journal of `room` has grown enough for a new snapshot."""
        return room.wants_snapshot(EVERY)

    def keep(self, room: OpenWorkshop) -> None:
        """Write a snapshot of `room`; a failure is only logged, since openings work without."""
        room.snapshot_at = room.committed.position.seq
        self._keep(room.committed)

    def keep_restored(self, snapshot: Snapshot) -> None:
        """Write the state of a long journal that was just put back: its first opening is quick too."""
        if snapshot.position.seq >= EVERY:
            self._keep(snapshot)

    def _keep(self, snapshot: Snapshot) -> None:
        try:
            self._write(snapshot)
            if not self._folder.holds(snapshot.code):
                self.drop(snapshot.code)  # erased meanwhile: nothing of it may stay
        except Exception as error:
            log.warning("snapshot.failed", extra={"reason": reason(error)})

    def drop(self, code: str) -> None:
        """Delete the snapshot, which may hold words that are being erased. Raises OSError."""
        self._folder.drop_snapshot(code)

    def _write(self, snapshot: Snapshot) -> None:
        at = snapshot.position
        body = pickle.dumps((at.seq, at.head, snapshot.state), pickle.HIGHEST_PROTOCOL)
        self._folder.cache_state(snapshot.code, at.seq, self._sum(snapshot.code, body) + body)

    def _sum(self, code: str, body: bytes) -> bytes:
        key = hashlib.sha256(self._secret + _rules()).digest()
        return hmac.new(key, code.encode() + body, hashlib.sha256).digest()


class NoStateCache:
    """No-op cache, where every journal is read in full: the command line, and tests of the journal."""

    def load(self, code: str, of: Journal) -> Snapshot | None:
        """Return None."""

    def due(self, room: OpenWorkshop) -> bool:
        """Return False."""
        return False

    def keep(self, room: OpenWorkshop) -> None:
        """Do nothing."""

    def drop(self, code: str) -> None:
        """Do nothing."""


@functools.cache
def _rules() -> bytes:
    """Return a hash of Python's version and our rules: a state cached under others is not to be used."""
    digest = hashlib.sha256(sys.version.encode())
    for package in (domain, journal):
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()
