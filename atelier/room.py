"""One open workshop in memory: the committed state that readers see, and the speculative tail being committed."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from atelier.committing import Pending
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.evolve import evolve
from atelier.domain.state import Workshop, initial_state
from atelier.domain.values import Actor
from atelier.journal.protocol import START, Journal, Operation, Position, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state and the position at which it holds."""

    code: str
    state: Workshop
    position: Position


class Room:
    """Decides one act at a time under its lock; the commit happens outside it, in batches."""

    def __init__(self, code: str, journal: Journal) -> None:
        self.code = code
        self.journal = journal
        self.committed = Snapshot(code=code, state=initial_state(), position=START)
        self._tail = self.committed
        self._lock = threading.Lock()
        self._accepted: dict[tuple[str, str], Position] = {}
        self._in_flight: dict[tuple[str, str], Pending] = {}
        self._recorded: list[Recorded] = []

    @classmethod
    def empty(cls, code: str, journal: Journal) -> "Room":
        """A room whose journal holds nothing yet."""
        return cls(code, journal)

    @classmethod
    def replayed(cls, code: str, journal: Journal) -> "Room":
        """A room as its journal left it. Raises Damaged."""
        room = cls(code, journal)
        state = initial_state()
        for recorded in journal.read():
            state = evolve(state, recorded.fact)
            room._recorded.append(recorded)
        last = room._recorded[-1] if room._recorded else None
        position = Position(last.seq, last.head) if last else START
        room.committed = room._tail = Snapshot(code=code, state=state, position=position)
        for operation in journal.operations():
            head = room._recorded[operation.seq - 1].head if operation.seq else ""
            room._accepted[operation.actor, operation.op] = Position(operation.seq, head)
        return room

    def propose(self, act: Act, queue: Callable[[Pending], None]) -> Pending:
        """Decide `act` on the newest state and queue it for the commit. Raises Refused."""
        key = (act.by.id, act.fresh_id)
        with self._lock:
            known = self._accepted.get(key)
            if known is not None:
                return Pending.settled(self, known)
            if key in self._in_flight:
                return self._in_flight[key]
            pending = self._decided(act)
            self._in_flight[key] = pending
            queue(pending)
            return pending

    def accepted(self, by: Actor, op: str) -> bool:
        """Tell whether this operation is in the journal."""
        with self._lock:
            return (by.id, op) in self._accepted

    def since(self, position: Position) -> tuple[Recorded, ...] | None:
        """The committed facts after `position`, or None when the journal never was there."""
        end = self.committed.position.seq
        if position.seq > end:
            return None
        if position.seq and self._recorded[position.seq - 1].head != position.head:
            return None
        return tuple(self._recorded[position.seq : end])

    def succeeded(self, batch: list[Pending]) -> None:
        """The committer made `batch` durable: readers may see it."""
        with self._lock:
            for pending in batch:
                self._recorded.extend(pending.recorded)
                self.committed = pending.after
                self._accepted[pending.actor, pending.op] = pending.position
                self._in_flight.pop((pending.actor, pending.op), None)

    def failed(self) -> None:
        """The storage refused: everything not committed is forgotten, decisions restart from what is durable."""
        with self._lock:
            self._tail = self.committed
            self._in_flight.clear()

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()

    def _decided(self, act: Act) -> Pending:
        before, state, seq = self._tail, self._tail.state, self._tail.position.seq
        recorded = []
        for event in decide(state, act):
            fact = Fact(event=event, by=act.by, at=act.at)
            state, seq = evolve(state, fact), seq + 1
            recorded.append(Recorded(seq=seq, head=secrets.token_hex(8), fact=fact))
        position = Position(seq, recorded[-1].head) if recorded else before.position
        self._tail = Snapshot(code=self.code, state=state, position=position)
        operation = Operation(actor=act.by.id, op=act.fresh_id, seq=seq)
        return Pending(self, tuple(recorded), operation, before.position.seq, self._tail)
