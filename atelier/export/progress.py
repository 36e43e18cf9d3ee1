"""How far documents are, in memory, by tickets: how many wait before each, how many parts of an archive are made."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_lock = threading.Lock()
_tickets: list["Ticket"] = []


@dataclass(slots=True)
class Ticket:
    """A document that somebody waits for; `file`: the unfinished one, once it is being made."""

    name: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`before`: documents whose turn comes first, -1 once it is being made; `made` of `parts` of an archive."""

    before: int
    made: int = 0
    parts: int = 0


@contextmanager
def waiting(name: str) -> Iterator[Ticket]:
    """Hold a place in the queue, for as long as the document takes."""
    ticket = Ticket(name)
    with _lock:
        _tickets.append(ticket)
    try:
        yield ticket
    finally:
        with _lock:
            _tickets.remove(ticket)


def standing(name: str) -> Standing | None:
    """Return how far a document is; None when it is not asked for, or handed over."""
    with _lock:
        queue = list(_tickets)
    ticket = next((each for each in queue if name and each.name == name), None)
    if ticket is None:
        return None
    if ticket.file is None:
        return Standing(sum(each.file is None for each in queue[: queue.index(ticket)]))
    made, parts = _counted(ticket.file)
    return Standing(-1, made, parts)


def count(file: Path, made: int, parts: int) -> None:
    """Note how many parts of `file` are made. In the worker."""
    with contextlib.suppress(OSError):
        beside(file).write_text(f"{made} {parts}")


def beside(file: Path) -> Path:
    """Return where the count of an unfinished file stands; an erasure finds it by its name."""
    return file.with_name(f"{file.name.removesuffix('.part')}.n.part")


def _counted(file: Path) -> tuple[int, int]:
    try:
        made, parts = beside(file).read_text().split()
        return int(made), int(parts)
    except (OSError, ValueError):  # not begun, or just being written
        return 0, 0
