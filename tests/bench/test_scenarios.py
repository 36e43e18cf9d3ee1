"""The suite itself still runs: some cheap scenarios with small counts, rows that come out, and a ledger that looks."""

import subprocess
import sys

import pytest

from bench.__main__ import QUICK
from bench.crowd import crowd, paced
from bench.results import Found, LostError, kept
from bench.scenarios.documents import NOT_MEASURED, measure
from tests.support.tree import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="bench/ measures on Linux"),
]
EARLY = ("-m", "tests.support.mutants", "commit-now-and-then")
"""Answers at once, and commits every 100 ms."""

CHEAP = ("quiet", "rooms", "restart")


def test_cheap_scenarios_run_and_lose_nothing() -> None:
    for name in CHEAP:
        (QUICK / f"{name}.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "bench", "--quick", *CHEAP]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    found = kept(QUICK)
    for name in CHEAP:
        (table,) = found[name].tables
        assert table.rows, name
        assert all(len(row) == len(table.head) for row in table.rows), name
        assert found[name].acts > 0, name
        assert all(value > 0 for value in found[name].values.values()), name
        assert str(table) in run.stdout, name


def test_documents_not_made_before_the_ceiling_leave_their_table_whole() -> None:
    found = Found()
    costs = measure(found, ["nothing written"], ceiling_s=0.3)
    (table,) = found.tables
    assert [row[0] for row in table.rows] == [wanted for _, wanted in costs]
    assert str(costs["nothing written", "ensemble"]).endswith("refused"), "ended by the ceiling"
    assert costs["nothing written", "tout"] == NOT_MEASURED


def test_a_server_that_answers_before_it_commits_fails_the_run() -> None:
    with pytest.raises(LostError, match="lost"):
        _written_and_killed()


def _written_and_killed() -> None:
    with crowd(1, 5, connected=False, program=EARLY) as here:
        paced(here, 40, 1.0)
        here.finish()
        here.server.kill()
