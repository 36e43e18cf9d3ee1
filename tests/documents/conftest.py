"""PDFs are slow to make: each is made once, by the real worker, and read by many tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from atelier.domain.state import Workshop
from atelier.export.api import export_pdf
from tests.support import printed_rooms as rooms

Make = Callable[..., Path]


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
