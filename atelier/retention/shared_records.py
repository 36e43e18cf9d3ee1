"""What retention keeps beside the journals of a database, for all nodes: nothing of it is on the disk of one."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from atelier.domain.evolve import fold
from atelier.domain.state import Workshop
from atelier.journal.postgres.store import PostgresStore
from atelier.journal.protocol import Damaged, Position
from atelier.retention.backup import Copy
from atelier.service.shared_drafts import SharedDrafts

SCHEDULE = "schedule"
TURN = "purge"


@dataclass(frozen=True, slots=True)
class SharedRecords:
    """Records in the database of `store`; `exports`: where this node makes documents, which it can make again."""

    store: PostgresStore
    exports: Path

    @property
    def place(self) -> "SharedRecords":
        """The database."""
        return self

    @property
    def source(self) -> str:
        """The address of the database."""
        return self.store.connections.url

    @property
    def drafts(self) -> SharedDrafts:
        """A row a field."""
        return SharedDrafts(self.store)

    @property
    def quarantine(self) -> "SharedQuarantine":
        """Workshops that are marked."""
        return SharedQuarantine(self.store)

    def turn(self) -> AbstractContextManager[bool]:
        """Context of a lock that all nodes share: True when it is ours."""
        return self.store.turn(TURN)

    def erase_beside(self, code: str, people: set[str]) -> None:
        """Do nothing: nothing is set aside by a restore."""

    def delete_beside(self, code: str) -> None:
        """Do nothing: all that belongs to a workshop went with it."""

    def lines(self) -> list[str]:
        """Return the log of erasures, oldest first. Raises OSError."""
        return [line for (line,) in self.store.rows("select line from atelier.erasures order by n")]

    def add_line(self, line: str) -> None:
        """Append to the log of erasures. Raises OSError."""
        self.store.run("insert into atelier.erasures (line) values (%s)", line)

    def schedule(self) -> bytes:
        """Return the schedule that was kept last. Raises OSError."""
        return self.store.kept(SCHEDULE)

    def keep_schedule(self, content: bytes) -> None:
        """Keep the schedule. Raises OSError."""
        self.store.keep(SCHEDULE, content)

    def newest_fact(self) -> int:
        """Return the time of the newest fact, Unix ms."""
        return self.store.newest_fact()


@dataclass(frozen=True, slots=True)
class SharedQuarantine:
    """Workshops past their term are marked: out of reach of everybody, with all that belongs to them."""

    store: PostgresStore

    def codes(self) -> list[str]:
        """Return the codes of the workshops in quarantine."""
        return self.store.codes_aside()

    def holds(self, code: str) -> bool:
        """Tell whether a workshop is in quarantine."""
        return code in self.codes()

    def state(self, code: str) -> Workshop | None:
        """Return the state of a workshop in quarantine; None when it is missing or unreadable."""
        try:
            return self._read(code).state
        except (Damaged, LookupError, OSError):
            return None

    def take(self, code: str) -> None:
        """Mark a workshop, so that the deletion that follows leaves it. Raises OSError."""
        self.store.set_aside(code)

    def put_back(self, code: str) -> Copy:
        """Unmark a workshop. Raises Damaged, LookupError or OSError."""
        copy = self._read(code)
        self.store.set_aside(code, aside=False)
        return copy

    def discard(self, code: str) -> None:
        """Delete a workshop that is in quarantine. Raises OSError."""
        self.store.discard_aside(code)

    def _read(self, code: str) -> Copy:
        recorded = list(self.store.open_aside(code).read())
        state = fold(each.fact for each in recorded)
        if state.setup is None:
            raise LookupError(f"{code}: no workshop")
        position = Position(recorded[-1].seq, recorded[-1].head)
        return Copy(code=code, path=Path(code), content=b"", position=position, state=state)
