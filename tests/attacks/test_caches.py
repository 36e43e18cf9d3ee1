"""Readers of a large workshop who ask for everything, again and again, leave the server as large as it was."""

import re
from pathlib import Path

import pytest

from atelier.domain import commands as c
from atelier.domain.values import Actor, Role
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from bench.prepared import prepare
from tests.attacks.asking import act, everything
from tests.support.running import RunningServer

INITIATIVES, ROUNDS, READERS, MORE_MB = 6_000, 40, 3, 50


@pytest.mark.slow
def test_answers_to_many_positions_are_not_all_kept(tmp_path: Path) -> None:
    (workshop,) = prepare(tmp_path / "sessions", 1, 30, 3)
    fill(tmp_path / "sessions", workshop.code, workshop.actions)
    (tmp_path / "exports").mkdir()
    server = RunningServer(tmp_path).start()
    try:
        read(server, workshop, rounds=1)
        before = resident_mb(server.pid)
        read(server, workshop, rounds=ROUNDS)
        assert resident_mb(server.pid) - before < MORE_MB
    finally:
        server.stop()


def fill(sessions: Path, code: str, actions: list[str]) -> None:
    """Write initiatives at all three tables."""
    service = Service(JournalFolder(sessions))
    for n in range(INITIATIVES):
        command = c.PostInitiative(
            group=n % 3 + 1, action=actions[n % len(actions)], text=f"Initiative {n} " + "é’x " * 40
        )
        service.handle(code, command, Actor(Role.HOST, "host"), f"op{n:016d}")
    service.close()


def read(server, workshop, rounds: int) -> None:
    """Let somebody write, which gives the journal another head, then readers of each table ask for everything."""
    for n in range(rounds):
        writer = workshop.people[n % len(workshop.people)]
        act(server.base, writer, command="place-action", action=workshop.actions[0], fs=n % 21 * 5, cn=5)
        for person in workshop.people[:READERS]:
            assert everything(server.base, person)["html"]


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / 1024
