"""Interface of a journal, whatever stores it.

Its records are named tuples: a replay makes thousands, four times as fast as frozen dataclasses.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from atelier.domain.acts import Fact


class Position(NamedTuple):
    """A place in a journal: `seq` counts facts from 1; `head`, random per fact, tells a restored older copy apart."""

    seq: int
    head: str


START = Position(0, "")


class Recorded(NamedTuple):
    """One fact at its place in the journal."""

    seq: int
    head: str
    fact: Fact


class Operation(NamedTuple):
    """One act that was accepted: who asked, with which operation id, and the position just after it."""

    actor: str
    op: str
    seq: int


class Attachments(NamedTuple):
    """Bytes to keep by their id, and ids whose bytes go, with the facts that say so."""

    kept: Mapping[str, bytes]
    gone: Collection[str]


UNCHANGED = Attachments({}, ())


class Conflict(Exception):  # noqa: N818 - the field's word for it, as in compare-and-swap
    """An append was decided on another position than the journal's last: somebody else wrote."""


class Repeated(Conflict):
    """An operation of the append was accepted before, by somebody else: look it up rather than decide it again."""


class Damaged(Exception):  # noqa: N818 - says what the file is, not what the code did
    """The file cannot be read as a journal. Only this workshop is affected."""


class Journal(Protocol):
    """One workshop's facts. `append` returns only when the rows are durable."""

    @property
    def shared(self) -> bool:
        """True where several nodes append: after a Conflict, read what the others wrote and decide again."""
        ...

    def position(self) -> Position:
        """Return the position of the last fact."""
        ...

    def append(
        self,
        recorded: Sequence[Recorded],
        operations: Sequence[Operation],
        after: int,
        attachments: Attachments = UNCHANGED,
        head: str | None = None,
    ) -> None:
        """Write everything or nothing, durably. Raises Conflict when the last seq is not `after`, or has another head
        than the one given; OSError or sqlite3.Error when the storage refuses."""
        ...

    def attachment(self, name: str) -> bytes | None:
        """Return the bytes kept under that id, None when there are none. From any thread, at any time."""
        ...

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes kept, by their id. Raises Damaged."""
        ...

    def rewrite(self, recorded: Sequence[Recorded]) -> None:
        """Overwrite the facts of the same seq, for erasure only. Raises OSError or Damaged."""
        ...

    def read(self, after: int = 0) -> Iterator[Recorded]:
        """Yield the facts that follow position `after`, in order. Raises Damaged."""
        ...

    def operations(self, after: int = 0) -> Iterator[Operation]:
        """Yield the operations accepted at `after` or later, in order. Raises Damaged."""
        ...

    def setting(self, name: str) -> str | None:
        """Return what is kept under `name` beside the facts; None when nothing is. Raises Damaged."""
        ...

    def settings(self) -> Iterator[tuple[str, str]]:
        """Yield what is kept beside the facts, by its name. Raises Damaged."""
        ...

    def keep_setting(self, name: str, value: str) -> str:
        """Keep `value` under `name`, durably, and return what is kept: another node's, where one was first.

        Raises OSError or Damaged.
        """
        ...

    def head_at(self, seq: int) -> str | None:
        """Return the head of the fact `seq`, None when there is no such fact. From any thread, at any time."""
        ...

    def accepted(self, actor: str, op: str) -> int | None:
        """Return the seq just after that operation, None when it never was accepted. From any thread, at any time."""
        ...

    def operation_keys(self, until: int) -> Sequence[tuple[str, str]]:
        """Return actor and id of each operation accepted at `until` or before. From any thread, at any time."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...
