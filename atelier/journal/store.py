"""Interface of what holds the journals of all workshops: a folder of files, or a database."""

from collections.abc import Iterator
from typing import Protocol

from atelier.journal.locks import Claims
from atelier.journal.protocol import Journal


class JournalStore(Protocol):
    """All journals, by code. `shared`: processes of this machine take turns by claims; `read_only`: writes nothing."""

    @property
    def shared(self) -> bool:
        """True where several processes use one folder, and each writes only what it has claimed."""
        ...

    @property
    def read_only(self) -> bool:
        """True for a view that never writes."""
        ...

    @property
    def claims(self) -> Claims:
        """The workshops that this process claimed."""
        ...

    def obstacle(self) -> int:
        """Return the errno that a write would raise, 0 when none is foreseen."""
        ...

    def open(self, code: str) -> Journal:
        """Open the journal of `code`. Raises FileNotFoundError, Damaged, or OSError when the storage refuses."""
        ...

    def create(self, code: str) -> Journal:
        """Create an empty journal. Raises FileExistsError, or OSError when the storage refuses."""
        ...

    def to_read(self) -> "JournalStore":
        """Return a view that only reads."""
        ...

    def holds(self, code: str) -> bool:
        """Tell whether there is such a journal, damaged or not. Raises OSError."""
        ...

    def fingerprint(self, code: str) -> tuple[int, ...]:
        """Return what changes when the journal is replaced."""
        ...

    def codes(self) -> Iterator[str]:
        """Return the codes of all workshops, sorted. Raises OSError."""
        ...

    def discard(self, code: str) -> None:
        """Delete a journal and its cached state. Raises OSError."""
        ...

    def cached_state(self, code: str) -> bytes | None:
        """Return the cached state of a journal, None when there is none. Raises OSError."""
        ...

    def cache_state(self, code: str, seq: int, body: bytes) -> None:
        """Keep the state that a journal has at `seq`. Raises OSError."""
        ...

    def drop_snapshot(self, code: str) -> None:
        """Delete the cached state. Raises OSError."""
        ...
