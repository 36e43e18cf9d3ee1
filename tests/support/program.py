"""The program in this process on real files of its own, and a facilitator's browser without a screen."""

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.live import hub
from tests.support.listening import noting_flushes
from tests.support.visitors import Browser


@pytest.fixture
def program(tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "PEOPLE_S", 0.0)  # how often who is here is told: tests/live/test_hub_windows.py
    program = create_program(Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports"))
    yield from noting_flushes(program)
    program.close()


@pytest.fixture
def desk(program):
    return Browser(program.app)
