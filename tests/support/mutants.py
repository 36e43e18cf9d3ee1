"""Servers that are wrong on purpose, to see that the tests notice: `python -m tests.support.mutants NAME serve …`.

Nothing of the program is imported before greenlets stand in for threads, as in `atelier serve`.
"""

import sys
import time
from pathlib import Path
from typing import Any

from atelier.runtime import concurrency

LATE_S = 0.1


def acknowledge_first() -> None:
    """Answer as soon as an act is decided; the commit follows."""
    from atelier.domain.acts import Act
    from atelier.domain.commands import PlaceAction, PostInitiative
    from atelier.service.service import Service

    service: Any = Service
    handle = service.handle

    def at_once(self: Any, code: str, command: Any, by: Any, op: str) -> Any:
        if not isinstance(command, PlaceAction | PostInitiative):  # people must be able to come in first
            return handle(self, code, command, by, op)
        act = Act(command=command, by=by, at=self.now(), fresh_id=op)
        return self._room(code).propose(act, self._committer.wake).position

    service.handle = at_once


def commit_now_and_then() -> None:
    """Answer at once, commit every 100 ms."""
    from atelier.service.committer import Committer

    acknowledge_first()
    committer: Any = Committer
    commit = committer.commit

    def late(self: Any, room: Any, batch: Any) -> None:
        time.sleep(LATE_S)
        commit(self, room, batch)

    committer.commit = late


def synchronous_normal() -> None:
    """Let SQLite synchronise its log when it folds it back, no more: right after a kill, wrong after a power cut."""
    from atelier.journal import sqlite as sqlite_module

    sqlite: Any = sqlite_module
    to_write = sqlite.to_write

    def almost(path: Path) -> Any:
        db = to_write(path)
        db.execute("pragma synchronous = normal")
        return db

    sqlite.to_write = almost


MUTANTS = {
    "acknowledge-first": acknowledge_first,
    "commit-now-and-then": commit_now_and_then,
    "synchronous-normal": synchronous_normal,
}

if __name__ == "__main__":
    concurrency.take_over()
    MUTANTS[sys.argv.pop(1)]()
    from atelier.cli import main

    main()
