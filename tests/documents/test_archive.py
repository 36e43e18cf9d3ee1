"""One archive of all the documents of a workshop, and the files of a workshop in which nothing was written."""

import zipfile
from pathlib import Path

import pytest

from atelier.domain.parts import with_group
from atelier.domain.state import Photo
from atelier.export.api import FILES, file_name
from atelier.export.plain import NothingToSay
from tests.support import printed_rooms as rooms
from tests.support.written import room, written

pytestmark = pytest.mark.slow


def test_everything_is_in_one_archive(tmp_path: Path):
    state = room()
    photo = Photo(id="p1", digest="", kept_at=0)
    state = with_group(state, 2, photos={photo.id: photo, "lost": photo})
    with zipfile.ZipFile(written(tmp_path, "tout", state, {"p1": b"\xff\xd8\xff photo"})) as archive:
        names = archive.namelist()
        assert archive.read(names[-1]) == b"\xff\xd8\xff photo"
    wanted = [each for each in FILES if each not in ("tout", "kit", "agenda")]  # no decision has a date
    assert names[:-1] == [file_name(room(), each, "a4") for each in ("ensemble", *wanted)]
    assert names[-1].endswith("_articulation_groupe-2-photo-1.jpg")


def test_an_empty_workshop_has_all_its_files(tmp_path: Path):
    for wanted in (each for each in FILES if each not in ("tout", "kit", "agenda")):
        assert written(tmp_path, wanted, rooms.blank_room()).stat().st_size > 300
    with pytest.raises(NothingToSay):
        written(tmp_path, "agenda", rooms.blank_room())
