"""Group commit: writes what open workshops have queued, one transaction a batch, in worker threads."""

import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from atelier.domain.erasure import ERASING
from atelier.domain.selectors import photo_ids
from atelier.journal.protocol import UNCHANGED, Attachments, Conflict, Damaged, Recorded, Repeated
from atelier.limits import COMMITTERS
from atelier.runtime.concurrency import off_the_loop
from atelier.runtime.logs import reason
from atelier.service.state_cache import NoStateCache, StateCache
from atelier.service.workshop import OpenWorkshop, Pending

log = logging.getLogger("atelier.service.committer")

Published = Callable[[str, tuple[Recorded, ...]], None]
Told = Callable[[str, int], None]
Lost = Callable[[OpenWorkshop], None]


class Erasing(Protocol):
    """Hooks around the commit of an erasure, so that one that is interrupted can be completed."""

    def begin(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Record the erasure before its commit. Raises OSError: then nothing may be committed."""
        ...

    def cancel(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Withdraw the record: the commit failed. Raises OSError."""
        ...

    def finish(self, code: str, recorded: tuple[Recorded, ...], present: Collection[str]) -> None:
        """Erase beside the journal too. `recorded`: facts in memory; `present`: ids of who is there. Raises OSError."""
        ...

    def erased_elsewhere(self, code: str) -> None:
        """Erase what this node alone holds of a workshop: another one erased the rest. Raises OSError."""
        ...


class NotNoted:
    """No-op hooks, where there are no documents and no erasure log beside the journal."""

    def begin(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Do nothing."""

    def cancel(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Do nothing."""

    def finish(self, code: str, recorded: tuple[Recorded, ...], present: Collection[str]) -> None:
        """Do nothing."""

    def erased_elsewhere(self, code: str) -> None:
        """Do nothing."""


class Committer:
    """Thread pool that commits batches: an idle workshop gets a batch of one at once, a busy one shares a disk write.

    One worker at a time serves a workshop, so that its batches follow each other.
    """

    def __init__(self, published: Published, snapshots: StateCache | NoStateCache) -> None:
        self._published = published
        self.told: Told = lambda _code, _seq: None
        """Called with code and seq after a commit of this process, for other nodes to read what they miss."""
        self.lost: Lost = lambda _room: None
        """Called with a workshop that memory must let go of: another node erased words, or all of it."""
        self.erasing: Erasing = NotNoted()
        self._snapshots = snapshots
        self._workers = ThreadPoolExecutor(COMMITTERS, thread_name_prefix="committer")

    def wake(self, room: OpenWorkshop) -> None:
        """Schedule `serve` on a worker thread. Raises RuntimeError once stopped."""
        self._workers.submit(self.serve, room)

    def stop(self) -> None:
        """Commit what is queued, then stop the workers."""
        self._workers.shutdown()

    def serve(self, room: OpenWorkshop) -> None:
        """Read what other nodes wrote if asked to, and commit batches of `room` until its queue is empty."""
        while True:
            if room.is_behind:
                self._catch_up(room)
            batch = room.take()
            if batch:
                self.commit(room, batch)
            elif not room.is_behind:
                return

    def commit(self, room: OpenWorkshop, batch: list[Pending]) -> None:
        """Write `batch` in one transaction, publish it, and settle each of its acts with success or its error."""
        recorded = tuple(each for pending in batch for each in pending.decided.recorded)
        erasing = any(isinstance(each.fact.event, ERASING) for each in recorded)
        try:
            self._write(room, batch, recorded, erasing)
        except Exception as error:  # whatever the storage says, nobody may be left waiting
            self._not_written(room, batch, error)
            return
        if erasing or room.owes_redaction:
            off_the_loop(redact, room, self._snapshots)
        room.succeeded(batch)
        if recorded:
            # Screens before the answer, which nobody looks at: on greenlets they have their turns in this order.
            self._publish(room.code, recorded)
        for pending in batch:
            pending.settle()
        if recorded:
            self.told(room.code, recorded[-1].seq)
        if recorded and self._snapshots.due(room):
            off_the_loop(self._snapshots.keep, room)

    def _write(
        self, room: OpenWorkshop, batch: list[Pending], recorded: tuple[Recorded, ...], erasing: bool
    ) -> None:
        """Write `batch`, with what goes around an erasure. Raises what the storage says."""
        try:
            _check(room, batch)
            if erasing:
                off_the_loop(self.erasing.begin, room.code, recorded)
            seq, head = room.committed.position
            operations = [pending.operation for pending in batch]
            off_the_loop(room.journal.append, recorded, operations, seq, _attachments(room, batch), head)
        except Exception:
            if erasing:
                self._cancel(room.code, recorded)
            raise

    def _not_written(self, room: OpenWorkshop, batch: list[Pending], error: Exception) -> None:
        """Decide `batch` again where another node was first, let it fail otherwise."""
        if isinstance(error, Conflict) and room.journal.shared:
            self._catch_up(room, batch, doubted=isinstance(error, Repeated))
            return
        log.error("commit.failed", extra={"reason": reason(error)})
        room.failed(batch, error)

    def _catch_up(self, room: OpenWorkshop, batch: Sequence[Pending] = (), *, doubted: bool = False) -> None:
        """Read what other nodes wrote, decide again what is queued, and show it. `batch`: who fails if it cannot be.

        `doubted`: some of `batch` was accepted before.
        """
        try:
            news = off_the_loop(room.news, {each.key for each in batch} if doubted else set())
        except (FileNotFoundError, Damaged) as error:
            log.warning("workshop.reopened", extra={"reason": reason(error)})
            self._let_go(room)
        except OSError as error:
            log.error("news.failed", extra={"reason": reason(error)})
            room.give_up_news()
            if batch:
                room.failed(list(batch), error)
        else:
            if news.erases:
                self._let_go(room)
            else:
                room.catch_up(news)
            if news.recorded:
                self._publish(room.code, news.recorded)

    def _let_go(self, room: OpenWorkshop) -> None:
        self.lost(room)
        room.abandon()

    def _cancel(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        try:
            off_the_loop(self.erasing.cancel, code, recorded)
        except OSError as error:  # the erasure is then done at the next start: somebody did ask for it
            log.error("erasure.not_cancelled", extra={"reason": reason(error)})

    def _publish(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        try:
            self._published(code, recorded)
        except Exception:  # a reader's trouble must not stop the commits
            log.exception("publishing.failed")


def redact(room: OpenWorkshop, snapshots: StateCache | NoStateCache) -> None:
    """Overwrite erased words in the journal of `room`; a failure is logged and retried at a later commit."""
    try:
        room.redact(snapshots.drop)
    except (OSError, Damaged) as error:
        # The fact stands; the words leave the file with a later commit, or at its next opening.
        log.error("redaction.failed", extra={"reason": reason(error)})


def _attachments(room: OpenWorkshop, batch: list[Pending]) -> Attachments:
    """Return the bytes that come with `batch`, and those that nothing names after it."""
    kept = {each.act.fresh_id: each.attached for each in batch if each.attached and each.decided.recorded}
    before = photo_ids(room.committed.state) | kept.keys()
    if not before:
        return UNCHANGED
    return Attachments(kept, before - photo_ids(batch[-1].decided.after.state))


def _check(room: OpenWorkshop, batch: list[Pending]) -> None:
    """Raise Conflict unless each act follows the very state it was decided on; a seq does not tell two tails apart."""
    before = room.committed
    for pending in batch:
        if pending.decided.before is not before:
            raise Conflict(f"{room.code}: decided on a state that never was")
        before = pending.decided.after
