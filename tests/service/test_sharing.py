"""Several processes on one folder: a workshop is written by one of them, and can change hands."""

import threading

import pytest

from atelier.config import BadConfig, from_environment, secret_of
from atelier.domain import commands as c
from atelier.domain.values import Actor, Role
from atelier.journal.folder import JournalFolder
from atelier.journal.locks import FolderBusy
from atelier.retention.eraser import Eraser
from atelier.retention.erasure_log import noted
from atelier.retention.records import FolderRecords
from atelier.runtime import control
from atelier.service.service import Elsewhere, Service
from tests.support.setups import a_setup

NOW = 1_782_345_600_000
FACILITATOR = Actor(Role.FACILITATOR, "key-1")


@pytest.fixture
def sharing(tmp_path):
    pytest.importorskip("fcntl")
    services = [Service(JournalFolder(tmp_path, shared=True), clock=lambda: NOW) for _ in range(2)]
    yield services
    for service in services:
        service.close()


def a_workshop(service):
    return service.create(a_setup(), "key-1", lambda code: f"hash of {code}")


def announce(service, code, text):
    return service.handle(code, c.Announce(text=text), FACILITATOR, f"operation {text}")


def test_what_one_process_prepared_another_opens(sharing):
    here, there = sharing
    code = a_workshop(here)
    announce(there, code, "Bonjour")
    with pytest.raises(Elsewhere):
        announce(here, code, "Trop tard")
    assert there.read(code).position.seq == here.look(code).position.seq


def test_looking_claims_nothing(sharing):
    here, there = sharing
    code = a_workshop(here)
    assert here.look(code).state.setup is not None
    assert not here.refresh(code, here.look(code).position)
    announce(there, code, "Bonjour")
    assert here.look(code).state.announcement == "Bonjour"


def test_a_workshop_that_is_let_go_can_be_opened_elsewhere_and_taken_back(sharing):
    here, there = sharing
    code = a_workshop(here)
    announce(here, code, "Un")
    with here.visit(code):
        announce(here, code, "Deux")
    with pytest.raises(Elsewhere):  # it was open before the visit: it stays
        there.read(code)
    assert here.release(code)
    with there.visit(code):
        announce(there, code, "Trois")
    announce(here, code, "Quatre")
    assert [each.seq for each in here.history(code)] == list(range(1, 7))


def test_acts_that_meet_a_release_are_all_written(sharing):
    here, _ = sharing
    code = a_workshop(here)
    writers = [threading.Thread(target=announce, args=(here, code, f"n° {n}")) for n in range(60)]
    for n, writer in enumerate(writers):
        writer.start()
        if n % 5 == 0:
            here.release(code)
    for writer in writers:
        writer.join()
    said = [fact.fact.event for fact in here.history(code)][2:]
    assert sorted(event.text for event in said) == sorted(f"n° {n}" for n in range(60))


def test_a_workshop_is_erased_by_the_process_that_has_it(sharing, tmp_path):
    here, there = sharing
    code, idle = a_workshop(here), a_workshop(here)
    announce(there, code, "Bonjour")
    eraser = Eraser(here, FolderRecords(tmp_path, tmp_path))
    with pytest.raises(Elsewhere):
        eraser.erase(code)
    eraser.erase(idle)
    assert {each.code for each in noted(tmp_path)} == {idle}
    Eraser(there, FolderRecords(tmp_path, tmp_path)).erase(code)
    assert list(tmp_path.glob("*.db*")) == []
    assert list(tmp_path.glob("??????.*")) == []


def test_one_server_alone_and_those_that_share_keep_each_other_out(tmp_path):
    pytest.importorskip("fcntl")
    shared = [JournalFolder(tmp_path, shared=True) for _ in range(2)]
    for folder in shared:
        folder.hold()
    with pytest.raises(FolderBusy):
        JournalFolder(tmp_path).hold()
    for folder in shared:
        folder.release()
    alone = JournalFolder(tmp_path)
    alone.hold()
    with pytest.raises(FolderBusy):
        shared[0].hold()
    alone.release()


def test_processes_that_start_together_find_one_secret(tmp_path):
    found: list[bytes] = []
    starting = [threading.Thread(target=lambda: found.append(secret_of(tmp_path))) for _ in range(8)]
    for each in starting:
        each.start()
    for each in starting:
        each.join()
    assert len(set(found)) == 1
    assert len(found[0]) == 32


def test_each_process_has_its_own_endpoint(tmp_path):
    control.publish(tmp_path, 1, control.new_token())
    control.publish(tmp_path, 2, control.new_token())
    control.unpublish(tmp_path, 1)
    assert [path.name for path in tmp_path.glob(control.NAMES)] == [".serveur-2.json"]


def test_sharing_asks_for_a_public_address(monkeypatch):
    monkeypatch.setenv("ATELIER_BEHIND_NGINX", "oui")
    with pytest.raises(BadConfig, match="ATELIER_PUBLIC_URL"):
        from_environment()
