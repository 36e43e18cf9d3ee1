"""Append-only log of erasures, outside the journals, so that a restored copy cannot undo them. Holds ids, no text.

One line before an erasure begins and one when it is done: an unfinished one is completed later.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

NAME = ".effacements"
WHOLE = "*"
RESET = "~"
BEGUN, CANCELLED, TERM = "demande", "annule", "terme"


class Lines(Protocol):
    """A log kept elsewhere than in a folder."""

    def lines(self) -> list[str]:
        """Return the lines, oldest first. Raises OSError."""
        ...

    def add_line(self, line: str) -> None:
        """Append a line, durably. Raises OSError."""
        ...


Place = Path | Lines
"""Where the log is: the folder of journals, or the database that nodes share."""


class Erasure(NamedTuple):
    """A participant of a workshop, the whole workshop (`WHOLE`), or all that was said in it so far (`RESET`)."""

    code: str
    participant: str


def begin(place: Place, erasure: Erasure) -> None:
    """Append that an erasure begins, synced to the disk. Raises OSError."""
    _write(place, [*erasure, BEGUN])


def cancel(place: Place, erasure: Erasure) -> None:
    """Append that an erasure that had begun did not happen. Raises OSError."""
    _write(place, [*erasure, CANCELLED])


def note(place: Place, erasure: Erasure) -> None:
    """Append that an erasure is done everywhere, synced to the disk. Raises OSError."""
    _write(place, list(erasure))


def note_term(place: Place, code: str) -> None:
    """Append that a workshop was erased at its term, not on request. Raises OSError."""
    _write(place, [code, WHOLE, TERM])


def noted(place: Place) -> set[Erasure]:
    """Return all erasures, begun or done, on request or at term."""
    return _asked(place) | {erasure for erasure, how in _lines(place) if how == TERM}


def asked(place: Place) -> set[Erasure]:
    """Return the erasures on request, which no restore may undo."""
    return _asked(place)


def unfinished(place: Place) -> set[Erasure]:
    """Return the erasures that began and are not logged as done."""
    found: set[Erasure] = set()
    for erasure, how in _lines(place):
        if how == BEGUN:
            found.add(erasure)
        elif how in ("", CANCELLED):
            found.discard(erasure)
    return found


def _asked(place: Place) -> set[Erasure]:
    """An erasure that was cancelled counts only if it had been done before, or was asked for again."""
    done: set[Erasure] = set()
    for erasure, how in _lines(place):
        if how == "":
            done.add(erasure)
    return {each for each in done | unfinished(place) if each.participant != RESET}


def _lines(place: Place) -> Iterator[tuple[Erasure, str]]:
    for line in _read(place) if isinstance(place, Path) else place.lines():
        try:
            code, participant, *how = json.loads(line)
        except (ValueError, TypeError):
            continue  # the power went while it was written: nothing was erased yet
        yield Erasure(code, participant), how[0] if how else ""


def _read(sessions: Path) -> list[str]:
    try:
        return (sessions / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _write(place: Place, line: list[str]) -> None:
    if not isinstance(place, Path):
        place.add_line(json.dumps(line))
        return
    descriptor = os.open(place / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "rb+", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
        # After a line that was cut short this one starts anew.
        cut = b"\n" if end and file.read(1) != b"\n" else b""
        written = cut + json.dumps(line).encode() + b"\n"
        if file.write(written) != len(written):
            raise OSError(f"{NAME}: the disk is full")
        os.fsync(file.fileno())
