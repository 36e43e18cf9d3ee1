"""What a line of the log says of a failure: its cause, and nothing of anybody."""

import io
import json
import logging
import sqlite3

import pytest

from atelier.runtime.logs import FORMAT, JSONFormatter, LineFormatter, RepeatFilter, reason
from atelier.runtime.storage import refused
from atelier.service.service import StorageFailed

CODE, KEY, TEXT = "KTZ4MP", "secret-of-a-link", "Un texte que personne ne doit retrouver"


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def stream():
    return io.StringIO()


@pytest.fixture
def log(clock, stream):
    """A logger of our own, that writes to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter(FORMAT))
    handler.addFilter(RepeatFilter(clock))
    logger = logging.Logger("atelier.tests")
    logger.addHandler(handler)
    return logger


def failed(number):
    try:
        raise OSError(number, "…", f"/ateliers/{CODE}.db")
    except OSError as error:
        try:
            raise StorageFailed(f"{CODE}: {TEXT}") from error
        except StorageFailed as told:
            return told


@pytest.mark.parametrize(
    ("number", "name"), [(28, "ENOSPC"), (30, "EROFS"), (13, "EACCES"), (122, "EDQUOT"), (5, "EIO")]
)
def test_the_cause_is_on_the_line(log, stream, number, name):
    log.error("commit.failed", extra={"reason": reason(failed(number))})
    assert stream.getvalue().endswith(f"ERROR atelier.tests commit.failed reason=StorageFailed/{name}\n")


def test_what_sqlite_says_has_the_name_that_the_file_system_gives_it(tmp_path):
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode, full.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
    with pytest.raises(OSError, match=CODE) as told:
        raise refused(tmp_path / f"{CODE}.db", full) from full
    assert reason(told.value) == "ENOSPC/SQLITE_FULL"


def test_every_field_is_there(log, stream):
    log.warning("reader.dropped", extra={"limit": "poll", "bytes": 12})
    assert stream.getvalue().endswith("reader.dropped limit=poll bytes=12\n")


def test_a_traceback_says_where_without_saying_what(log, stream):
    try:
        raise failed(28)
    except StorageFailed:
        log.exception("request.failed")
    told = stream.getvalue()
    assert "ENOSPC" in told
    assert "test_logs.py" in told
    assert CODE not in told
    assert TEXT not in told


def test_an_error_of_our_own_code_keeps_its_message(log, stream):
    try:
        getattr(None, "missing")  # noqa: B009
    except AttributeError:
        log.exception("request.failed")
    assert "'NoneType' object has no attribute 'missing'" in stream.getvalue()


def test_codes_and_keys_are_hidden_whoever_writes_them(log, stream):
    log.error("Error handling request %s", f"/animer/{CODE}?cle={KEY}&x=1", extra={"file": f"{CODE}.db"})
    told = stream.getvalue()
    assert CODE not in told
    assert KEY not in told
    assert "/animer/······?cle=···&x=1" in told


def test_the_same_line_is_written_once_and_then_counted(log, stream, clock):
    for _ in range(1_000):
        log.error("commit.failed", extra={"reason": "ENOSPC"})
    log.error("commit.failed", extra={"reason": "EROFS"})
    assert stream.getvalue().count("commit.failed") == 2
    clock.now += 10
    log.error("commit.failed", extra={"reason": "ENOSPC"})
    assert stream.getvalue().endswith("reason=ENOSPC repeats=999\n")


def test_what_anybody_can_make_fail_fills_no_disk(log, stream):
    for n in range(2_000):
        try:
            raise ValueError(n)
        except ValueError:
            log.exception("message handler error")
    assert len(stream.getvalue()) < 1_000


def test_as_json_a_line_says_the_same_and_hides_the_same(log, stream):
    log.handlers[0].setFormatter(JSONFormatter())
    try:
        raise failed(28)
    except StorageFailed as error:
        log.exception("commit.failed %s", CODE, extra={"reason": reason(error), "link": f"?cle={KEY}"})
    (line,) = stream.getvalue().splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["reason"]) == (
        "ERROR",
        "atelier.tests",
        "StorageFailed/ENOSPC",
    )
    assert told["event"] == "commit.failed ······"
    assert "StorageFailed" in told["trace"]
    assert [each for each in (CODE, KEY, TEXT) if each in line] == []
