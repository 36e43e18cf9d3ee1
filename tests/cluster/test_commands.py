"""What is typed at a terminal, and the end of workshops, where workshops are in a database."""

import datetime as dt
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner

from atelier.access.operation_ids import new_op
from atelier.app import create_program
from atelier.cli import main
from atelier.config import BadConfig, Config, from_environment
from atelier.domain import commands as c
from atelier.journal.folder import JournalFolder
from atelier.journal.postgres.store import PostgresStore
from atelier.library.engines import NAME, FileEngine
from atelier.library.items import Kind
from atelier.library.library import Library
from atelier.retention.backup import copies_in, look_at
from atelier.retention.due_worker import ends, ends_beside
from atelier.retention.eraser import Eraser
from atelier.retention.erasure_log import WHOLE, Erasure, asked, noted
from atelier.retention.purge import Purge, put_back
from atelier.retention.shared_records import SharedRecords
from atelier.service import state_cache
from atelier.service.drafts import Draft
from atelier.service.service import HOST, Service
from tests.support.places import FakeClock
from tests.support.setups import a_setup
from tests.support.visitors import Browser
from tests.support.waiting import wait_until

NOTE = "Une note que personne n’a envoyée"
PHOTO = bytes(range(256)) * 40


@pytest.fixture
def typed(url, tmp_path, monkeypatch):
    """A function that runs a command, where workshops are in the database."""
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    monkeypatch.setenv("ATELIER_DATABASE_URL", url)
    return lambda *words, **options: CliRunner().invoke(main, words, **options)


@pytest.fixture
def node(url, tmp_path):
    """A function that makes the program, on the database or on the folder."""
    made = []

    def start(database=url):
        config = Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports", database_url=database)
        made.append(create_program(config))
        return made[-1]

    yield start
    for each in made:
        each.close()


def said(desk, code, text):
    desk.act(code, "announce", text=text)


def test_the_commands_beside_a_running_node(typed, node, store, tmp_path):
    desk = Browser(node().app)
    code = desk.prepare()
    said(desk, code, "Bienvenue")
    before = store.open(code).position()
    assert code in typed("list").output
    assert "Bienvenue" in typed("journal", code).output
    assert f"/animer/{code}?cle=" in typed("link", code).output
    assert typed("export", code, "--format", "md").exit_code == 0
    told = typed("backup", "--to", str(tmp_path / "copies"))
    assert (told.exit_code, code in told.output) == (0, True)
    (folder,) = (tmp_path / "copies").glob("sauvegarde-*")
    (copy,) = [look_at(path) for path in copies_in(folder)]
    assert (copy.position.seq, copy.state.announcement) == (before.seq + 1, "Bienvenue")
    assert "atelier copy --to-database" in typed("restore", str(folder)).output
    assert "Effacé" in typed("purge", code, "--yes").output
    assert list(store.codes()) == []
    wait_until(
        lambda: desk.client.get(f"/animer/{code}").status_code == 410, 30, "the node never heard of it"
    )
    assert Erasure(code, WHOLE) in asked(SharedRecords(store, tmp_path))
    assert "Aucun atelier dans la base de données" in typed("list").output
    assert not list((tmp_path / "sessions").glob("*.db"))


def test_a_workshop_goes_to_the_database_and_back_with_the_same_heads(
    typed, node, store, tmp_path, monkeypatch
):
    monkeypatch.setattr(state_cache, "EVERY", 1)
    first = node("")
    desk = Browser(first.app)
    code = desk.prepare()
    desk.act(code, "open-phase", phase="articulations")
    said(desk, code, "Bienvenue")
    context = first.app.extensions["atelier"]
    context.drafts.keep(code, "note-1-launch/text", Draft(NOTE, "desk", 1))
    page, _ = context.library.create(Kind.PAGE, {"n": 1}, now=1)
    first.close()
    assert "Dites dans quel sens" in typed("copy").output
    told = typed("copy", "--to-database")
    assert (told.exit_code, "Copiés : 1" in told.output) == (0, True)
    assert "Copiés : 1" in typed("copy", "--to-database", code).output  # again: it is there
    folder = JournalFolder(tmp_path / "sessions", read_only=True)
    assert held(store, code) == held(folder, code)
    assert store.cached_state(code)  # a long one opens at once

    second = node()
    desk = moved(desk, second.app)
    assert second.app.extensions["atelier"].drafts.of(code)["note-1-launch/text"].text == NOTE
    library = second.app.extensions["atelier"].library
    assert library.get(Kind.PAGE, page.id) == page
    later = library.revise(Kind.PAGE, page.id, {"n": 2}, based_on=1, now=2)
    assert "Bienvenue" in desk.client.get(f"/ecran/{code}").text
    said(desk, code, "Plus tard")
    assert "avec d’autres faits" in typed("copy", "--to-database").output
    second.close()
    folder.drop_snapshot(code)
    assert "Copiés : 1" in typed("copy", "--to-folder").output
    assert folder.cached_state(code)
    assert Library(FileEngine(tmp_path / "sessions" / NAME)).get(Kind.PAGE, page.id) == later
    assert held(store, code) == held(folder, code)
    desk = moved(desk, node("").app)
    assert "Plus tard" in desk.client.get(f"/ecran/{code}").text


def moved(desk, app):
    """The same browser, whose server is another."""
    there = Browser(app)
    there.client._cookies = desk.client._cookies
    return there


def held(store, code):
    """All that a journal holds."""
    journal = store.open(code)
    found = (
        journal.position(), list(journal.read()), sorted(journal.operations()), dict(journal.settings()),
        dict(journal.attachments()),
    )  # fmt: skip
    journal.close()
    return found


def test_who_was_erased_from_the_database_does_not_come_back_with_a_copy(typed, node, store, tmp_path):
    service = Service(JournalFolder(tmp_path / "sessions"))
    kept, gone = (service.create(today(a_setup()), "key", lambda _: "hash") for _ in range(2))
    service.close()
    records = SharedRecords(store, tmp_path)
    Eraser(Service(store), records).erase(gone)
    told = typed("copy", "--to-database")
    assert f"L’atelier {gone} est effacé" in told.output
    assert (told.exit_code, list(store.codes())) == (1, [kept])


def today(setup):
    day = dt.datetime.now(dt.UTC).date()
    return replace(setup, date=day.isoformat(), purge_on=(day + dt.timedelta(days=30)).isoformat())


def test_a_workshop_at_its_term_is_set_aside_then_erased_by_one_node(url, store, tmp_path):
    clock, records, gone = FakeClock(), SharedRecords(store, tmp_path), list[str]()
    service = Service(store, clock.now_ms)
    purge = Purge(Eraser(service, records), clock, gone.append, ends)
    last = clock.today() + dt.timedelta(days=20)
    setup = replace(a_setup(), date=clock.today().isoformat(), purge_on=last.isoformat())
    code = service.create(setup, "key", lambda _: "hash")
    assert ends_beside(url, last).soon == {code: last}
    with closing(PostgresStore(url)) as another, another.turn("purge") as ours:
        assert ours
        assert purge.look() == ([], [])  # another node is at it
    assert purge.look() == ([], [])
    days(purge, clock, 14)
    assert (gone, service.codes(), records.quarantine.codes()) == ([code], [], [code])
    assert put_back(records, code).code == code
    service.handle(code, c.Announce(text="Encore"), HOST, new_op())
    days(purge, clock, 2)
    assert records.quarantine.codes() == [code]
    days(purge, clock, 8)
    assert (records.quarantine.codes(), service.codes()) == ([], [])
    assert Erasure(code, WHOLE) in noted(records)
    assert asked(records) == set()
    assert store.rows("select * from atelier.events") == []


def days(purge, clock, number):
    for _ in range(number):
        clock.pass_by(days=1)
        purge.look()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("mysql://x", "doit ressembler"),
        ("postgresql://u:77motsecret@127.0.0.1:1/x", "ne peut pas être utilisée"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_in_french_without_its_password(
    typed, given, sentence, monkeypatch
):
    monkeypatch.setenv("ATELIER_DATABASE_URL", given)
    for command in ("list", "serve"):
        told = typed(command)
        assert told.exit_code == 1
        assert sentence in told.output
        assert "77motsecret" not in told.output


def test_without_its_package_the_database_is_refused(typed, monkeypatch):
    monkeypatch.setattr("atelier.config.find_spec", lambda _: None)
    with pytest.raises(BadConfig, match="demande un paquet de plus"):
        from_environment()
