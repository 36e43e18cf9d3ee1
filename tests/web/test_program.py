"""What a program leaves behind when it is closed: no thread, and the folder of journals free for another."""

import threading
import time

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.journal.locks import FolderBusy
from atelier.live import hub
from atelier.runtime.background import BackgroundJobs


@pytest.fixture
def config(tmp_path):
    return Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports")


def wait_for(condition, patience_s=120.0):
    end = time.monotonic() + patience_s
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def test_no_thread_outlives_a_closed_program(config, monkeypatch):
    # Whoever slept the beat out would still be there.
    monkeypatch.setattr(hub, "BEAT_S", 3600)
    before = set(threading.enumerate())
    program = create_program(config)
    begun = {thread.name for thread in set(threading.enumerate()) - before}
    assert {"hub", "beat", "previews", "purge", "address", "warm-up"} <= begun
    program.close()
    wait_for(lambda: set(threading.enumerate()) <= before)


def test_another_program_may_have_the_folder_once_this_one_is_closed(config):
    first = create_program(config)
    with pytest.raises(FolderBusy):
        create_program(config)
    first.close()
    create_program(config).close()


def test_a_stopped_job_neither_begins_nor_goes_on():
    jobs, looked, paused, done = BackgroundJobs(), threading.Event(), threading.Event(), []

    def long():
        paused.set()
        jobs.pause(3600)
        done.append("left off")

    jobs.repeat("often", looked.set, every_s=0, first_s=0)
    jobs.once("later", lambda: done.append("later"), after_s=3600)
    jobs.once("long", long)
    assert looked.wait(120)
    assert paused.wait(120)
    jobs.stop()
    assert jobs.stopping
    looked.clear()
    assert done == ["left off"]
    assert not looked.is_set()


def test_a_job_that_fails_has_its_next_turn():
    jobs, turns = BackgroundJobs(), threading.Semaphore(0)

    def fail():
        turns.release()
        raise ValueError

    jobs.repeat("failing", fail, every_s=0, first_s=0)
    try:
        assert turns.acquire(timeout=120)
        assert turns.acquire(timeout=120)
    finally:
        jobs.stop()
