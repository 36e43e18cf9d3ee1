"""The seam between threads and greenlets: what waits for the disk stops nobody, and the same program runs on both."""

import json
import subprocess
import sys
import threading

import pytest

from atelier.runtime import concurrency


@pytest.mark.slow
def test_on_greenlets_a_slow_disk_stops_nobody():
    command = [sys.executable, "-m", "tests.service.slow_disk"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.stderr == ""
    seen = json.loads(run.stdout)
    assert seen["early"] == [], "imported before gevent took over: their locks would stop the loop"
    assert seen["batches"] <= 2, "the first act, and all that came meanwhile"
    assert seen["again"] == [True, True, True]
    assert seen["beside"], "another workshop waits for this one's disk"
    assert seen["stopped"] < 0.75, "of the time that the disk takes"
    assert "unable to open" in seen["raised"]


def test_outside_a_server_it_runs_where_it_is_called():
    assert concurrency.greenlets() is False
    assert concurrency.off_the_loop(threading.get_ident) == threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        concurrency.off_the_loop(divmod, 1, 0)


@pytest.mark.slow
def test_importing_the_program_leaves_the_process_as_it_is():
    check = "import sys, atelier.wsgi, atelier.cli; print('gevent' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == "False"
