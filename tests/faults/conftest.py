"""Real servers that end with their test, whatever became of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.running import RunningServer


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., RunningServer]]:
    """Return a function that starts a server on this test's folder."""
    started: list[RunningServer] = []

    def start(folder: Path = tmp_path, **options: Any) -> RunningServer:
        server = RunningServer(folder, **options)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        if server.running:
            server.kill()


@pytest.fixture
def server(serving: Callable[..., RunningServer]) -> RunningServer:
    """A server on this test's folder."""
    return serving()
