"""kill -9 under load: what was acknowledged is in the journals, once, in its author's order.

`ATELIER_TEST_KILLS` counts the kills; `make faults` takes 200.
"""

import os
import random
import time

import pytest

from tests.support.ledger import faults, seated, settle

KILLS = int(os.environ.get("ATELIER_TEST_KILLS", "6"))
PATIENCE = 40
"""A mutant is caught by the first kill that falls between its answer and its commit: so many are tried."""

pytestmark = pytest.mark.slow


def killed_under_load(server, authors, chance):
    """Kill the server at some moment after everybody was acknowledged again."""
    before = [len(author.told) for author in authors]
    deadline = time.monotonic() + 30
    while any(len(author.told) == was for author, was in zip(authors, before, strict=True)):
        assert time.monotonic() < deadline, "an author is not answered any more"
        time.sleep(0.005)
    time.sleep(chance.uniform(0.0, 0.5))
    server.kill()


def test_nothing_acknowledged_is_lost_doubled_or_reordered(server, tmp_path):
    chance = random.Random(7)
    authors = seated(server)
    started = time.monotonic()
    for _ in range(KILLS):
        killed_under_load(server, authors, chance)
        server.start()
    settle(authors)
    server.kill()
    acknowledged = sum(len(author.told) for author in authors)
    took = time.monotonic() - started
    print(f"{KILLS} kills in {took:.0f} s, {len(authors)} authors, {acknowledged} acts acknowledged")
    assert acknowledged > KILLS * len(authors)
    assert faults(tmp_path / "sessions", authors) == []


@pytest.mark.parametrize("name", ["acknowledge-first", "commit-now-and-then"])
def test_the_ledger_catches_a_server_that_answers_too_early(serving, tmp_path, name):
    chance = random.Random(7)
    server = serving(program=("-m", "tests.support.mutants", name))
    authors = seated(server)
    for kill in range(PATIENCE):
        killed_under_load(server, authors, chance)
        if found := faults(tmp_path / "sessions", authors):
            print(f"{name}: caught at kill {kill + 1}, {found[0]}")
            assert any("lost" in each for each in found)
            return
        server.start()
    pytest.fail(f"{name} was not caught by {PATIENCE} kills")
