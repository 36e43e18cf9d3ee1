"""The kept state of a long journal: believed only when it is ours and of this very journal."""

import sqlite3
from pathlib import Path

import pytest

from atelier.domain import commands as c
from atelier.domain.values import Phase
from atelier.journal.folder import JournalFolder
from atelier.journal.sqlite import SqliteJournal
from atelier.service import state_cache as kept
from atelier.service.service import HOST, ErasureUnfinished, Service, StorageFailed
from atelier.service.state_cache import StateCache
from atelier.service.workshop import OpenWorkshop
from tests.support.setups import a_setup

SECRET = b"s" * 32
NOW = 1_782_345_600_000


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "EVERY", 5)
    monkeypatch.setattr("atelier.service.workshop.LATE_READER_FACTS", 3)


def opened(folder: Path, secret: bytes = SECRET) -> Service:
    journals = JournalFolder(folder)
    return Service(journals, lambda: NOW, snapshots=StateCache(journals, secret))


def written(folder: Path) -> tuple[str, Service]:
    service = opened(folder)
    code = service.create(a_setup(), "key", lambda _: "hash")
    service.handle(code, c.OpenPhase(phase=Phase.ARTICULATIONS), HOST, "op-open")
    for n in range(12):
        service.handle(code, c.Announce(text=f"Encore {n} minutes"), HOST, f"op-{n}")
    service.close()
    return code, service


def file_of(folder: Path, code: str) -> Path:
    return folder / f"{code}.etat"


def in_full(folder: Path, code: str) -> object:
    return Service(JournalFolder(folder, read_only=True)).read(code)


def test_a_long_journal_opens_as_if_it_had_been_replayed(tmp_path: Path) -> None:
    code, _ = written(tmp_path)
    assert file_of(tmp_path, code).exists()
    service = opened(tmp_path)
    assert service.read(code) == in_full(tmp_path, code)
    assert service.accepted(code, HOST, "op-open")
    assert not service.accepted(code, HOST, "op-never")
    service.close()


def test_a_repeat_of_an_old_operation_changes_nothing(tmp_path: Path) -> None:
    code, _ = written(tmp_path)
    service = opened(tmp_path)
    before = service.read(code)
    first = next(each for each in service.history(code) if "0 minutes" in str(each.fact.event))
    again = service.handle(code, c.Announce(text="Encore 0 minutes"), HOST, "op-0")
    assert (again.seq, again.head) == (first.seq, first.head)
    assert service.read(code) == before
    service.close()


def test_an_old_position_is_known_and_gets_everything(tmp_path: Path) -> None:
    code, _ = written(tmp_path)
    service = opened(tmp_path)
    second = list(service.history(code))[1]
    assert service.knows(code, second.seq, second.head)
    assert service.since(code, second.seq, second.head) is None
    assert not service.knows(code, second.seq, "another")
    last = service.read(code).position
    assert service.since(code, last.seq, last.head) == ()
    service.close()


@pytest.mark.parametrize("harm", ["flipped", "cut", "signed by another server"])
def test_what_is_not_ours_is_not_believed(tmp_path: Path, harm: str) -> None:
    code, _ = written(tmp_path)
    path = file_of(tmp_path, code)
    body = path.read_bytes()
    if harm == "flipped":
        path.write_bytes(body[:-9] + bytes([body[-9] ^ 1]) + body[-8:])
    if harm == "cut":
        path.write_bytes(body[: len(body) // 2])
    secret = b"t" * 32 if harm == "signed by another server" else SECRET
    journals = JournalFolder(tmp_path)
    assert StateCache(journals, secret).load(code, journals.open(code)) is None
    service = opened(tmp_path, secret)
    assert service.read(code) == in_full(tmp_path, code)
    service.close()


def test_a_state_that_another_journal_had_is_not_believed(tmp_path: Path) -> None:
    code, _ = written(tmp_path)
    journals = JournalFolder(tmp_path)
    (tmp_path / "apart").mkdir()
    other = JournalFolder(tmp_path / "apart").create(code)
    assert StateCache(journals, SECRET).load(code, other) is None
    other.close()


def test_it_goes_with_the_workshop(tmp_path: Path) -> None:
    code, _ = written(tmp_path)
    service = opened(tmp_path)
    service.erase(code)
    service.close()
    assert not file_of(tmp_path, code).exists()


def test_a_state_that_cannot_be_kept_stops_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("pickle.dumps", refused)
    code, _ = written(tmp_path)
    assert not file_of(tmp_path, code).exists()
    service = opened(tmp_path)
    assert service.read(code).state.announcement == "Encore 11 minutes"
    service.close()


def test_what_was_erased_meanwhile_leaves_no_state(tmp_path: Path) -> None:
    code, _ = written(tmp_path)
    journals = JournalFolder(tmp_path)
    room = OpenWorkshop.replayed(code, journals.open(code))
    room.close()
    journals.discard(code)
    StateCache(journals, SECRET).keep(room)
    assert list(tmp_path.glob(f"{code}*")) == []


def test_a_journal_that_cannot_be_looked_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _ = written(tmp_path)
    service = opened(tmp_path)
    position = service.read(code).position

    def refused(_: Path) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    service._room(code).journal.close()
    monkeypatch.setattr("atelier.journal.sqlite.to_read", refused)
    with pytest.raises(StorageFailed):
        service.knows(code, 1, "head")
    with pytest.raises(StorageFailed):
        service.handle(code, c.Announce(text="Encore une minute"), HOST, "op-new")
    assert service.read(code).position == position


def test_an_erasure_the_disk_refused_is_done_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = opened(tmp_path)
    code = service.create(a_setup(), "key", lambda _: "hash")
    service.handle(code, c.Announce(text="Une annonce d’essai"), HOST, "op-words")
    monkeypatch.setattr(SqliteJournal, "rewrite", refusing)
    with pytest.raises(ErasureUnfinished):
        service.handle(code, c.ResetWorkshop(), HOST, "op-reset")
    for n in range(12):
        service.handle(code, c.Announce(text=f"Encore {n} minutes"), HOST, f"op-{n}")
    assert not file_of(tmp_path, code).exists()
    with pytest.raises(ErasureUnfinished):  # asked again, it is not done either
        service.handle(code, c.ResetWorkshop(), HOST, "op-reset")
    service.close()
    assert "Une annonce d’essai".encode() in (tmp_path / f"{code}.db").read_bytes()
    monkeypatch.undo()
    again = opened(tmp_path)
    assert again.read(code) == in_full(tmp_path, code)
    again.close()
    assert all("Une annonce d’essai".encode() not in path.read_bytes() for path in tmp_path.glob(f"{code}*"))


def test_an_erasure_the_disk_refused_is_done_with_a_later_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = opened(tmp_path)
    code = service.create(a_setup(), "key", lambda _: "hash")
    service.handle(code, c.Announce(text="Une annonce d’essai"), HOST, "op-words")
    monkeypatch.setattr(SqliteJournal, "rewrite", refusing)
    with pytest.raises(ErasureUnfinished):
        service.handle(code, c.ResetWorkshop(), HOST, "op-reset")
    monkeypatch.undo()
    service.handle(code, c.Announce(text="Encore dix minutes"), HOST, "op-later")
    assert all("Une annonce d’essai".encode() not in path.read_bytes() for path in tmp_path.glob(f"{code}*"))
    service.close()


def refusing(*_: object) -> None:
    raise OSError("read-only")
