"""The program in this process on real files of its own, and a facilitator's browser without a screen."""

import pytest

from atelier.app import create_program
from atelier.config import Config
from tests.support.visitors import Browser


@pytest.fixture
def program(tmp_path):
    program = create_program(Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports"))
    yield program
    program.close()


@pytest.fixture
def desk(program):
    return Browser(program.app)
