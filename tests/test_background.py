"""Background jobs: one that fails is told and runs again; none starts after the stop."""

import logging
import threading

import pytest

from atelier.runtime.background import BackgroundJobs

PATIENCE_S = 30


@pytest.fixture
def jobs():
    jobs = BackgroundJobs()
    yield jobs
    jobs.stop()


def test_a_job_that_fails_is_told_and_runs_again(jobs, caplog):
    caplog.set_level(logging.ERROR, logger="atelier.runtime")
    turns: list[int] = []
    again = threading.Event()

    def job():
        turns.append(len(turns))
        if len(turns) == 1:
            raise OSError("disk full")
        again.set()

    jobs.repeat("purge", job, every_s=0.01)
    assert again.wait(PATIENCE_S)
    assert "background.failed purge" in caplog.text
    assert "disk full" in caplog.text


def test_nothing_starts_after_the_stop_and_long_jobs_are_told(jobs):
    begun, told, late = threading.Event(), threading.Event(), []

    def long_job():
        begun.set()
        while jobs.pause(0.01):
            pass
        told.set()

    jobs.once("long", long_job)
    jobs.once("later", lambda: late.append("ran"), after_s=PATIENCE_S)
    assert begun.wait(PATIENCE_S)
    jobs.stop()
    assert told.is_set()
    assert jobs.stopping
    assert late == []
