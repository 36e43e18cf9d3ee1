"""A stranger costs nothing: hostile clients of eight kinds are closed, written of in a line, and forgotten.

`ATELIER_TEST_ATTACKS=50` tries as many at once too. What the room notices of it in time is measured by
`python -m tests.attacks`.
"""

import os
import time
from pathlib import Path

import pytest

from tests.attacks.hostile import KINDS
from tests.attacks.trial import Hostile, Watched, at_work
from tests.support.ledger import faults, workshop
from tests.support.running import RunningServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="no /proc here"),
]

COUNTS = sorted({1, 3, 8, int(os.environ.get("ATELIER_TEST_ATTACKS", "8"))})
SECONDS = 3.0
LOG_BYTES = 10_000
GROWTH_KB = 12_000
"""Free memory that the allocator keeps comes and goes by megabytes."""
PATIENCE_S = 60.0
PATIENT = {"never connecting", "dripping"}
"""These are given their five and twenty seconds."""


@pytest.fixture
def server(tmp_path):
    running = RunningServer(tmp_path).start()
    yield running
    running.stop()


def settled(look, most):
    """Wait until a figure is back; return it."""
    end = time.monotonic() + PATIENCE_S
    while (found := look()) > most and time.monotonic() < end:
        time.sleep(0.2)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_clients_are_closed_and_the_room_goes_on(server, kind):
    code = workshop(server)
    watched = Watched(server)
    with at_work(server, [code]) as phones:
        Hostile(kind, 1, server.port, 0.5).end()  # what is made once is made
        memory, files, log = watched.memory_kb(), watched.files(), watched.log_bytes()
        for count in COUNTS:
            before = len(phones[0].told)
            found = Hostile(kind, count, server.port, SECONDS).end()
            assert found["tries"] >= count
            if kind not in PATIENT:
                assert found["closed"] >= found["tries"] - count, found
            assert len(phones[0].told) > before, "the room goes on"
    assert all(status == 200 for _, status, _ in phones[0].answers)
    assert settled(watched.files, files + 2) <= files + 2
    assert settled(watched.memory_kb, memory + GROWTH_KB) <= memory + GROWTH_KB
    assert watched.log_bytes() - log < LOG_BYTES
    assert "Traceback" not in server.log.read_text()
    server.stop()
    assert faults(server.folder / "sessions", phones) == []
