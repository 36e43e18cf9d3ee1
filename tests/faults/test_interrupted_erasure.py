"""An erasure killed at any system call is completed at the next start; « c’est effacé » is said only when it is.

A process that holds the workshop is forked, traced, told to erase, and killed at its Nth call that touches a file.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from atelier.domain import commands as c
from atelier.retention import erasure_log
from atelier.retention.backup import look_at, restore
from atelier.service.service import HOST, ErasureUnfinished, StorageFailed
from tests.faults.tracing import require_strace
from tests.support.places import WORDS, Place

pytestmark = pytest.mark.slow

NAME, WHO = "Zénobie", "zenobie-1"
CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename"
ATTACHED_S = 20
MANY = 400


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> tuple[Path, str]:
    """Return a folder with a workshop, a document, and an older journal that a copy had replaced."""
    folder = tmp_path_factory.mktemp("prepared")
    place = Place(folder)
    code = place.workshop()
    place.join(code, WHO, NAME)
    place.service.close()
    older = look_at(place.sessions / f"{code}.db")
    place.start()
    place.say(code, "Encore")
    place.service.close()
    restore(older, place.sessions, force=True)
    (place.exports / f"atelier-{code}-ensemble-a3.pdf").write_bytes(NAME.encode())
    assert len(place.holding(NAME)) == 3
    return folder, code


def erase_participant(place: Place, code: str) -> None:
    place.service.handle(code, c.EraseParticipant(participant=WHO), HOST, "op-erase-participant")


def erase_workshop(place: Place, code: str) -> None:
    place.eraser.erase(code)


def killed_at(n: int, folder: Path, code: str, erase: Callable[[Place, str], None]) -> tuple[bool, bool]:
    """Erase in a process that is killed at its Nth call; return whether it said that it was done, and was killed."""
    go, told = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            place = Place(folder)
            place.service.read(code)
            os.write(told[1], b"r")
            os.read(go[0], 1)
            erase(place, code)
            os.write(told[1], b"d")
        os._exit(0)
    assert os.read(told[0], 1) == b"r"
    inject = f"inject={CALLS}:signal=SIGKILL:when={n}"
    trace = folder / "trace"
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", "-e", f"trace={CALLS}", "-e", inject, "-o", str(trace), "-p", str(child)]
    )
    deadline = time.monotonic() + ATTACHED_S
    while f"TracerPid:\t{tracer.pid}" not in Path(f"/proc/{child}/status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.write(go[1], b"g")
    _, status = os.waitpid(child, 0)
    tracer.wait()
    os.close(told[1])
    said = os.read(told[0], 1) == b"d"
    for descriptor in (told[0], *go):
        os.close(descriptor)
    trace.unlink(missing_ok=True)
    return said, os.waitstatus_to_exitcode(status) == -signal.SIGKILL


@pytest.mark.parametrize("erase", [erase_participant, erase_workshop])
def test_an_erasure_killed_anywhere_is_completed_at_the_next_start(prepared, tmp_path, erase):
    require_strace()
    original, code = prepared
    before = completed = 0
    for n in range(1, MANY):
        folder = tmp_path / str(n)
        shutil.copytree(original, folder)
        said, killed = killed_at(n, folder, code, erase)
        begun = bool(erasure_log.unfinished(folder / "sessions"))
        place = Place(folder)
        place.eraser.complete()
        if begun or said:
            assert place.holding(NAME) == [], (n, said)
            assert erasure_log.unfinished(place.sessions) == set()
            completed += killed
        elif not erasure_log.asked(place.sessions):
            assert place.service.read(code).state.people[WHO].name == NAME
            before += 1
        place.service.close()
        shutil.rmtree(folder)
        if not killed:
            assert said
            break
    print(f"{n - 1} kills: {before} before anything began, {completed} completed at the next start")
    assert completed > 5


def test_whoever_asks_is_told_that_it_is_done_only_when_it_is(prepared, tmp_path, monkeypatch):
    original, code = prepared
    shutil.copytree(original, tmp_path / "here")
    place = Place(tmp_path / "here")

    def refusing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(erasure_log, "note", refusing)
        with pytest.raises(ErasureUnfinished):
            erase_participant(place, code)
    with monkeypatch.context() as full:
        full.setattr("atelier.journal.sqlite.SqliteJournal.rewrite", refusing)
        with pytest.raises(ErasureUnfinished):
            place.service.handle(code, c.ResetWorkshop(), HOST, "op-reset-workshop")
    erase_participant(place, code)  # the same operation, sent again by whoever was told to
    assert place.holding(NAME) == []
    assert erasure_log.unfinished(place.sessions) == set()
    place.service.handle(code, c.ResetWorkshop(), HOST, "op-reset-workshop")
    assert place.holding(WORDS) == []
    place.service.close()


def test_an_erasure_that_could_not_be_noted_is_not_begun(prepared, tmp_path, monkeypatch):
    original, code = prepared
    shutil.copytree(original, tmp_path / "here")
    place = Place(tmp_path / "here")
    monkeypatch.setattr(erasure_log, "_write", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(StorageFailed):
        erase_participant(place, code)
    assert place.service.read(code).state.people[WHO].name == NAME
    place.service.close()


def test_the_log_is_derived_from_a_journal_whose_note_is_missing(prepared, tmp_path):
    original, code = prepared
    shutil.copytree(original, tmp_path / "here")
    place = Place(tmp_path / "here")
    older = look_at(place.sessions / f"{code}.db")
    erase_participant(place, code)
    place.service.close()
    (place.sessions / erasure_log.NAME).unlink()  # as a version that noted after the commit left it
    place.start()
    place.service.read(code)
    assert {each.participant for each in erasure_log.noted(place.sessions)} == {WHO}
    place.service.close()
    (place.sessions / erasure_log.NAME).unlink()
    restore(older, place.sessions, force=True)  # nobody opened it in between
    assert {each.participant for each in erasure_log.noted(place.sessions)} == {WHO}
