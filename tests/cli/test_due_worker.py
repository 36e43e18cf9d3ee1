"""The daily look for workshops at their end: another process reads the journals, the room goes on."""

import datetime as dt
import shutil
import statistics
import threading
import time

import pytest

from atelier.domain.codes import ALPHABET
from atelier.retention.due_worker import ends_beside
from atelier.retention.purge import today
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow

WORKSHOPS = 300
LATER = today() + dt.timedelta(days=4_000)


@pytest.fixture
def server(tmp_path):
    server = RunningServer(tmp_path).start()
    yield server
    server.stop()


def test_acts_are_answered_while_three_hundred_journals_are_looked_at(server, tmp_path):
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    sessions, old = tmp_path / "sessions", tmp_path / "old"
    old.mkdir()
    for n in range(WORKSHOPS):
        first, second = divmod(n, len(ALPHABET))
        shutil.copy(sessions / f"{code}.db", old / f"{ALPHABET[first]}{ALPHABET[second]}2222.db")
        shutil.copy(sessions / f"{code}.db-wal", old / f"{ALPHABET[first]}{ALPHABET[second]}2222.db-wal")

    idle = [acted(desk, code) for _ in range(20)]
    found: list[str] = []
    looking = threading.Thread(target=lambda: found.extend(ends_beside(old, LATER).soon))
    looking.start()
    busy = []
    while looking.is_alive():
        busy.append(acted(desk, code))
    assert len(found) == WORKSHOPS
    assert len(busy) > 3
    # The clock of a shared machine is no judge of fractions: half a second would be the look in the loop's way.
    assert statistics.median(busy) < statistics.median(idle) + 0.1


def test_only_what_is_due_is_named_and_what_is_damaged_is_left(server, tmp_path):
    code = Browser(server.base).post("/preparer", {})[1].split("/")[2]
    (tmp_path / "sessions" / "ABC234.db").write_text("no journal")
    assert ends_beside(tmp_path / "sessions", today()).soon == {}
    assert list(ends_beside(tmp_path / "sessions", LATER).soon) == [code]


def acted(desk, code):
    start = time.monotonic()
    desk.act(code, "announce", text="Dix minutes")
    return time.monotonic() - start
