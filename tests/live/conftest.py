"""The program on real files, with a workshop in « Articulations »; its sockets without a network."""

import pytest

from tests.support.program import desk, program

__all__ = ["desk", "program"]


@pytest.fixture
def code(desk):
    code = desk.prepare()
    desk.act(code, "open-phase", phase="articulations")
    return code
