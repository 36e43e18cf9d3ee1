"""The program in this process, and a room in Chromium with axe."""

import pytest

from atelier.app import create_program
from atelier.config import Config
from tests.support.chromium import browser_type_launch_args, opened
from tests.support.room import axe, facilitator, phone, server, shared_server, wall, workshop
from tests.support.visitors import Browser

__all__ = [
    "axe", "browser_type_launch_args", "facilitator", "opened", "phone", "server", "shared_server", "wall", "workshop",
]  # fmt: skip


@pytest.fixture
def program(tmp_path):
    program = create_program(Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports"))
    yield program
    program.close()


@pytest.fixture
def desk(program):
    """A facilitator's browser without a screen."""
    return Browser(program.app)
