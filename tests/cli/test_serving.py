"""`atelier serve` as people start it, on greenlets and on threads: what runs, and that a PDF stops nobody."""

import json
import threading
import time

import pytest

from atelier.rehearsal.browser import Browser
from tests.running import RunningServer

pytestmark = pytest.mark.slow


@pytest.fixture(params=["gevent", "threads"])
def concurrency(request, monkeypatch):
    pytest.importorskip("gevent")
    monkeypatch.setenv("ATELIER_CONCURRENCY", request.param)
    return request.param


@pytest.fixture
def server(concurrency, tmp_path):
    server = RunningServer(tmp_path).start()
    yield server
    server.stop()


def test_the_state_says_what_runs(server, concurrency):
    told = json.loads(Browser(server.base).get("/etat"))
    assert (told["concurrency"], told["transport"]) == (concurrency, "direct")
    assert "Traceback" not in server.log.read_text()


def test_a_pdf_in_the_making_holds_nobody_up(server):
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    phone = Browser(server.base)
    phone.join(code, "fs", 1, "")
    made: list[bytes] = []
    form = {"what": "group", "group": 1, "paper": "a3"}
    making = threading.Thread(target=lambda: made.append(desk.download(f"/exports/{code}", form)))
    making.start()
    waits: list[float] = []
    while making.is_alive():
        start = time.monotonic()
        phone.act(code, "place-action", group=1, action="orienter", fs=50, cn=len(waits) % 2 * 50)
        waits.append(time.monotonic() - start)
        time.sleep(0.11)
    making.join()
    assert made[0].startswith(b"%PDF-")
    assert len(waits) >= 3
    assert max(waits) < 0.3
