"""The program on real files, with a workshop in « Articulations »; its sockets without a network."""

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


@pytest.fixture
def code(desk):
    code = desk.prepare()
    desk.act(code, "open-phase", phase="articulations")
    return code
