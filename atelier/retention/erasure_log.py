"""What was erased, outside the journals: an older copy that is put back must not bring it back. Holds ids, no text."""

import json
import os
from pathlib import Path
from typing import NamedTuple

NAME = ".effacements"
WHOLE = "*"


class Erasure(NamedTuple):
    """A participant of a workshop, or the whole workshop (`WHOLE`)."""

    code: str
    participant: str


def note(sessions: Path, erasure: Erasure) -> None:
    """Write one erasure down, durably. Raises OSError."""
    descriptor = os.open(sessions / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(erasure) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted(sessions: Path) -> set[Erasure]:
    """Return every erasure that was written down."""
    try:
        lines = (sessions / NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {Erasure(*json.loads(line)) for line in lines if line.strip()}
