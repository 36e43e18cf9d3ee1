"""The one door, on real files: durable before it answers, once per operation, never half."""

import sqlite3
import threading
import time
from dataclasses import replace

import pytest

from atelier.domain import commands as c
from atelier.domain.refusals import Code, Refused
from atelier.domain.values import Actor, Phase, Role
from atelier.journal.folder import JournalFolder
from atelier.journal.sqlite import SqliteJournal
from atelier.service.service import HOST, Service, StorageFailed, UnknownWorkshop
from atelier.service.workshop import OpenWorkshop
from tests.support.setups import a_setup

NOW = 1_782_345_600_000
FACILITATOR = Actor(Role.FACILITATOR, "key-1")


@pytest.fixture
def service(tmp_path):
    service = Service(JournalFolder(tmp_path), clock=lambda: NOW)
    yield service
    service.close()


@pytest.fixture
def code(service):
    return service.create(a_setup(), "key-1", lambda code: f"hash of {code}")


def announce(text):
    return c.Announce(text=text)


def test_what_was_answered_is_there_for_the_next_server(service, code, tmp_path):
    service.handle(code, c.OpenPhase(phase=Phase.REMITS), FACILITATOR, "op-1")
    state = service.read(code).state
    service.close()
    again = Service(JournalFolder(tmp_path))
    assert again.read(code).state == state
    assert again.read(code).position == service.read(code).position
    again.close()


def test_a_repeat_gets_the_first_answer_and_adds_no_row(service, code):
    first = service.handle(code, announce("Bonjour"), FACILITATOR, "op-1")
    service.handle(code, announce("Autre"), FACILITATOR, "op-2")
    assert service.handle(code, announce("Bonjour"), FACILITATOR, "op-1") == first
    assert service.read(code).state.announcement == "Autre"


def test_a_repeat_is_recognised_after_a_restart(service, code, tmp_path):
    first = service.handle(code, announce("Bonjour"), FACILITATOR, "op-1")
    service.close()
    again = Service(JournalFolder(tmp_path))
    assert again.handle(code, announce("Bonjour"), FACILITATOR, "op-1") == first
    again.close()


def test_an_act_that_changes_nothing_is_still_an_accepted_operation(service, code):
    before = service.read(code).position
    assert service.handle(code, c.SetArmsDiscreet(on=False), FACILITATOR, "op-1") == before
    assert service.accepted(code, FACILITATOR, "op-1")


def test_a_refusal_is_not_remembered(service, code):
    with pytest.raises(Refused) as refused:
        service.handle(code, c.ResumeClock(), FACILITATOR, "op-1")
    assert refused.value.code is Code.CLOCK_NOT_PAUSED
    assert not service.accepted(code, FACILITATOR, "op-1")


def test_many_writers_at_once_lose_and_double_nothing(service, code):
    service.handle(code, c.OpenPhase(phase=Phase.ARTICULATIONS), FACILITATOR, "op-open")

    def post(writer):
        for n in range(25):
            command = c.PostInitiative(group=1, action="orienter", text=f"{writer}-{n}")
            service.handle(code, command, FACILITATOR, f"op-{writer}-{n}")

    threads = [threading.Thread(target=post, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = [one.text for one in service.read(code).state.group(1).lines["orienter"].initiatives.values()]
    assert sorted(texts) == sorted(f"{writer}-{n}" for writer in range(8) for n in range(25))
    for writer in range(8):
        own = [text for text in texts if text.startswith(f"{writer}-")]
        assert own == [f"{writer}-{n}" for n in range(25)]


def test_a_disk_that_refuses_is_told_nothing_is_shown_and_writing_resumes(service, code):
    room = service._room(code)
    append, broken = room.journal.append, sqlite3.OperationalError("database or disk is full")

    def refuse(*_):
        raise broken

    room.journal.append = refuse
    with pytest.raises(StorageFailed):
        service.handle(code, announce("Perdu ?"), FACILITATOR, "op-1")
    assert service.read(code).state.announcement == ""
    room.journal.append = append
    service.handle(code, announce("Non"), FACILITATOR, "op-1")
    assert service.read(code).state.announcement == "Non"


class Bell:
    """Notes what it hears of, slowly, and fails in the end."""

    def __init__(self):
        self.heard = []

    def ring(self, code, recorded):
        time.sleep(0.05)
        self.heard += [each.seq for each in recorded]
        raise RuntimeError("a reader's trouble")


def test_screens_hear_of_an_act_before_its_author_is_answered_whatever_becomes_of_them(service, code):
    bell = Bell()
    service.on_commit(bell)
    for n in range(2):
        answered = service.handle(code, announce(f"Annonce {n}"), FACILITATOR, f"op-{n}")
        assert bell.heard[-1] == answered.seq


def test_what_changed_since_a_position(service, code):
    before = service.read(code).position
    service.handle(code, announce("Bonjour"), FACILITATOR, "op-1")
    (recorded,) = service.since(code, before.seq, before.head)
    assert recorded.fact.event.text == "Bonjour"
    assert service.since(code, before.seq, "another head") is None
    assert service.since(code, 99, "") is None


def test_an_unknown_code_is_said_to_be_one(service):
    with pytest.raises(UnknownWorkshop):
        service.read("ABC234")


def test_a_refused_setup_leaves_no_file_behind(service, tmp_path):
    with pytest.raises(Refused):
        service.create(replace(a_setup(), title=" "), "k", lambda code: "h")
    assert not list(tmp_path.glob("*.db*"))


def test_a_journal_is_read_beside_a_server_that_goes_on_meanwhile(tmp_path, service, code):
    class Overtaken(SqliteJournal):
        """Between the facts and the operations, somebody acts."""

        def read(self, after=0):
            yield from super().read(after)
            service.handle(code, c.OpenPhase(phase=Phase.REMITS), HOST, "meanwhile")

    before = service.read(code).position
    reading = Overtaken(tmp_path / f"{code}.db", read_only=True)
    room = OpenWorkshop.replayed(code, reading)
    reading.close()
    assert room.committed.position == before
    assert not room.accepted(HOST, "meanwhile")
    assert service.read(code).position.seq > before.seq
