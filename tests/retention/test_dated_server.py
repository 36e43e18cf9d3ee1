"""A real server whose date is wrong by a hundred days, started again and again: every workshop is still there."""

import contextlib
import json
import time

import pytest

from atelier.retention import schedule
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow
LOOKED_S = 300


@contextlib.contextmanager
def dated(folder, days):
    """Serve there by a date that is so many days from today."""
    server = RunningServer(folder, program=("-m", "tests.retention.dated_server", str(days)))
    try:
        yield server.start()
    finally:
        server.stop()


def wait_for_looks(sessions, count=3):
    seen: set[int] = set()
    deadline = time.monotonic() + LOOKED_S
    while len(seen) < count:
        assert time.monotonic() < deadline
        with contextlib.suppress(FileNotFoundError):
            seen.add(json.loads((sessions / schedule.NAME).read_text())["looked_at"])
        time.sleep(0.02)


def test_a_server_with_a_wrong_date_erases_nothing_and_says_so(tmp_path):
    sessions = tmp_path / "sessions"
    with dated(tmp_path, 0) as server:
        desk = Browser(server.base)
        code = desk.post("/preparer", {})[1].split("/")[2]
        wait_for_looks(sessions, 2)
    for days in (100, 100.4, 100.8):
        with dated(tmp_path, days) as server:
            wait_for_looks(sessions)
            assert "La date de cet ordinateur est passée" in Browser(server.base).get("/")
        assert (sessions / f"{code}.db").exists()
    with dated(tmp_path, 0) as server:
        wait_for_looks(sessions)
        assert "revenue" in Browser(server.base).get("/")
    assert (sessions / f"{code}.db").exists()
