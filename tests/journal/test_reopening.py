"""A file that could not be written when it was opened, or since, takes writing again by itself."""

import contextlib
import shutil
import sqlite3
import subprocess

import pytest

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.values import Actor, Role
from atelier.journal.connection import to_write
from atelier.journal.folder import JournalFolder
from atelier.journal.locks import FolderBusy
from atelier.journal.protocol import Damaged, Position, Recorded

CODE = "KTZ4MP"


def recorded(seq, head="head"):
    fact = Fact(event=e.AnnouncementMade(text="Bonjour"), by=Actor(Role.FACILITATOR, "f"), at=1_000 + seq)
    return Recorded(seq=seq, head=f"{head}{seq}", fact=fact)


@pytest.fixture
def disk(tmp_path):
    """A folder of journals on a disk of its own; `disk(True)` makes it read-only."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False, capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"no disk of our own here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def remount(place, rights):
    subprocess.run(["mount", "-o", f"remount,{rights}", place], check=True)


@pytest.fixture
def a_journal(disk):
    folder = JournalFolder(disk / "sessions")
    with contextlib.closing(folder.create(CODE)) as journal:
        journal.append([recorded(1)], [], after=0)
    return folder.path / f"{CODE}.db"


@pytest.fixture
def immutable(tmp_path):
    """A function that makes files immutable for everybody, root included, and lets them go at the end."""
    probe = tmp_path / "probe"
    probe.touch()
    if shutil.which("chattr") is None or subprocess.run(["chattr", "+i", probe], check=False).returncode:
        pytest.skip("files cannot be made immutable here")
    held = [probe]

    def make(path, on=True):
        subprocess.run(["chattr", "+i" if on else "-i", path], check=True)
        held.append(path)

    yield make
    for path in held:
        subprocess.run(["chattr", "-i", path], check=True)


def refuses(journal, after=1):
    with pytest.raises(OSError) as refused:  # noqa: PT011 - its errno is looked at
        journal.append([recorded(after + 1)], [], after=after)
    return refused.value.errno


def test_a_file_that_was_immutable_when_it_was_opened(tmp_path, immutable):
    folder = JournalFolder(tmp_path / "sessions")
    folder.create(CODE).close()
    path = folder.path / f"{CODE}.db"
    immutable(path)
    with contextlib.closing(folder.open(CODE)) as journal:
        assert {refuses(journal, 0), refuses(journal, 0)} <= {13, 1}
        assert journal.position().seq == 0
        immutable(path, on=False)
        journal.append([recorded(1)], [], after=0)
        assert journal.head_at(1) == "head1"


@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed"])
def test_a_disk_that_was_read_only_when_it_was_opened(disk, a_journal, killed):
    folder = JournalFolder(a_journal.parent)
    if killed:
        leave_a_log(a_journal)
    remount(disk, "ro")
    with contextlib.closing(folder.open(CODE)) as journal:
        at = journal.position()
        assert [each.seq for each in journal.read()] == list(range(1, at.seq + 1))
        assert journal.head_at(1) == "head1"
        assert {refuses(journal, at.seq), refuses(journal, at.seq)} == {30}
        remount(disk, "rw")
        journal.append([recorded(at.seq + 1)], [], after=at.seq)
        assert journal.head_at(at.seq + 1) == f"head{at.seq + 1}"


def leave_a_log(path):
    """What a server leaves that was killed: a write-ahead log that nobody folded back."""
    copy = path.with_name("copy")
    with contextlib.closing(JournalFolder(path.parent).open(CODE)) as journal:
        journal.append([recorded(2)], [], after=1)
        copy.mkdir()
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{suffix}", copy / f"{path.name}{suffix}")
    for suffix in ("", "-wal", "-shm"):
        shutil.move(copy / f"{path.name}{suffix}", f"{path}{suffix}")
    copy.rmdir()


def test_a_file_that_was_replaced_while_nothing_could_be_written_takes_nothing(disk, a_journal):
    folder = JournalFolder(a_journal.parent)
    remount(disk, "ro")
    with contextlib.closing(folder.open(CODE)) as journal:
        refuses(journal)
        remount(disk, "rw")
        other = JournalFolder(disk / "other")
        with contextlib.closing(other.create(CODE)) as another:
            another.append([recorded(1, "another")], [], after=0)
        (other.path / a_journal.name).replace(a_journal)
        for _ in range(2):
            with pytest.raises(Damaged):
                journal.append([recorded(2)], [], after=1)


def test_a_refused_act_opens_nothing_while_the_cause_is_there(tmp_path, immutable, monkeypatch):
    folder = JournalFolder(tmp_path / "sessions")
    folder.create(CODE).close()
    path = folder.path / f"{CODE}.db"
    immutable(path)
    opened = []

    def counted(path):
        opened.append(path)
        return to_write(path)

    monkeypatch.setattr("atelier.journal.sqlite.to_write", counted)
    with contextlib.closing(folder.open(CODE)) as journal:
        for _ in range(20):
            refuses(journal, 0)
    assert len(opened) == 1


def test_a_folder_that_took_no_lock_is_written_by_one_server_only(disk, a_journal):
    (a_journal.parent / ".serveur.lock").unlink(missing_ok=True)
    first, second = (JournalFolder(a_journal.parent) for _ in range(2))
    remount(disk, "ro")
    for folder in (first, second):
        with pytest.raises(OSError):  # noqa: PT011
            folder.hold()
    with contextlib.closing(first.open(CODE)) as ours, contextlib.closing(second.open(CODE)) as theirs:
        remount(disk, "rw")
        ours.append([recorded(2)], [], after=1)
        assert refuses(theirs) == 16
        with pytest.raises(OSError):  # noqa: PT011
            second.create("ABC234")
        with pytest.raises(FolderBusy):
            JournalFolder(a_journal.parent).hold()
        first.release()
        with pytest.raises(Damaged):  # the first one wrote meanwhile
            theirs.append([recorded(2)], [], after=1)
    assert Position(2, "head2") == JournalFolder(a_journal.parent).open(CODE).position()


def test_a_folder_that_is_only_looked_at_is_not_made(tmp_path):
    folder = JournalFolder(tmp_path / "misspelt", read_only=True)
    assert list(folder.codes()) == []
    assert not folder.path.exists()


def test_a_full_disk_is_told_from_a_wrong_right(tmp_path):
    from atelier.runtime.storage import refused

    def because(name):
        error = sqlite3.OperationalError("…")
        error.sqlite_errorcode = getattr(sqlite3, name)
        return refused(tmp_path / "x.db", error).errno

    assert (because("SQLITE_FULL"), because("SQLITE_PERM"), because("SQLITE_READONLY")) == (28, 13, 30)
