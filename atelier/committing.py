"""The committer: one thread a process takes what is queued and makes it durable, one transaction a workshop."""

import logging
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from atelier.journal.protocol import Operation, Position, Recorded

if TYPE_CHECKING:  # a room queues what the committer commits: the two know each other by design
    from atelier.room import Room, Snapshot

log = logging.getLogger("atelier.committing")

Published = Callable[[str, tuple[Recorded, ...]], None]


class Pending:
    """One decided act on its way to the disk. `done` is set when its fate is known."""

    __slots__ = ("after", "based_on", "done", "error", "operation", "recorded", "room")

    def __init__(
        self,
        room: "Room",
        recorded: tuple[Recorded, ...],
        operation: Operation,
        based_on: int,
        after: "Snapshot",
    ) -> None:
        self.room = room
        self.recorded = recorded
        self.operation = operation
        self.based_on = based_on
        self.after = after
        self.error: Exception | None = None
        self.done = threading.Event()

    @classmethod
    def settled(cls, room: "Room", position: Position) -> "Pending":
        """An act that was committed before: a repeat of its operation id."""
        snapshot = type(room.committed)(code=room.code, state=room.committed.state, position=position)
        pending = cls(room, (), Operation(actor="", op="", seq=position.seq), position.seq, snapshot)
        pending.done.set()
        return pending

    @property
    def position(self) -> Position:
        """Where the journal is just after this act."""
        return self.after.position

    @property
    def actor(self) -> str:
        """Who acted."""
        return self.operation.actor

    @property
    def op(self) -> str:
        """The operation id."""
        return self.operation.op


class Committer:
    """Group commit: a quiet room gets a batch of one, at once; a busy one shares a disk write."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._queue: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
        self._thread.start()

    def queue(self, pending: Pending) -> None:
        """Take an act in. Called under its room's lock, so acts of a room arrive in their order."""
        self._queue.put(pending)

    def stop(self) -> None:
        """Commit what is queued, then end."""
        self._queue.put(None)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        going = True
        while going:
            batches, going = self._take()
            for batch in batches.values():
                self._commit(batch)

    def _take(self) -> tuple[dict[str, list[Pending]], bool]:
        batches: dict[str, list[Pending]] = {}
        pending = self._queue.get()
        while True:
            if pending is None:
                return batches, False
            batches.setdefault(pending.room.code, []).append(pending)
            try:
                pending = self._queue.get_nowait()
            except queue.Empty:
                return batches, True

    def _commit(self, batch: list[Pending]) -> None:
        room = batch[0].room
        if batch[0].based_on != room.committed.position.seq:
            # Decided on a tail that failed meanwhile: it never was, so this never was either.
            self._refuse(batch, room, OSError("decided on a batch that could not be written"))
            return
        recorded = tuple(each for pending in batch for each in pending.recorded)
        try:
            room.journal.append(recorded, [pending.operation for pending in batch], batch[0].based_on)
        except Exception as error:  # whatever the storage says, nobody may be left waiting
            log.error("commit.failed", extra={"error": repr(error)})
            self._refuse(batch, room, error)
            return
        room.succeeded(batch)
        for pending in batch:
            pending.done.set()
        if recorded:
            self._publish(room.code, recorded)

    def _refuse(self, batch: list[Pending], room: "Room", error: Exception) -> None:
        room.failed()
        for pending in batch:
            pending.error = error
            pending.done.set()

    def _publish(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        try:
            self._published(code, recorded)
        except Exception:  # a reader's trouble must not stop the commits
            log.exception("publishing.failed")
