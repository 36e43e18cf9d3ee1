"""The journal on real files, beyond what every engine promises."""

import contextlib
import sqlite3

import pytest

from atelier.domain.codes import is_code
from atelier.journal.folder import JournalFolder
from atelier.journal.locks import FolderBusy
from atelier.journal.protocol import START, Attachments, Conflict, Damaged
from tests.support.journal_contract import *  # noqa: F403 - its tests are collected here
from tests.support.journals import CODE, operation, recorded


@pytest.fixture
def folder(tmp_path):
    return JournalFolder(tmp_path / "sessions")


@pytest.fixture
def store(folder):
    return folder


def test_the_file_is_in_wal_with_full_synchronisation(folder):
    journal = folder.create(CODE)
    pragma = journal._db.execute
    assert pragma("pragma journal_mode").fetchone() == ("wal",)
    assert pragma("pragma synchronous").fetchone() == (2,)
    assert pragma("pragma secure_delete").fetchone() == (1,)


def test_attachments_come_and_go_with_their_facts(folder):
    journal = folder.create(CODE)
    photo = bytes(range(256)) * 1500
    with pytest.raises(Conflict):
        journal.append([recorded(1)], [operation(1)], 9, Attachments({"p1": photo}, ()))
    assert journal.attachment("p1") is None
    journal.append([recorded(1)], [operation(1)], 0, Attachments({"p1": photo, "p2": b"other"}, ()))
    beside = folder.to_read().open(CODE)
    assert (beside.attachment("p1"), beside.attachment("p3")) == (photo, None)
    beside.close()
    journal.append([recorded(2)], [operation(2)], 1, Attachments({}, {"p1"}))
    assert (journal.attachment("p1"), journal.attachment("p2")) == (None, b"other")
    for path in folder.path.glob(f"{CODE}*"):
        assert photo[:300] not in path.read_bytes()
    journal.forget_attachments()
    assert journal.attachment("p2") is None


def test_an_older_file_that_is_only_read_has_no_attachments(folder):
    journal = folder.create(CODE)
    journal.append([recorded(1)], [operation(1)], after=0)
    journal._db.execute("drop table attachments")
    assert journal.attachment("p1") is None


def test_a_missing_row_is_noticed(folder):
    journal = folder.create(CODE)
    journal.append([recorded(1), recorded(2), recorded(3)], [], after=0)
    journal._db.execute("delete from events where seq = 2")
    with pytest.raises(Damaged):
        list(journal.read())


def test_a_file_that_is_no_database_is_damaged_and_others_are_untouched(folder):
    (folder.path / f"{CODE}.db").write_bytes(b"not a database" * 100)
    with pytest.raises(Damaged):
        folder.open(CODE)
    assert folder.create("ABC234").position() == START


def test_a_reader_beside_the_server_sees_what_is_committed_and_cannot_write(folder):
    journal = folder.create(CODE)
    journal.append([recorded(1)], [], after=0)
    beside = JournalFolder(folder.path, read_only=True).open(CODE)
    assert [each.seq for each in beside.read()] == [1]
    with pytest.raises(OSError, match="opened for reading"):
        beside.append([recorded(2)], [], after=1)


def test_a_second_server_is_kept_out(folder):
    folder.hold()
    with pytest.raises(FolderBusy):
        JournalFolder(folder.path).hold()
    folder.release()
    JournalFolder(folder.path).hold()


@pytest.mark.parametrize("text", ["../../x", "KTZ4M", "ktz4mp", "KTZ4MO", "CON", "KTZ4MP\n", ""])
def test_only_codes_name_files(folder, text):
    assert not is_code(text)
    with pytest.raises(FileNotFoundError):
        folder.open(text)


@pytest.fixture
def spoil(folder):
    """A function that runs a statement behind the program's back."""

    def run(statement):
        with contextlib.closing(sqlite3.connect(folder.path / f"{CODE}.db")) as connection, connection:
            connection.execute(statement)

    return run
