"""The library in a file keeps what a library promises, overwrites what it erases, and refuses what is damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from atelier.journal.protocol import Damaged
from atelier.library.engines import FileEngine
from atelier.library.items import Kind
from atelier.library.library import Library
from tests.support.library_contract import *  # noqa: F403 - its tests are collected here

SECRET_WORD = "Zinnwaldite"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bibliotheque.db"


@pytest.fixture
def library(path: Path) -> Library:
    return Library(FileEngine(path))


def test_reading_makes_no_file(library: Library, path: Path) -> None:
    assert library.items(Kind.PAGE) == []
    assert not path.exists()


def test_erased_words_are_not_in_the_file(library: Library, path: Path) -> None:
    item, _ = library.create(Kind.PAGE, {"text": SECRET_WORD}, now=1)
    assert SECRET_WORD.encode() in path.read_bytes()
    library.end(Kind.PAGE, item.id)
    assert SECRET_WORD.encode() not in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


def test_a_text_that_changed_on_the_disk_is_told(library: Library, path: Path) -> None:
    item, _ = library.create(Kind.PAGE, {"text": "good"}, now=1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update revisions set body = replace(body, 'good', 'food')")
    with pytest.raises(Damaged):
        library.get(Kind.PAGE, item.id)
    path.write_bytes(b"no database" * 100)
    with pytest.raises(Damaged):
        library.get(Kind.PAGE, item.id)


def test_a_file_of_a_newer_version_is_left_alone(library: Library, path: Path) -> None:
    library.create(Kind.PAGE, {}, now=1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma user_version = 9")
    with pytest.raises(Damaged):
        library.create(Kind.PAGE, {}, now=1)
