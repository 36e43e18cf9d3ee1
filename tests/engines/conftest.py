"""A real server, and a facilitator."""

import pytest

from tests.support.engines.desk import Desk
from tests.support.running import RunningServer


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = RunningServer(tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


@pytest.fixture
def desk(server):
    return Desk(server.base)
