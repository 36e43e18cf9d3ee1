"""kill -9 under load: what was acknowledged is in the journal, once, in its author's order."""

import os
import random
import secrets
import threading
import time

import pytest

from atelier.journal.folder import JournalFolder
from atelier.rehearsal.browser import Browser
from atelier.service import Service
from tests.running import RunningServer

KILLS = int(os.environ.get("ATELIER_TEST_KILLS", "6"))
WRITERS = 4


class Writer(threading.Thread):
    """Posts one initiative after the other, repeating an operation until it is answered; keeps a ledger."""

    def __init__(self, base, code, name):
        super().__init__(daemon=True)
        self.browser, self.code, self.going = Browser(base), code, True
        self.prefix, self.acknowledged = name, []
        self.browser.join(code, "fs", 1, name)

    def run(self):
        n = 0
        while self.going:
            text = f"{self.prefix}-{n:05d}"
            self.browser.act(
                self.code,
                "post-initiative",
                group=1,
                action="orienter",
                text=text,
                op=secrets.token_urlsafe(16),
            )
            self.acknowledged.append(text)
            n += 1


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(tmp_path):
    chance = random.Random(7)
    server = RunningServer(tmp_path).start()
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    writers = [Writer(server.base, code, f"w{n}") for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.0))
        server.kill()
        server.start()
    time.sleep(0.5)
    for writer in writers:
        writer.going = False
    for writer in writers:
        writer.join(timeout=30)
    server.kill()
    stored = _texts(tmp_path, code)
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    assert len(acknowledged) > KILLS
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    for writer in writers:
        own = [text for text in stored if text.startswith(writer.prefix)]
        assert own == sorted(own)


def _texts(folder, code):
    service = Service(JournalFolder(folder / "sessions"))
    lines = service.read(code).state.group(1).lines
    service.close()
    return [initiative.text for initiative in lines["orienter"].initiatives.values()]
