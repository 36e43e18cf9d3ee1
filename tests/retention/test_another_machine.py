"""Backups taken to another machine: links and return codes work there, the secret was left out or encrypted."""

import datetime as dt
import hashlib
import hmac
import shutil
import sqlite3
from contextlib import closing

import pyrage  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner

from atelier.app import create_program
from atelier.cli import main
from atelier.config import Config
from atelier.journal.folder import JournalFolder
from atelier.limits import BACKUP_CONFIRM_S
from atelier.retention import schedule
from atelier.retention.backup import (
    BadKey,
    back_up,
    copies_in,
    identities_in,
    look_at,
    recipients_from,
    restore,
)
from atelier.retention.pruning import pruned
from atelier.service import state_cache
from tests.support.places import WORDS, FakeClock, Place
from tests.support.visitors import Browser

AT = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)


@pytest.fixture
def machine(tmp_path):
    made = []

    def start(name):
        config = Config(sessions=tmp_path / name / "sessions", exports=tmp_path / name / "exports")
        made.append(create_program(config))
        return made[-1]

    yield start
    for each in made:
        each.close()


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


def return_code(phone, code):
    return phone.page(f"/a/{code}").select_one(".you__back strong").get_text()


def links(desk, code):
    return [
        field["value"] for field in desk.page(f"/animer/{code}/pret").select(".ready__links input[readonly]")
    ]


def moved(tmp_path, old, name):
    """Back up the workshops of `old`, and put them back in the folder of a machine that never ran; return the copy."""
    copies, _ = back_up(old.storage.config.sessions, tmp_path / "copies", AT)
    (tmp_path / name / "sessions").mkdir(parents=True)
    restore(copies[0], tmp_path / name / "sessions")
    return copies[0].path.parent


@pytest.mark.slow
def test_links_and_return_codes_work_on_another_machine(tmp_path, machine):
    old = machine("old")
    desk, phone = Browser(old.app), Browser(old.app)
    code = desk.prepare()
    phone.join(code, name="Zoé")
    back, link = return_code(phone, code), links(desk, code)[0]
    folder = moved(tmp_path, old, "new")
    assert not (folder / ".secret").exists()
    new = machine("new")
    elsewhere, other = Browser(new.app), Browser(new.app)
    elsewhere.get("/" + link.split("/", 3)[3], status=303)
    page = elsewhere.page(f"/animer/{code}/pret")
    assert "il marche encore, mais ne peut pas être montré ici" in page.get_text()
    assert page.select(".ready__links input[readonly]") == []
    elsewhere.post(f"/animer/{code}/cles", {"holder": "facilitator"})
    assert len(links(elsewhere, code)) == 1
    other.get(f"/r/{code}")
    other.post(f"/r/{code}/retour", {"retour": back})
    assert "Zoé" in other.page(f"/a/{code}").get_text()


@pytest.mark.slow
def test_codes_known_before_they_lay_in_the_journal_go_on_working(tmp_path, machine):
    old = machine("old")
    desk, phone = Browser(old.app), Browser(old.app)
    code = desk.prepare()
    phone.join(code, name="Zoé")
    secret = (old.storage.config.sessions / ".secret").read_bytes()
    old.close()
    (tmp_path / "later" / "sessions").mkdir(parents=True)
    for name in (f"{code}.db", ".secret"):
        shutil.copy(old.storage.config.sessions / name, tmp_path / "later" / "sessions" / name)
    later = tmp_path / "later" / "sessions" / f"{code}.db"
    with closing(sqlite3.connect(later)) as journal, journal:  # as earlier versions left it
        journal.execute("drop table settings")
        journal.execute("delete from _sqlite_migrations where name = 'm003_settings'")
    person = next(iter(look_at(old.storage.config.sessions / f"{code}.db").state.people))
    digest = hmac.new(secret, f"retour:{code}:{person}".encode(), hashlib.sha256).digest()
    again = machine("later")
    shown = again.app.extensions["atelier"].return_codes(code).of(person)
    alphabet, number = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", int.from_bytes(digest[:8], "big")
    assert shown[0] == alphabet[number % len(alphabet)]
    moved(tmp_path, again, "new")
    other = Browser(machine("new").app)
    other.get(f"/r/{code}")
    other.post(f"/r/{code}/retour", {"retour": shown})
    assert "Zoé" in other.page(f"/a/{code}").get_text()


def test_an_encrypted_backup_shows_nothing_and_its_identity_opens_it(tmp_path, machine, key):
    old = machine("old")
    desk = Browser(old.app)
    code = desk.prepare(title="Un titre à cacher")
    recipients = recipients_from([str(key.to_public())])
    copies, damaged = back_up(old.storage.config.sessions, tmp_path / "copies", AT, recipients)
    folder = copies[0].path.parent
    assert damaged == []
    secret = (old.storage.config.sessions / ".secret").read_bytes()
    for path in folder.iterdir():
        assert "Un titre à cacher".encode() not in path.read_bytes()
        assert b"SQLite" not in path.read_bytes()
        assert secret not in path.read_bytes()
        assert oct(path.stat().st_mode)[-3:] == "600"
    assert sorted(path.suffix for path in folder.iterdir()) == [".age", ".age"]
    with pytest.raises(BadKey, match="--identity"):
        look_at(copies[0].path)
    with pytest.raises(BadKey, match="autre"):
        look_at(copies[0].path, [pyrage.x25519.Identity.generate()])
    assert look_at(copies[0].path, [key]).state.prepared.title == "Un titre à cacher"
    assert copies_in(folder, code) == [copies[0].path]


def test_the_command_line_encrypts_and_restores(tmp_path, machine, key, monkeypatch):
    old = machine("old")
    code = Browser(old.app).prepare()
    secret = (old.storage.config.sessions / ".secret").read_bytes()
    identity = tmp_path / "identity.txt"
    identity.write_text(f"# created: today\n{key}\n")
    assert len(identities_in(identity)) == 1

    def told(machine_name, *words):
        monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / machine_name / "sessions"))
        monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / machine_name / "exports"))
        return CliRunner().invoke(main, words)

    copies = str(tmp_path / "copies")
    assert "clé publique" in told("old", "backup", "--to", copies, "--recipient", "age1nonsense").output
    made = told("old", "backup", "--to", copies, "--recipient", str(key.to_public()))
    assert "Chiffré et relu" in made.output, made.output
    folder = made.output.split()[-1]
    (tmp_path / "new" / "sessions").mkdir(parents=True)
    monkeypatch.setattr(state_cache, "EVERY", 1)
    assert "--identity" in told("new", "restore", folder).output
    back = told("new", "restore", folder, "--identity", str(identity))
    assert "remis en place" in back.output, back.output
    there = JournalFolder(tmp_path / "new" / "sessions")
    with closing(there.open(code)) as journal:
        cached = state_cache.StateCache(there, secret).load(code, journal)  # a long one opens at once
    assert cached is not None
    assert (tmp_path / "new" / "sessions" / ".secret").read_bytes() == secret


@pytest.mark.parametrize("encrypted", [False, True])
def test_copies_are_deleted_at_their_term_never_because_of_a_date_alone(tmp_path, key, encrypted):
    place, copies = Place(tmp_path), tmp_path / "copies"
    place.workshop()
    recipients = recipients_from([str(key.to_public())]) if encrypted else ()
    (copy,), _ = back_up(place.sessions, copies, AT, recipients)
    place.service.close()
    clock = FakeClock()
    assert list(pruned(copies, clock)) == []
    clock.set_date(100)
    assert list(pruned(copies, clock)) == []  # a wrong date deletes nothing
    clock.set_date(-100)
    assert list(pruned(copies, clock)) == []
    clock.pass_by(days=82, hours=12)  # the day has begun in Tahiti too
    assert list(pruned(copies, clock)) == []
    clock.pass_by(days=7, hours=23)
    assert list(pruned(copies, clock)) == []
    clock.pass_by(hours=1)
    assert list(pruned(copies, clock)) == [copy.path]
    assert not copy.path.parent.exists()
    assert schedule.load(copies).age >= BACKUP_CONFIRM_S * 1000


def test_a_copy_of_a_busy_journal_is_one_file_that_opens_by_itself(tmp_path):
    place = Place(tmp_path)
    code = place.workshop()
    (copy,), _ = back_up(place.sessions, tmp_path / "copies", AT)
    place.service.close()
    assert [path.name for path in copy.path.parent.iterdir()] == [f"{code}.db"]
    with closing(sqlite3.connect(copy.path)) as opened:
        assert opened.execute("pragma integrity_check").fetchone() == ("ok",)
        assert opened.execute("pragma journal_mode").fetchone() == ("delete",)
    assert look_at(copy.path).state.announcement == WORDS
