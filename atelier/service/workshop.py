"""One open workshop in memory: the committed state that readers see, and the speculative tail being committed."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.erasure import ERASING, redactions
from atelier.domain.evolve import evolve, fold
from atelier.domain.state import Workshop, initial_state
from atelier.domain.values import Actor
from atelier.journal.protocol import START, Damaged, Journal, Operation, Position, Recorded
from atelier.limits import COMMIT_TIMEOUT_S, LATE_READER_FACTS
from atelier.runtime.concurrency import off_the_loop
from atelier.service.operation_filter import OperationFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state and the position at which it holds."""

    code: str
    state: Workshop
    position: Position


@dataclass(frozen=True, slots=True)
class Decided:
    """The outcome of an act decided on one exact snapshot; on any other it must be decided again."""

    before: Snapshot
    recorded: tuple[Recorded, ...]
    after: Snapshot


class Retired(Exception):  # noqa: N818 - no error: ask for the workshop again
    """This instance was closed; get the workshop from the service again."""


class News(NamedTuple):
    """What other nodes wrote: facts, the state after them, and operations with the position after each."""

    recorded: tuple[Recorded, ...]
    after: Snapshot
    operations: dict[tuple[str, str], Position]

    @property
    def erases(self) -> bool:
        """True when words that are in memory must go."""
        return any(isinstance(each.fact.event, ERASING) for each in self.recorded)


class Pending:
    """A decided act that waits for its commit. `done` is set once it is durable or `error` says why not."""

    __slots__ = ("act", "attached", "decided", "done", "error")

    def __init__(self, act: Act, decided: Decided, attached: bytes = b"") -> None:
        self.act = act
        self.attached = attached
        self.decided = decided
        self.error: Exception | None = None
        self.done = threading.Event()

    @property
    def key(self) -> tuple[str, str]:
        """The key of deduplication: author id and operation id."""
        return self.act.by.id, self.act.fresh_id

    @property
    def position(self) -> Position:
        """The position of the journal after this act."""
        return self.decided.after.position

    @property
    def operation(self) -> Operation:
        """The row that remembers this act in the journal."""
        return Operation(actor=self.act.by.id, op=self.act.fresh_id, seq=self.position.seq)

    def settle(self, error: Exception | None = None) -> None:
        """Wake the waiting caller."""
        self.error = error
        self.done.set()


class OpenWorkshop:
    """Decides one act at a time under its lock; commits happen outside it, in batches.

    `committed` is what readers see. `_queue` holds decided acts that are not durable yet, each decided on the state
    after the one before it; `_tail` is the state after the last of them.
    """

    def __init__(self, code: str, journal: Journal) -> None:
        self.code = code
        self.journal = journal
        self.committed = Snapshot(code=code, state=initial_state(), position=START)
        self._tail = self.committed
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        """Serialises look-ups in the journal: a disk that hangs then takes one native thread a workshop."""
        self._accepted: dict[tuple[str, str], Position] = {}
        self._queue: dict[tuple[str, str], Pending] = {}
        self._committing = False
        self._retired = False
        self._abreast: threading.Event | None = None
        """Set once what other nodes wrote is read; None when nobody asked for it."""
        self._recorded: list[Recorded] = []
        self._before = START
        """Just before the first of `_recorded`; what is older is only in the journal."""
        self._older_ops: OperationFilter | None = None
        """What may be among the operations accepted up to `_before`; None until somebody asks."""
        self.snapshot_at = 0
        """The seq of the last snapshot that was kept."""
        self.refused = 0
        """The errno with which the storage refused the last write, 0 when it took it."""
        self.return_codes = ""
        """What the journal keeps for the return codes; empty when it keeps nothing yet."""
        self.owes_redaction = False
        """True while words that a fact erased may still be in the journal."""

    @classmethod
    def empty(cls, code: str, journal: Journal) -> "OpenWorkshop":
        """Return a workshop whose journal is empty."""
        return cls(code, journal)

    @classmethod
    def replayed(cls, code: str, journal: Journal, kept: Snapshot | None = None) -> "OpenWorkshop":
        """Return the workshop replayed from its journal, on top of the cached state `kept` if any. Raises Damaged."""
        room = cls(code, journal)
        state = initial_state()
        if kept is not None:
            state, room._before, room.snapshot_at = kept.state, kept.position, kept.position.seq
        state = fold(room._noted(journal.read(room._before.seq)), state)
        # An overwriting may have been interrupted: only looking at the older facts would tell.
        room.owes_redaction = any(isinstance(each.fact.event, ERASING) for each in room._recorded)
        position = room._end()
        room.committed = room._tail = Snapshot(code=code, state=state, position=position)
        begun = room._before.seq
        room._forget_the_oldest()
        held = room._before.seq
        for operation in journal.operations(begun):
            if operation.seq > position.seq:
                break  # read beside a running server, which has gone on since the facts were read
            if operation.seq >= held:
                room._accepted[operation.actor, operation.op] = room._at(operation.seq)
        return room

    def propose(self, act: Act, wake: "Callable[[OpenWorkshop], None]", attached: bytes = b"") -> Pending:
        """Decide `act` on the newest state and queue it; `wake` calls a committer when none is at work here.

        `attached`: bytes to be kept under the act's id with the facts that it comes to.
        Raises Refused, Retired, or what `wake` raises; then nothing happened.
        """
        key = (act.by.id, act.fresh_id)
        while True:
            held, older = self._older(key)
            with self._lock:
                if self._retired:
                    raise Retired(self.code)
                if self._before is not held:
                    continue  # memory let go of more meanwhile: perhaps of this very act
                known = self._accepted.get(key) or older
                if known is not None:
                    return self._settled(act, known)
                return self._queue.get(key) or self._queued(act, wake, attached)

    def attachment(self, name: str) -> bytes | None:
        """Return the bytes kept under that id, None when there are none. Raises OSError or Damaged."""
        found: bytes | None = self._looked_up(self.journal.attachment, name)
        return found

    def accepted(self, by: Actor, op: str) -> bool:
        """Tell whether this operation is in the journal. Raises OSError or Damaged."""
        key = (by.id, op)
        _, older = self._older(key)
        return older is not None or key in self._accepted

    def knows(self, position: Position) -> bool:
        """Tell whether the journal ever was at `position`. Raises OSError or Damaged."""
        with self._lock:
            if position.seq > self._end().seq:
                return False
            if not position.seq or position.seq >= self._before.seq:
                return not position.seq or self._at(position.seq).head == position.head
        return bool(self._looked_up(self.journal.head_at, position.seq) == position.head)

    def since(self, position: Position) -> tuple[Recorded, ...] | None:
        """Return the committed facts after `position`; None when the journal never was there, or when they are more
        than `LATE_READER_FACTS`: such a reader is better served with everything."""
        with self._lock:
            first = position.seq - self._before.seq
            if not 0 <= first <= len(self._recorded) or len(self._recorded) - first > LATE_READER_FACTS:
                return None
            if position.seq and self._at(position.seq).head != position.head:
                return None
            return tuple(self._recorded[first:])

    def held(self) -> tuple[Recorded, ...]:
        """Return the newest committed facts, those still in memory."""
        with self._lock:
            return tuple(self._recorded)

    def history(self) -> Iterator[Recorded]:
        """Yield every committed fact from the disk, first to last. Not while others use the journal's connection."""
        end = self.committed.position.seq
        return takewhile(lambda each: each.seq <= end, self.journal.read())

    @property
    def is_behind(self) -> bool:
        """True when somebody asked that what other nodes wrote be read."""
        return self._abreast is not None

    def ask_for_news(self, wake: "Callable[[OpenWorkshop], None]") -> threading.Event:
        """Have a committer read what other nodes wrote; return what is set once that is done or has failed."""
        with self._lock:
            self._abreast = self._abreast or threading.Event()
            if not self._committing:
                wake(self)
                self._committing = True
            return self._abreast

    def news(self, doubtful: Set[tuple[str, str]]) -> News:
        """Return what other nodes wrote; `doubtful`: operations to look for among all that were ever accepted.

        For the committer; takes no lock, so off the loop. Raises FileNotFoundError when the workshop is gone, Damaged
        when its journal is another one than the one that is in memory, OSError when the storage does not answer.
        """
        held = self.committed
        if self.journal.position().seq < held.position.seq or not self._is_on_our_line(held.position):
            raise Damaged(f"{self.code}: the journal is not the one that was read")
        state, recorded = held.state, tuple(self.journal.read(held.position.seq))
        for each in recorded:
            state = evolve(state, each.fact)
        position = Position(recorded[-1].seq, recorded[-1].head) if recorded else held.position
        heads = {held.position.seq: held.position.head} | {each.seq: each.head for each in recorded}
        operations = {
            (each.actor, each.op): Position(each.seq, heads[each.seq])
            for each in self.journal.operations(held.position.seq)
            if each.seq in heads  # not what came while this was read
        }
        for key in doubtful - operations.keys():
            seq = self.journal.accepted(*key)
            if seq is not None:
                operations[key] = Position(seq, self.journal.head_at(seq) or "")
        return News(recorded, Snapshot(code=self.code, state=state, position=position), operations)

    def catch_up(self, news: News) -> None:
        """Make `news` the committed state, and decide the queued acts again on it."""
        with self._lock:
            self._recorded.extend(news.recorded)
            self.committed = self._tail = news.after
            self._accepted.update(news.operations)
            waiting = list(self._queue.values())
            self._queue.clear()
            for pending in waiting:
                known = self._accepted.get(pending.key)
                if known is None:
                    self._decide_again(pending)
                else:
                    pending.decided = self._repeat(known)
                    pending.settle()
            self._forget_the_oldest()
            self._be_abreast()

    def abandon(self) -> None:
        """Let go of a workshop whose memory is no longer its journal's: whoever waits asks the service for it anew."""
        with self._lock:
            self._retired = True
            waiting = list(self._queue.values())
            self._queue.clear()
            self._committing = False
            self._be_abreast()
        for pending in waiting:
            pending.settle(Retired(self.code))

    def give_up_news(self) -> None:
        """Let whoever waits for news go on without."""
        with self._lock:
            self._be_abreast()

    def take(self) -> list[Pending]:
        """Return the queued acts in order; when empty, the next act calls a committer again."""
        with self._lock:
            self._committing = bool(self._queue) or self.is_behind
            return list(self._queue.values())

    def succeeded(self, batch: list[Pending]) -> None:
        """Make `batch`, now durable, the committed state."""
        with self._lock:
            self.refused = 0
            for pending in batch:
                self._recorded.extend(pending.decided.recorded)
                self.committed = pending.decided.after
                self._accepted[pending.key] = pending.position
                del self._queue[pending.key]
            self._forget_the_oldest()

    def failed(self, batch: list[Pending], error: Exception) -> None:
        """Drop `batch`, which could not be written, and decide the acts queued behind it again without it."""
        with self._lock:
            self.refused = getattr(error, "errno", None) or 0
            lost = set(batch)
            waiting = [each for each in self._queue.values() if each not in lost]
            self._queue.clear()
            self._tail = self.committed
            for pending in waiting:
                self._decide_again(pending)
        for pending in batch:
            pending.settle(error)

    def redact(self, forget: Callable[[str], None]) -> None:
        """Overwrite the words that facts of the journal erased, there and in memory. Raises OSError or Damaged.

        `forget` drops what is kept of the state. For whoever is the only one to write here. What an interruption
        leaves is done at the next opening, from a snapshot older than the erasure or from none.
        """
        self.owes_redaction = True
        forget(self.code)
        self.snapshot_at = 0
        history = list(self.journal.read())
        changes = [history[n]._replace(fact=fact) for n, fact in redactions(each.fact for each in history)]
        # Even if nothing changes: an interruption may have left the old words in the log, the new ones after them.
        self.journal.rewrite(changes)
        self.owes_redaction = False
        with self._lock:
            for each in changes:
                at = each.seq - self._before.seq - 1
                if 0 <= at < len(self._recorded):
                    self._recorded[at] = each

    def wants_snapshot(self, every: int) -> bool:
        """Tell whether `every` facts came since the last snapshot, and none of them still has words to erase."""
        return not self.owes_redaction and self.committed.position.seq - self.snapshot_at >= every

    def retire(self) -> bool:
        """Refuse further acts unless one is being committed; return whether it took effect."""
        with self._lock:
            self._retired = not (self._committing or self._queue or self._looking.locked())
            return self._retired

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()

    def _noted(self, read: Iterable[Recorded]) -> Iterator[Fact]:
        """Hold what is read, and pass on what happened."""
        for recorded in read:
            self._recorded.append(recorded)
            yield recorded.fact

    def _end(self) -> Position:
        return self._at(self._before.seq + len(self._recorded))

    def _at(self, seq: int) -> Position:
        """Return the position after the fact `seq`, which memory must hold."""
        at = seq - self._before.seq
        return Position(seq, self._recorded[at - 1].head) if at else self._before

    def _queued(self, act: Act, wake: "Callable[[OpenWorkshop], None]", attached: bytes) -> Pending:
        pending = Pending(act, _decided(self._tail, act), attached)
        if not self._committing:
            wake(self)
            self._committing = True
        self._tail = pending.decided.after
        self._queue[pending.key] = pending
        return pending

    def _older(self, key: tuple[str, str]) -> tuple[Position, Position | None]:
        """Return where memory begins, and the position after an older act with this key, looked up on the disk."""
        with self._lock:
            held, filtered = self._before, self._older_ops
            if self._retired or not held.seq or key in self._accepted or key in self._queue:
                return held, None
        if key not in (filtered or self._gathered(held)):
            return held, None
        seq = self._looked_up(self.journal.accepted, *key)
        return held, None if seq is None else Position(seq, self._looked_up(self.journal.head_at, seq) or "")

    def _gathered(self, held: Position) -> OperationFilter:
        """Return the filter of the operations up to `held`, and keep it if memory still begins there."""
        gathered = OperationFilter()
        for key in self._looked_up(self.journal.operation_keys, held.seq):
            gathered.add(key)
        with self._lock:
            if self._before is held:
                self._older_ops = gathered
        return gathered

    def _looked_up(self, question: Callable[..., Any], *about: Any) -> Any:
        """Query the journal outside `_lock`, so that acts need not wait. Raises OSError or Damaged."""
        if not self._looking.acquire(timeout=COMMIT_TIMEOUT_S):
            raise OSError(f"{self.code}: the disk does not answer")
        try:
            return off_the_loop(question, *about)
        finally:
            self._looking.release()

    def _forget_the_oldest(self) -> None:
        """Trim memory to the newest `LATE_READER_FACTS` facts once it holds twice as many."""
        if len(self._recorded) <= 2 * LATE_READER_FACTS:
            return
        self._before = self._at(self._before.seq + len(self._recorded) - LATE_READER_FACTS)
        del self._recorded[:-LATE_READER_FACTS]
        gone = [key for key, at in self._accepted.items() if at.seq <= self._before.seq]
        for key in gone:
            if self._older_ops is not None:
                self._older_ops.add(key)
            del self._accepted[key]

    def _decide_again(self, pending: Pending) -> None:
        try:
            pending.decided = _decided(self._tail, pending.act)
        except Exception as error:  # a refusal as a rule; its author gets it like any other
            pending.settle(error)
            return
        self._tail = pending.decided.after
        self._queue[pending.key] = pending

    def _settled(self, act: Act, position: Position) -> Pending:
        """Return the settled answer to a repeated operation id."""
        pending = Pending(act, self._repeat(position))
        pending.settle()
        return pending

    def _repeat(self, position: Position) -> Decided:
        """Return the outcome of an operation that was accepted before."""
        then = Snapshot(code=self.code, state=self.committed.state, position=position)
        return Decided(then, (), then)

    def _is_on_our_line(self, position: Position) -> bool:
        return not position.seq or self.journal.head_at(position.seq) == position.head

    def _be_abreast(self) -> None:
        if self._abreast is not None:
            self._abreast.set()
            self._abreast = None


def _decided(before: Snapshot, act: Act) -> Decided:
    state, seq = before.state, before.position.seq
    recorded = []
    for event in decide(state, act):
        fact = Fact(event=event, by=act.by, at=act.at)
        state, seq = evolve(state, fact), seq + 1
        recorded.append(Recorded(seq=seq, head=os.urandom(8).hex(), fact=fact))
    position = Position(seq, recorded[-1].head) if recorded else before.position
    return Decided(before, tuple(recorded), Snapshot(code=before.code, state=state, position=position))
