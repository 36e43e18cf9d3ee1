"""A server that stops for a while (a laptop asleep, a machine that swaps), and a clock that runs across a restart.

`ATELIER_TEST_PAUSE_S` is how long it stops; `make faults` takes 30 seconds.
"""

import json
import os
import signal
import time

import pytest

from tests.faults.watching import reading_goes_on
from tests.support.ledger import faults, seated, settle, workshop
from tests.support.simulation.browser import Browser
from tests.support.waiting import wait_until

PAUSE_S = float(os.environ.get("ATELIER_TEST_PAUSE_S", "4"))

pytestmark = pytest.mark.slow


def test_a_server_that_was_stopped_goes_on_where_it_was(server):
    authors = seated(server, workshops=2, groups=3)
    wait_until(lambda: all(author.told for author in authors), 10, "nobody was acknowledged")
    server.signal(signal.SIGSTOP)
    time.sleep(0.5)  # what was on its way has arrived
    before = [len(author.told) for author in authors]
    time.sleep(PAUSE_S)
    assert [len(author.told) for author in authors] == before
    server.signal(signal.SIGCONT)
    took = wait_until(
        lambda: all(len(author.told) > was for author, was in zip(authors, before, strict=True)),
        10,
        "writing did not go on",
    )
    print(f"stopped for {PAUSE_S:.0f} s; everybody acknowledged again {took:.2f} s after")
    reading_goes_on(server, authors[0].browser, authors[0].code, authors[0].group)
    settle(authors)
    server.kill()
    assert faults(server.folder / "sessions", authors) == []


def deadline_of(desk, code):
    """Return when the clock ends (seconds of this machine's clock), and whether it runs."""
    asked = time.time()
    told = json.loads(desk.get(f"/a/{code}/depuis?audience=desk&seq=0&head="))["clock"]
    return (asked + time.time()) / 2 + told["remaining"] / 1000, told["status"]


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_a_running_clock_keeps_its_deadline_across_a_restart(server, end):
    desk = Browser(server.base)
    code = workshop(server, desk)
    desk.act(code, "start-clock", seconds=600)
    before, running = deadline_of(desk, code)
    getattr(server, end)()
    time.sleep(2)
    server.start()
    after, still = deadline_of(desk, code)
    print(f"deadline moved by {abs(after - before) * 1000:.0f} ms")
    assert (running, still) == ("running", "running")
    assert abs(after - before) < 1
