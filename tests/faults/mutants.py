"""Servers that are wrong on purpose, to see that the tests notice: `python -m tests.faults.mutants NAME serve …`."""

import sys
import time
from pathlib import Path
from typing import Any

from atelier.cli import main
from atelier.committing import Committer
from atelier.domain.acts import Act
from atelier.domain.commands import Command, PlaceAction, PostInitiative
from atelier.domain.values import Actor
from atelier.journal import sqlite as sqlite_module
from atelier.journal.protocol import Position
from atelier.service import Service

LATE_S = 0.1
HONEST = Service.handle


def acknowledge_first() -> None:
    """Answer as soon as an act is decided; the commit follows."""
    service: Any = Service
    service.handle = _at_once


def commit_now_and_then() -> None:
    """Answer at once, commit every 100 ms."""
    acknowledge_first()
    committer: Any = Committer
    commit = committer.commit

    def late(self: Committer, room: Any, batch: Any) -> None:
        time.sleep(LATE_S)
        commit(self, room, batch)

    committer.commit = late


def synchronous_normal() -> None:
    """Let SQLite synchronise its log when it folds it back, no more: right after a kill, wrong after a power cut."""
    sqlite: Any = sqlite_module
    to_write = sqlite.to_write

    def almost(path: Path) -> Any:
        db = to_write(path)
        db.execute("pragma synchronous = normal")
        return db

    sqlite.to_write = almost


def _at_once(service: Service, code: str, command: Command, by: Actor, op: str) -> Position:
    if not isinstance(command, PlaceAction | PostInitiative):  # people must be able to come in first
        return HONEST(service, code, command, by, op)
    act = Act(command=command, by=by, at=service.now(), fresh_id=op)
    return service._room(code).propose(act, service._committer.wake).position


MUTANTS = {
    "acknowledge-first": acknowledge_first,
    "commit-now-and-then": commit_now_and_then,
    "synchronous-normal": synchronous_normal,
}

if __name__ == "__main__":
    MUTANTS[sys.argv.pop(1)]()
    main()
