"""What a journal's file shows of its own damage; the many random cases are in tests/faults/test_corruption.py."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Damaged
from atelier.journal.schema import migrations
from tests.support.journals import CODE, operation, recorded

FRAME = 24 + 4096
"""A frame of the write-ahead log; 32 bytes come before the first."""


@pytest.fixture
def killed(tmp_path):
    """The files of a server that was killed: five facts, all in the log."""
    live = JournalFolder(tmp_path / "live")
    journal = live.create(CODE)
    sizes = []
    for seq in range(1, 6):
        journal.append([recorded(seq)], [operation(seq)], after=seq - 1)
        sizes.append((live.path / f"{CODE}.db-wal").stat().st_size)
    folder = JournalFolder(tmp_path / "killed")
    for suffix in ("", "-wal"):
        shutil.copy(live.path / f"{CODE}.db{suffix}", folder.path)
    journal.close()
    return folder, sizes


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_log_that_was_left_by_a_kill_is_whole(killed):
    folder, _ = killed
    assert [each.seq for each in folder.open(CODE).read()] == [1, 2, 3, 4, 5]


def test_a_broken_frame_with_transactions_behind_it_is_damage_and_nothing_is_touched(killed):
    folder, sizes = killed
    log = folder.path / f"{CODE}.db-wal"
    flip(log, sizes[1] - FRAME // 2)
    before = log.read_bytes()
    with pytest.raises(Damaged):
        folder.open(CODE)
    assert log.read_bytes() == before


def test_a_broken_header_of_the_log_is_damage(killed):
    folder, _ = killed
    flip(folder.path / f"{CODE}.db-wal", 17)
    with pytest.raises(Damaged):
        folder.open(CODE)


def test_a_last_transaction_that_was_cut_short_was_never_acknowledged(killed):
    folder, sizes = killed
    log = folder.path / f"{CODE}.db-wal"
    log.write_bytes(log.read_bytes()[: sizes[-1] - FRAME // 2])
    assert [each.seq for each in folder.open(CODE).read()] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "change",
    [
        "update events set data = replace(data, 'Bonjour', 'Bonsoir') where seq = 3",
        "update events set actor = 'g' where seq = 3",
        "update events set at = at + 1 where seq = 3",
        "update operations set op = 'other' where seq = 3",
        "update operations set seq = 9 where seq = 3",
        "update operations set seq = -3 where seq = 3",
    ],
)
def test_a_row_that_is_not_as_it_was_written_is_damage(killed, change):
    folder, _ = killed
    with closing(sqlite3.connect(folder.path / f"{CODE}.db")) as db:
        db.execute(change)
        db.commit()
    journal = folder.open(CODE)
    with pytest.raises(Damaged):
        list(journal.read()) + list(journal.operations())


def test_a_journal_of_before_the_sums_is_read_and_gets_them(tmp_path):
    folder = JournalFolder(tmp_path)
    path = folder.path / f"{CODE}.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(Database(connection), stop_before="m002_sums")
        values = (1, "head1", 1_001, "facilitator", "f", "announcement.made", 1, '{"text":"Bonjour"}')
        connection.execute("insert into events values (?,?,?,?,?,?,?,?)", values)
        connection.execute("insert into operations values ('f', 'op1', 1)")
    beside = JournalFolder(tmp_path, read_only=True).open(CODE)
    assert list(beside.read()) == [recorded(1)]
    assert list(beside.operations()) == [operation(1)]
    beside.close()
    journal = folder.open(CODE)
    journal.append([recorded(2)], [operation(2)], after=1)
    assert list(journal.read()) == [recorded(1), recorded(2)]
    assert list(journal.operations()) == [operation(1), operation(2)]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from events where sum = 0").fetchone() == (0,)
