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
from atelier.export.api import Source, content_of, export_pdf, file_name
from atelier.export.worker import writer
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import HUGE, ROOMS

Make = Callable[..., Path]
Written = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Return `make(room, wanted, paper)`, which gives the path of a PDF."""
    made: dict[tuple[str, str, str], Path] = {}

    def make(room: Callable[[], Workshop], wanted: str, paper: str = "a3") -> Path:
        key = (room.__name__, wanted, paper)
        if key not in made:
            folder = tmp_path_factory.mktemp("exports")
            made[key] = export_pdf(rooms.CODE, room(), rooms.DOCTRINE, rooms.AT, wanted, paper, folder)
        return made[key]

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
                _write(name, wanted, path)
        return path

    return written


def _write(name: str, wanted: str, path: Path) -> None:
    source = Source(code=rooms.CODE, state=golden(name)[0], doctrine=rooms.DOCTRINE, at=rooms.AT)
    content = json.loads(json.dumps(content_of(source, wanted).as_json()))
    heard = _Heard(logging.WARNING)
    logging.getLogger().addHandler(heard)
    try:
        writer(content)(content, path.with_suffix(".part"))
    finally:
        logging.getLogger().removeHandler(heard)
    assert heard.said == []
    path.with_suffix(".part").rename(path)


class _Heard(logging.Handler):
    """What was logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
