"""The service: takes acts, decides them on the newest state, commits and publishes. Opens and closes workshops."""

import errno
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from atelier import limits
from atelier.domain.acts import Act
from atelier.domain.codes import ALPHABET, LENGTH
from atelier.domain.commands import Command, PrepareWorkshop
from atelier.domain.erasure import ERASING_COMMANDS
from atelier.domain.refusals import Refused
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Role
from atelier.journal.locks import ClaimedElsewhere
from atelier.journal.protocol import Damaged, Position, Recorded
from atelier.journal.store import JournalStore
from atelier.runtime.concurrency import off_the_loop
from atelier.runtime.logs import reason
from atelier.service.act_clock import ActClock
from atelier.service.committer import Committer, Erasing, redact
from atelier.service.state_cache import NoStateCache, StateCache
from atelier.service.workshop import OpenWorkshop, Pending, Retired, Snapshot

__all__ = [
    "HOST", "Bell", "Damaged", "Elsewhere", "ErasureUnfinished", "Full", "Position", "Recorded", "Service",
    "StorageFailed", "UnknownWorkshop", "Unreachable",
]  # fmt: skip
"""Re-exported: `web` and `live` may not import the journal."""

log = logging.getLogger("atelier.service.service")

CODES = "return-codes"
HOST = Actor(Role.HOST, "host")
RELEASE_S = 1.0
NEWS_S = 5.0
"""Seconds to wait for what other nodes wrote, when a page knows more than this one."""
NO_ANSWER = {errno.EHOSTUNREACH, errno.ETIMEDOUT}
"""What a database that is not there raises."""
GONE = -1
"""What other nodes are told in the place of a seq once a workshop is erased or set aside."""


class StorageFailed(Exception):  # noqa: N818 - the storage did, not the caller
    """Nothing was written; the disk is full, read-only or broken. Reading goes on."""


class Elsewhere(StorageFailed):
    """Another process of this server holds the workshop: nothing was done."""


class Unreachable(StorageFailed):
    """The database does not answer: nothing was done, as far as is known. The same may be asked again."""


class ErasureUnfinished(StorageFailed):
    """The erasure is committed, but some words are still on the disk; a retry continues from there."""


class Full(StorageFailed):
    """This process has as many workshops open as it may, and people at each of them: nothing was done."""


class UnknownWorkshop(Exception):  # noqa: N818
    """No workshop has this code."""


class Bell(Protocol):
    """Observer of commits."""

    def ring(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        """Handle facts that have just become durable."""
        ...


class Service:
    """Holds the open workshops of this process. Thread-safe."""

    def __init__(
        self,
        folder: JournalStore,
        clock: Callable[[], int] | ActClock | None = None,
        snapshots: StateCache | None = None,
    ) -> None:
        """`clock`: Unix ms. `snapshots`: cached states, by which a server opens long journals quickly."""
        self._folder = folder
        self._beside = folder.to_read()
        self._snapshots = snapshots or NoStateCache()
        clock = clock or (lambda: time.time_ns() // 1_000_000)
        self._clock, self._stamp = (
            (clock.now_ms, clock.stamp_ms) if isinstance(clock, ActClock) else (clock, clock)
        )
        self._rooms: dict[str, OpenWorkshop] = {}
        self._damaged: dict[str, tuple[int, ...]] = {}
        self._opening: dict[str, threading.Lock] = {}
        self._committer = Committer(self._published, self._snapshots)
        self._bells: list[Bell] = []
        self._codes: Callable[[str, Workshop], str] | None = None
        self._watched: Callable[[], Iterable[str]] = tuple
        self._gone: Callable[[str], None] = lambda _code: None
        self._committer.lost = self._let_go

    def on_commit(self, bell: Bell) -> None:
        """Register an observer, called after every commit in order of registration."""
        self._bells.append(bell)

    def codes_by(self, made: Callable[[str, Workshop], str]) -> None:
        """Set the factory `made(code, state)` of what a journal keeps for its return codes."""
        self._codes = made

    def return_codes(self, code: str) -> str:
        """Return what the journal keeps for return codes, "" when it could not be stored. Raises as `read` does."""
        return self._room(code).return_codes

    def erasing_by(self, erasing: Erasing) -> None:
        """Set the hooks called before an erasure is committed and after its words have left the journal."""
        self._committer.erasing = erasing

    def kept_open_by(self, watched: Callable[[], Iterable[str]]) -> None:
        """Set the function that returns the codes of workshops which must not be closed to make room."""
        self._watched = watched

    def gone_by(self, gone: Callable[[str], None]) -> None:
        """Set what is called with the code of a workshop that another node erased or set aside."""
        self._gone = gone

    def ring_others_by(self, told: Callable[[str, int], None]) -> None:
        """Set what tells other nodes that a workshop stands at a seq, or is `GONE`."""
        self._committer.told = told

    def heard(self, code: str, seq: int) -> None:
        """Read what another node wrote of a workshop that is in memory, unless it is known."""
        room = self._rooms.get(code)
        if room is not None and room.committed.position.seq != seq:
            room.ask_for_news(self._committer.wake)

    def refresh(self, code: str, seen: Position) -> bool:
        """Read what other nodes wrote since `seen` of a workshop that is open; return whether there is anything since.

        Opens nothing: another process may hold it. Raises StorageFailed.
        """
        room = self._rooms.get(code)
        if room is None or not room.journal.shared:
            return False
        if room.committed.position != seen:
            return True  # read meanwhile
        with _storage_told():
            if self._folder.holds(code) and off_the_loop(room.journal.position) == seen:
                return False
        room.ask_for_news(self._committer.wake).wait(NEWS_S)
        return True

    def stands(self) -> dict[str, Position]:
        """Return the position of each workshop that is in memory."""
        return {code: room.committed.position for code, room in list(self._rooms.items())}

    def now(self) -> int:
        """Return the server's time, Unix milliseconds: the only clock that acts are stamped with."""
        return self._clock()

    def create(self, setup: Setup, key_id: str, hash_for: Callable[[str], str]) -> str:
        """Prepare a workshop and return its new code; `hash_for(code)` is the hash of its first key.

        Raises Refused, Full or StorageFailed; then nothing is left behind. Where processes share the folder, the one
        that is asked for that code opens it.
        """
        self._make_place()
        code = self.free_code()
        self.claim(code)
        try:
            room = OpenWorkshop.empty(code, off_the_loop(self._folder.create, code))
            off_the_loop(_keep_codes, room, self._codes)
        except OSError as error:
            self._discard_unborn(code)
            raise _failed(error) from error
        command = PrepareWorkshop(setup=setup, key_id=key_id, key_hash=hash_for(code))
        try:
            pending = room.propose(self._act(command, HOST, secrets.token_urlsafe(16)), lambda _: None)
            self._committer.serve(room)
            self._await(pending)
        except BaseException:
            room.close()
            self._discard_unborn(code)
            raise
        if self._folder.shared:
            self._close(room)
        else:
            self._rooms[code] = room
        return code

    def handle(self, code: str, command: Command, by: Actor, op: str, attached: bytes = b"") -> Position:
        """Decide, commit, publish; return the position after the act, which is durable by then.

        `attached`: bytes to be kept under `op`, in the transaction of the facts that the act comes to.
        A repeat of `op` by the same actor changes nothing and returns the first one's position.
        Raises UnknownWorkshop, Refused (nothing happened), StorageFailed (nothing was written) or Damaged (nothing
        was written, nor will be; what is read is what memory holds).
        """
        act = self._act(command, by, op)
        while True:
            try:
                with _storage_told():
                    room = self._room(code)
                    seen = room.committed.position
                    pending = room.propose(act, self._committer.wake, attached)
                position = self._await(pending)
            except Retired:
                continue
            except Refused:
                # Perhaps by a state that another node has changed: no refusal stands before that is known.
                if room.journal.shared and (self._rooms.get(code) is not room or self.refresh(code, seen)):
                    continue
                raise
            if isinstance(command, ERASING_COMMANDS):
                self.finish_erasure(code)
            return position

    def finish_erasure(self, code: str) -> None:
        """Complete a committed erasure in journal and documents. Raises ErasureUnfinished, or as `read` does."""
        room = self._room(code)
        if room.owes_redaction:
            # Opening does it, and nobody writes meanwhile.
            if not self.release(code):
                raise ErasureUnfinished(code)
            room = self._room(code)
        if room.owes_redaction:
            raise ErasureUnfinished(code)
        try:
            off_the_loop(self._committer.erasing.finish, code, room.held(), room.committed.state.people)
        except OSError as error:
            raise ErasureUnfinished(str(error)) from error

    def read(self, code: str) -> Snapshot:
        """Return the committed state and its position. Raises UnknownWorkshop, Full, Damaged or StorageFailed."""
        return self._room(code).committed

    def attachment(self, code: str, name: str) -> bytes | None:
        """Return the bytes kept with an act under its id, None when there are none. Raises as `read` does."""
        with _storage_told():
            return self._room(code).attachment(name)

    def look(self, code: str) -> Snapshot:
        """Return the state as `read` does, but without opening a workshop that another process may hold."""
        if code in self._rooms or not self._folder.shared:
            return self.read(code)
        if not self.holds(code):
            raise UnknownWorkshop(code)
        room = self._replay(code, self._beside)
        room.close()
        return room.committed

    def release(self, code: str, patience_s: float = RELEASE_S) -> bool:
        """Close a workshop unless acts are being committed; return whether it is closed. It reopens on demand.

        Where processes share the folder, another one may open it then.
        """
        lock = self._opening.setdefault(code, threading.Lock())
        if not lock.acquire(timeout=patience_s):
            return False
        try:
            room = self._rooms.get(code)
            if room is not None:
                if not room.retire():
                    return False
                del self._rooms[code]
                room.close()
            self._folder.claims.give_back(code)
        finally:
            lock.release()
        return True

    @contextmanager
    def visit(self, code: str) -> Iterator[None]:
        """Context: release the workshop afterwards if it was not open before, so that another process may open it."""
        kept = code in self._rooms or not self._folder.shared
        try:
            yield
        finally:
            deadline = time.monotonic() + RELEASE_S
            while not kept and not self.release(code) and time.monotonic() < deadline:
                time.sleep(0.005)  # the committer is still in its turn

    def since(self, code: str, seq: int, head: str) -> tuple[Recorded, ...] | None:
        """Return the committed facts after that position; None when it was never reached, or too long ago."""
        return self._reaching(code, seq).since(Position(seq, head))

    def knows(self, code: str, seq: int, head: str) -> bool:
        """Tell whether the journal ever was at that position. Raises as `read` does."""
        with _storage_told():
            return self._reaching(code, seq).knows(Position(seq, head))

    def history(self, code: str) -> Iterator[Recorded]:
        """Yield every fact from the disk, first to last; long for a busy workshop."""
        return self._room(code).history()

    def accepted(self, code: str, by: Actor, op: str) -> bool:
        """Tell whether that operation was accepted before."""
        with _storage_told():
            return self._room(code).accepted(by, op)

    def obstacle(self) -> int:
        """Return the errno that a write to the folder would raise, 0 when none is foreseen."""
        return self._folder.obstacle()

    def refusing(self) -> list[int]:
        """Return the errno of each open workshop whose last write the storage refused."""
        return [room.refused for room in list(self._rooms.values()) if room.refused]

    def open_count(self) -> int:
        """Return how many workshops this process holds in memory."""
        return len(self._rooms)

    def codes(self) -> list[str]:
        """Return the codes of all workshops, open in this process or not. Raises StorageFailed."""
        with _storage_told():
            return list(self._folder.codes())

    def holds(self, code: str) -> bool:
        """Tell whether there is such a journal, damaged or not. Raises StorageFailed."""
        with _storage_told():
            return self._folder.holds(code)

    def claim(self, code: str) -> None:
        """Lock a workshop for writing by this process. Raises Elsewhere or StorageFailed."""
        try:
            off_the_loop(self._folder.claims.take, code)
        except ClaimedElsewhere:
            raise Elsewhere(code) from None
        except OSError as error:
            raise _failed(error) from error

    def erase(self, code: str, first: Callable[[], None] = lambda: None) -> None:
        """Delete a workshop's journal for good, once it is closed and `first` was called. Acts on their way to it fail.

        Raises UnknownWorkshop, Elsewhere, OSError, or what `first` raises: then the journal is left.
        """
        if not self._folder.holds(code):
            raise UnknownWorkshop(code)
        with self._opening.setdefault(code, threading.Lock()):
            self.claim(code)
            room = self._rooms.pop(code, None)
            if room is not None:
                room.close()
            off_the_loop(first)
            self._discard(code)
        self._opening.pop(code, None)
        self._committer.told(code, GONE)

    def close(self) -> None:
        """Commit what is queued, then close every journal."""
        self._committer.stop()
        for room in list(self._rooms.values()):
            self._close(room)
        self._rooms.clear()

    def _act(self, command: Command, by: Actor, op: str) -> Act:
        return Act(command=command, by=by, at=self._stamp(), fresh_id=op)

    def _await(self, pending: Pending) -> Position:
        if not pending.done.wait(limits.COMMIT_TIMEOUT_S):
            log.error("commit.too_slow", extra={"seconds": limits.COMMIT_TIMEOUT_S})
            raise StorageFailed("the disk does not answer")
        # Refused: by the rules after all, once the acts before it could not be written, or others came in between.
        if isinstance(pending.error, Damaged | Refused | Retired):
            raise pending.error
        if pending.error is not None:
            raise _kind(pending.error)(str(pending.error)) from pending.error
        return pending.position

    def _published(self, code: str, recorded: tuple[Recorded, ...]) -> None:
        for bell in self._bells:
            bell.ring(code, recorded)

    def _room(self, code: str) -> OpenWorkshop:
        room = self._rooms.get(code)
        if room is not None:
            return room
        if not self.holds(code):
            raise UnknownWorkshop(code)
        # One lock a workshop: a file that opens slowly, or not at all, does not hold the others up.
        with self._opening.setdefault(code, threading.Lock()):
            if code not in self._rooms:
                self._make_place()
                self._rooms[code] = self._opened(code)
            return self._rooms[code]

    def _reaching(self, code: str, seq: int) -> OpenWorkshop:
        """Return the workshop, with what other nodes wrote up to `seq`, of which a page heard there."""
        room = self._room(code)
        if room.journal.shared and seq > room.committed.position.seq:
            room.ask_for_news(self._committer.wake).wait(NEWS_S)
            room = self._room(code)
        return room

    def _let_go(self, room: OpenWorkshop) -> None:
        """Drop a workshop from memory that is not what the journal holds any more."""
        with self._opening.setdefault(room.code, threading.Lock()):
            if self._rooms.get(room.code) is room:
                del self._rooms[room.code]
        try:
            off_the_loop(self._committer.erasing.erased_elsewhere, room.code)
            if not self._folder.holds(room.code):
                self._gone(room.code)
        except OSError as error:
            log.error("erasure.not_completed", extra={"reason": reason(error)})

    def _make_place(self) -> None:
        """Close the workshop open longest that nobody watches, when `WORKSHOPS_OPEN` are open. Raises Full."""
        if len(self._rooms) < limits.WORKSHOPS_OPEN:
            return
        watched = set(self._watched())
        if not any(self.release(code, patience_s=0) for code in list(self._rooms) if code not in watched):
            raise Full(str(limits.WORKSHOPS_OPEN))

    def _opened(self, code: str) -> OpenWorkshop:
        try:
            self.claim(code)
        except Elsewhere:
            raise
        except StorageFailed:
            pass  # it is read all the same; the folder claims it again before anything is written
        try:
            room = self._replay(code, self._folder)
            if not self._folder.read_only:
                off_the_loop(_keep_codes, room, self._codes)
        except BaseException:
            self._folder.claims.give_back(code)
            raise
        if not (self._folder.read_only or room.owes_redaction):
            self._finish_what_was_interrupted(room)
        return room

    def _finish_what_was_interrupted(self, room: OpenWorkshop) -> None:
        try:
            off_the_loop(self._committer.erasing.finish, room.code, room.held(), room.committed.state.people)
        except OSError as error:  # the room goes on; it is tried again
            log.error("erasure.not_completed", extra={"reason": reason(error)})

    def _replay(self, code: str, folder: JournalStore) -> OpenWorkshop:
        try:
            if self._damaged.get(code) == self._folder.fingerprint(code):
                # As it was last time: a room that insists must not cost the others anything.
                raise Damaged(code)
            return off_the_loop(_replayed, code, folder, self._snapshots)
        except FileNotFoundError:
            raise UnknownWorkshop(code) from None
        except OSError as error:
            raise _failed(error) from error
        except Damaged:
            self._damaged[code] = self._folder.fingerprint(code)
            raise

    def _close(self, room: OpenWorkshop) -> None:
        room.close()
        self._folder.claims.give_back(room.code)

    def _discard(self, code: str) -> None:
        try:
            self._folder.discard(code)
        finally:
            self._folder.claims.give_back(code)

    def _discard_unborn(self, code: str) -> None:
        """Delete the files of a workshop whose preparation failed; a failure to is logged."""
        try:
            self._discard(code)
        except OSError as error:
            log.warning("discard.failed", extra={"reason": reason(error)})

    def free_code(self) -> str:
        """Return a code that no workshop has. Raises StorageFailed."""
        taken = set(self.codes())
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            if code not in taken:
                return code


@contextmanager
def _storage_told() -> Iterator[None]:
    """Translate OSError from look-ups in the journal into StorageFailed."""
    try:
        yield
    except OSError as error:
        raise _failed(error) from error


def _failed(error: OSError) -> StorageFailed:
    """Log the cause and return the exception for callers."""
    log.error("storage.failed", extra={"reason": reason(error)})
    return _kind(error)(str(error))


def _kind(error: Exception) -> type[StorageFailed]:
    return Unreachable if getattr(error, "errno", None) in NO_ANSWER else StorageFailed


def _keep_codes(room: OpenWorkshop, made: Callable[[str, Workshop], str] | None) -> None:
    """Load the key of return codes from the journal of `room`, or make and store one."""
    room.return_codes = room.journal.setting(CODES) or ""
    if room.return_codes or made is None:
        return
    fresh = made(room.code, room.committed.state)
    try:
        kept = room.journal.keep_setting(CODES, fresh)
    except (
        OSError
    ) as error:  # a disk that takes nothing: the codes of before are shown, and kept at a later opening
        log.warning("codes.not_kept", extra={"reason": reason(error)})
        return
    room.return_codes = kept


def _replayed(code: str, folder: JournalStore, snapshots: StateCache | NoStateCache) -> OpenWorkshop:
    journal = folder.open(code)
    try:
        room = OpenWorkshop.replayed(code, journal, snapshots.load(code, journal))
        if room.committed.position.seq == 0:
            raise Damaged(code)
        if not folder.read_only:
            if room.owes_redaction:
                redact(room, snapshots)
            if snapshots.due(room):
                snapshots.keep(room)
    except Damaged:
        journal.close()
        raise
    return room
