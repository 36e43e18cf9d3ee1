"""Append-only log of erasures, outside the journals, so that a restored copy cannot undo them. Holds ids, no text.

One line before an erasure begins and one when it is done: an unfinished one is completed later.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NAME = ".effacements"
WHOLE = "*"
RESET = "~"
BEGUN, CANCELLED, TERM = "demande", "annule", "terme"


class Erasure(NamedTuple):
    """A participant of a workshop, the whole workshop (`WHOLE`), or all that was said in it so far (`RESET`)."""

    code: str
    participant: str


def begin(sessions: Path, erasure: Erasure) -> None:
    """Append that an erasure begins, synced to the disk. Raises OSError."""
    _write(sessions, [*erasure, BEGUN])


def cancel(sessions: Path, erasure: Erasure) -> None:
    """Append that an erasure that had begun did not happen. Raises OSError."""
    _write(sessions, [*erasure, CANCELLED])


def note(sessions: Path, erasure: Erasure) -> None:
    """Append that an erasure is done everywhere, synced to the disk. Raises OSError."""
    _write(sessions, list(erasure))


def note_term(sessions: Path, code: str) -> None:
    """Append that a workshop was erased at its term, not on request. Raises OSError."""
    _write(sessions, [code, WHOLE, TERM])


def noted(sessions: Path) -> set[Erasure]:
    """Return all erasures, begun or done, on request or at term."""
    return _asked(sessions) | {erasure for erasure, how in _lines(sessions) if how == TERM}


def asked(sessions: Path) -> set[Erasure]:
    """Return the erasures on request, which no restore may undo."""
    return _asked(sessions)


def unfinished(sessions: Path) -> set[Erasure]:
    """Return the erasures that began and are not logged as done."""
    found: set[Erasure] = set()
    for erasure, how in _lines(sessions):
        if how == BEGUN:
            found.add(erasure)
        elif how in ("", CANCELLED):
            found.discard(erasure)
    return found


def _asked(sessions: Path) -> set[Erasure]:
    """An erasure that was cancelled counts only if it had been done before, or was asked for again."""
    done: set[Erasure] = set()
    for erasure, how in _lines(sessions):
        if how == "":
            done.add(erasure)
    return {each for each in done | unfinished(sessions) if each.participant != RESET}


def _lines(sessions: Path) -> Iterator[tuple[Erasure, str]]:
    try:
        text = (sessions / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            code, participant, *how = json.loads(line)
        except (ValueError, TypeError):
            continue  # the power went while it was written: nothing was erased yet
        yield Erasure(code, participant), how[0] if how else ""


def _write(sessions: Path, line: list[str]) -> None:
    descriptor = os.open(sessions / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
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
