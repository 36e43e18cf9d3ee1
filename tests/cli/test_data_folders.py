"""Where workshops are kept, what an earlier installation left, and that looking makes nothing."""

import errno
import json
import os

import pytest
from click.testing import CliRunner

from atelier import config
from atelier.cli import main, relocation
from atelier.config import Config, data_folders, from_environment, is_checkout
from atelier.journal.folder import JournalFolder
from atelier.retention.erasure_log import WHOLE, Erasure, note, noted
from atelier.service.service import Service
from tests.support.setups import a_setup

WORKSHOP_DAY = 1_782_345_600_000


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user without settings of their own."""
    for name in (
        "ATELIER_SESSIONS",
        "ATELIER_EXPORTS",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DOCUMENTS_DIR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Where the program would be if it were installed as a package."""
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.setattr(relocation, "CODE", site)
    return site


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    return lambda *words: CliRunner().invoke(main, words)


def a_workshop(folder):
    service = Service(JournalFolder(folder), clock=lambda: WORKSHOP_DAY)
    code = service.create(a_setup(), "key-1", lambda code: "hash")
    service.close()
    return code


def test_from_a_checkout_they_stay_where_they_are(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    assert is_checkout(tmp_path)
    assert data_folders(tmp_path) == (tmp_path / "sessions", tmp_path / "exports")
    assert is_checkout(config.CODE)


def test_installed_they_are_the_users(home, tmp_path):
    sessions, exports = data_folders(tmp_path / "site-packages")
    assert home in sessions.parents
    assert home in exports.parents
    assert tmp_path / "site-packages" not in {*sessions.parents, *exports.parents}


def test_who_names_a_folder_is_obeyed(home, monkeypatch, tmp_path):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "ici"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "là"))
    found = from_environment()
    assert (found.sessions, found.exports) == (tmp_path / "ici", tmp_path / "là")


@pytest.mark.parametrize(
    "words",
    [["list"], ["journal", "KTZ4MP"], ["export", "KTZ4MP"], ["purge"], ["backup"], ["link", "KTZ4MP"]],
)
def test_a_mistyped_folder_is_said_and_not_made(told, tmp_path, words):
    ended = told(*words)
    assert ended.exit_code == 1
    assert "n’existe pas" in ended.output
    assert "ATELIER_SESSIONS" in ended.output
    assert not (tmp_path / "sessions").exists()


def test_checking_makes_no_folder_either(told, tmp_path):
    told("check", "--port", "8999")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_said(told, tmp_path):
    (tmp_path / "sessions").touch()
    ended = told("list")
    assert (ended.exit_code, "n’est pas un dossier" in ended.output) == (1, True)


def test_nothing_is_left_behind_in_a_checkout(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    a_workshop(tmp_path / "sessions")
    assert relocation.left_behind(Config(sessions=tmp_path / "a", exports=tmp_path / "b"), tmp_path) == []


def test_what_was_left_is_moved_whole_with_its_secret_its_erasures_and_its_documents(told, site, tmp_path):
    code = a_workshop(site / "sessions")
    (site / "sessions" / ".secret").write_bytes(b"secret")
    note(site / "sessions", Erasure("ABC234", WHOLE))
    (site / "exports").mkdir()
    (site / "exports" / "atelier-x.pdf").write_bytes(b"%PDF-")
    assert "atelier move" in told("list").output
    moved = told("move")
    assert (moved.exit_code, str(tmp_path / "sessions") in moved.output) == (0, True)
    assert code in told("list").output
    assert (tmp_path / "sessions" / ".secret").read_bytes() == b"secret"
    assert noted(tmp_path / "sessions") == {Erasure("ABC234", WHOLE)}
    assert (tmp_path / "exports" / "atelier-x.pdf").exists()
    assert relocation.left_behind(from_environment()) == []
    assert "Rien à reprendre" in told("move").output


def test_what_is_there_already_is_never_replaced(told, site, tmp_path):
    here = a_workshop(tmp_path / "sessions")
    (tmp_path / "sessions" / ".secret").write_bytes(b"here")
    a_workshop(site / "sessions")
    (site / "sessions" / f"{here}.db").write_bytes(b"another")
    (site / "sessions" / f"{here}.db-wal").write_bytes(b"the log of another")
    (site / "sessions" / ".secret").write_bytes(b"there")
    before = (tmp_path / "sessions" / f"{here}.db").read_bytes()
    moved = told("move")
    assert moved.exit_code == 1
    assert f"{here}.db" in moved.output
    assert "atelier link" in moved.output
    assert (tmp_path / "sessions" / f"{here}.db").read_bytes() == before
    assert (site / "sessions" / f"{here}.db").read_bytes() == b"another"
    assert not (tmp_path / "sessions" / f"{here}.db-wal").exists()
    assert len(list((tmp_path / "sessions").glob("*.db"))) == 2


def test_erasures_of_both_places_are_kept(told, site, tmp_path):
    for folder, code in ((site / "sessions", "ABC234"), (tmp_path / "sessions", "DEF567")):
        folder.mkdir()
        note(folder, Erasure(code, WHOLE))
    told("move")
    assert noted(tmp_path / "sessions") == {Erasure("ABC234", WHOLE), Erasure("DEF567", WHOLE)}


def test_a_server_that_runs_there_stops_it(told, site, tmp_path):
    a_workshop(site / "sessions")
    folder = JournalFolder(site / "sessions")
    folder.hold()
    ended = told("move")
    folder.release()
    assert (ended.exit_code, "Un serveur de l’Atelier" in ended.output) == (1, True)


@pytest.mark.parametrize("fails", [False, True], ids=["done", "interrupted"])
def test_another_disk_gets_whole_files_or_none(told, site, tmp_path, monkeypatch, fails):
    code = a_workshop(site / "sessions")
    real = os.fsync

    rename = type(site).replace

    def other_disk(self, target):
        if self.parent == site / "sessions":
            raise OSError(errno.EXDEV, "…")
        return rename(self, target)

    def failing(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(site), "replace", other_disk)
    monkeypatch.setattr(os, "fsync", failing if fails else real)
    moved = told("move")
    monkeypatch.setattr(os, "fsync", real)
    there, here = site / "sessions" / f"{code}.db", tmp_path / "sessions" / f"{code}.db"
    assert (moved.exit_code, there.exists(), here.exists()) == (
        (1, True, False) if fails else (0, False, True)
    )
    told("move")
    assert json.loads(told("journal", code, "--json").output.splitlines()[0])["type"] == "workshop.prepared"


def test_what_waits_to_be_erased_waits_in_the_new_place(told, site, tmp_path):
    for place, code in ((site, "ABC234"), (site, "DEF567"), (tmp_path, "DEF567")):
        (place / "sessions" / "quarantaine" / code).mkdir(parents=True)
        (place / "sessions" / "quarantaine" / code / f"{code}.db").write_bytes(place.name.encode())
    moved = told("move")
    assert (moved.exit_code, "DEF567" in moved.output, "ABC234" in moved.output) == (1, True, False)
    here = tmp_path / "sessions" / "quarantaine"
    assert (here / "ABC234" / "ABC234.db").read_bytes() == site.name.encode()
    assert (here / "DEF567" / "DEF567.db").read_bytes() == tmp_path.name.encode()
    assert (site / "sessions" / "quarantaine" / "DEF567" / "DEF567.db").exists()
