"""Children at low priority, by both ways: `posix_spawn`, and `subprocess` where a system has none (Windows)."""

import os

import pytest

from atelier.runtime.processes import LOOK_S, NotWanted, TookTooLong, run_low_priority

SLOWLY = f"import sys, time; time.sleep({3 * LOOK_S}); sys.stderr.write(sys.stdin.read())"
FOR_EVER = "import time; time.sleep(600)"


@pytest.fixture(params=["posix_spawn", "subprocess"])
def run(request, monkeypatch):
    """Run a Python statement in a child."""
    if request.param == "subprocess":
        monkeypatch.delattr(os, "posix_spawn", raising=False)
        monkeypatch.setattr("subprocess._USE_POSIX_SPAWN", False)  # nor has the library on such a system
    elif not hasattr(os, "posix_spawn"):
        pytest.skip("this system has no posix_spawn")

    def run(statement, given=b"", timeout_s=60.0, unwanted=lambda: False):
        return run_low_priority("timeit", ["-n1", "-r1", statement], given, timeout_s, unwanted)

    return run


def test_a_child_that_takes_its_time_is_waited_for_and_read_to_its_end(run):
    ended = run(SLOWLY, b"Fiche du groupe 1")
    assert (ended.status, ended.errors) == (0, "Fiche du groupe 1")


def test_a_child_is_ended_at_its_deadline(run):
    with pytest.raises(TookTooLong):
        run(FOR_EVER, timeout_s=LOOK_S)


def test_a_child_that_nobody_waits_for_any_more_is_ended(run):
    with pytest.raises(NotWanted):
        run(FOR_EVER, unwanted=lambda: True)
