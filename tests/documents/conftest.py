"""Documents are slow to make: each is made once, for all workers of a run, and read by many tests."""

import fcntl
import json
import logging
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from atelier.domain.state import Workshop
from atelier.export.api import Source, content_of, file_name
from atelier.export.worker import writer
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import HUGE, ROOMS

Make = Callable[..., Path]
Written = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return `make(room, wanted, paper)`, which gives the path of a PDF that nothing was warned of.

    In this process: the worker's priority would wait for all else on the machine (tests/export/test_worker.py).
    """

    @cache
    def make(room: Callable[[], Workshop], wanted: str, paper: str = "a3") -> Path:
        path = tmp_path_factory.mktemp("exports") / "made.pdf"
        _write(room(), wanted, path, paper)
        return path

    return make


@cache
def golden(name: str) -> tuple[Workshop, list[str]]:
    """The workshop of that name, and the marks of its texts."""
    return (ROOMS | HUGE)[name]()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return `written(name, wanted)`: the document as the worker writes it, without a warning, and where it stands."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def written(name: str, wanted: str) -> Path:
        folder = shared / "golden" / f"{name} {wanted}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / file_name(golden(name)[0], wanted, "a4")
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _write(golden(name)[0], wanted, path)
        return path

    return written


def _write(state: Workshop, wanted: str, path: Path, paper: str = "a4") -> None:
    source = Source(code=rooms.CODE, state=state, doctrine=rooms.DOCTRINE, at=rooms.AT)
    content = json.loads(json.dumps(content_of(source, wanted, paper).as_json()))
    heard, unfinished = _Heard(logging.WARNING), path.with_suffix(".part")
    logging.getLogger().addHandler(heard)
    try:
        writer(content)(content, unfinished)
    finally:
        logging.getLogger().removeHandler(heard)
    assert heard.said == []
    unfinished.rename(path)


class _Heard(logging.Handler):
    """What was logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
