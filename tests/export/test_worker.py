"""The worker fetches nothing but our files; a PDF is whole or absent; at most two at once."""

import contextlib
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from atelier.export import pdf as exporting
from atelier.export import progress
from atelier.export.api import export_pdf, file_name
from atelier.export.failures import SENTENCES, ExportFailed
from atelier.export.names import readable, stored
from atelier.export.printing import STATIC, ForbiddenAddress, own_files
from atelier.export.report import build
from tests.support import printed_rooms as rooms
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

REPORT = build(rooms.CODE, rooms.full_room(), rooms.DOCTRINE, rooms.AT, "groupe-1", "a4")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        f"file://{STATIC}/../config.py",
        f"file://{STATIC}/css/../../../pyproject.toml",
        f"file://hote{STATIC}/css/print/page.css",
        f"file://{STATIC}/js/live/start.js",
        "http://exemple.invalid/x.css",
        "https://exemple.invalid/x.svg",
        "ftp://exemple.invalid/x.svg",
        "data:image/svg+xml,<svg/>",
        "",
    ],
)
def test_nothing_is_fetched_but_our_files(url: str):
    with pytest.raises(ForbiddenAddress):
        own_files(url)


def test_our_files_are_given():
    assert own_files((STATIC / "css" / "print" / "page.css").as_uri()).read().startswith(b"/*")


def test_names_of_files_are_made_by_us():
    state = rooms.full_room()
    assert (
        file_name(state, "groupe-1", "a3") == "2026-06-25_Saint-Die-des-Vosges_articulation_groupe-1-a3.pdf"
    )
    val = replace(state, setup=replace(state.prepared, place="Val de Briey"))
    assert file_name(val, "groupe-1", "a4") == "2026-06-25_Val-de-Briey_articulation_groupe-1.pdf"
    hostile = replace(state.prepared, place="../../œufs : CON\r\n%00")
    assert readable(hostile, "x.pdf") == "2026-06-25_oeufs-CON-00_articulation_x.pdf"
    assert stored("KTZ4MP", readable(hostile, "x.pdf")).startswith("atelier-KTZ4MP-2026-06-25_oeufs-CON")
    assert (
        readable(replace(state.prepared, place="永", territory=""), "x.pdf")
        == "2026-06-25_articulation_x.pdf"
    )


def test_an_unknown_document_is_told(tmp_path: Path):
    with pytest.raises(ExportFailed) as failed:
        export_pdf(rooms.CODE, rooms.full_room(), rooms.DOCTRINE, rooms.AT, "groupe-9", "a3", tmp_path)
    assert failed.value.code == "unknown-document"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sentence", SENTENCES.values())
def test_every_failure_has_a_sentence(sentence: str):
    assert sentence.endswith(".")


@pytest.mark.slow
def test_too_long_is_stopped_and_leaves_nothing(tmp_path: Path):
    with pytest.raises(ExportFailed) as failed:
        exporting.make_pdf(REPORT, tmp_path / "x.pdf", timeout_s=0.2)
    assert failed.value.code == "too-long"
    assert list(tmp_path.iterdir()) == []


def fake_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Let a shell script stand for Python in the worker's command."""
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(fake))


@pytest.mark.parametrize(
    ("status", "code"), [(3, "pango"), (4, "disk"), (5, "memory"), (1, "failed"), (137, "failed")]
)
def test_a_worker_that_fails_says_why(status, code, monkeypatch, tmp_path):
    fake_worker(monkeypatch, tmp_path, f"cat >/dev/null; echo 'ce qui manque' >&2; exit {status}")
    with pytest.raises(ExportFailed) as failed:
        exporting.make_pdf(REPORT, tmp_path / "out" / "x.pdf")
    assert (failed.value.code, "ce qui manque" in failed.value.detail) == (code, True)
    assert list((tmp_path / "out").iterdir()) == []


def test_the_worker_gets_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("ATELIER_CREATE_KEY", "mot-de-passe")
    fake_worker(monkeypatch, tmp_path, f"cat >/dev/null; env > {tmp_path}/env; exit 1")
    with pytest.raises(ExportFailed):
        exporting.make_pdf(REPORT, tmp_path / "x.pdf")
    assert "mot-de-passe" not in (tmp_path / "env").read_text()


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root writes everywhere")
def test_a_protected_folder_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ExportFailed) as failed:
        exporting.make_pdf(REPORT, tmp_path / "x" / "x.pdf")
    assert failed.value.code == "disk"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "exports").write_text("")
    with pytest.raises(ExportFailed) as failed:
        exporting.make_pdf(REPORT, tmp_path / "exports" / "x.pdf")
    assert failed.value.code == "disk"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_the_workers_fourth_exit():
    import json

    report = json.dumps(REPORT.as_json()).encode()
    command = [sys.executable, "-m", "atelier.export.worker", "/dev/full"]
    assert subprocess.run(command, input=report, check=False, capture_output=True).returncode == 4


def test_at_most_two_at_once(monkeypatch, tmp_path):
    running, peak, lock = 0, 0, threading.Lock()

    def slow(report, output, *_):
        nonlocal running, peak
        with lock:
            running += 1
            peak = max(peak, running)
        time.sleep(0.05)
        with lock:
            running -= 1
        return output

    monkeypatch.setattr(exporting, "_written", slow)
    threads = [threading.Thread(target=exporting.make_pdf, args=(REPORT, tmp_path / "x")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert peak == 2


def test_whoever_waits_too_long_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(exporting, "PDF_TURN_S", 0.01)
    monkeypatch.setattr(exporting, "_turns", threading.BoundedSemaphore(1))
    exporting._turns.acquire()
    with pytest.raises(ExportFailed) as failed:
        exporting.make_pdf(REPORT, tmp_path / "x.pdf")
    assert failed.value.code == "busy"


def before(ticket):
    found = progress.standing(ticket)
    return found.before if found else None


def test_who_waits_is_told_how_many_are_before_them(monkeypatch, tmp_path):
    turns = threading.BoundedSemaphore(1)
    monkeypatch.setattr(exporting, "_turns", turns)
    release = threading.Event()

    def held(report, output, timeout_s, unwanted, place):
        place.file = tmp_path / ".x.part"
        progress.count(place.file, 3, 14)
        release.wait(120)
        return output

    monkeypatch.setattr(exporting, "_written", held)
    threads = []
    for ticket in ("premier", "deuxieme", "troisieme"):
        threads.append(
            threading.Thread(
                target=exporting.make_pdf, args=(REPORT, tmp_path / "x"), kwargs={"ticket": ticket}
            )
        )
        threads[-1].start()
        assert until(lambda ticket=ticket: progress.standing(ticket), 120)
        assert until(lambda: before("premier") == -1, 120)
    assert progress.standing("premier") == progress.Standing(-1, 3, 14)
    assert [before(each) for each in ("deuxieme", "troisieme")] == [0, 1]
    assert progress.standing("") is None
    release.set()
    for thread in threads:
        thread.join(120)
    assert [progress.standing(each) for each in ("premier", "troisieme")] == [None, None]


def test_who_is_gone_gives_the_turn_to_the_next(monkeypatch, tmp_path):
    fake_worker(monkeypatch, tmp_path, "exec sleep 600")
    start = time.monotonic()
    with pytest.raises(ExportFailed) as failed:
        exporting.make_pdf(REPORT, tmp_path / "out" / "x.pdf", unwanted=lambda: True)
    assert failed.value.code == "unwanted"
    assert time.monotonic() - start < 300, "half of what the worker would have taken"
    assert list((tmp_path / "out").iterdir()) == []
    monkeypatch.setattr(exporting, "_turns", threading.BoundedSemaphore(1))
    exporting._turns.acquire()
    with pytest.raises(ExportFailed):
        exporting.make_pdf(REPORT, tmp_path / "x.pdf", unwanted=lambda: True)


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="Linux only")
@pytest.mark.parametrize(("load", "policy"), [(0.5, "SCHED_IDLE"), (2.5, "SCHED_OTHER")])
def test_the_worker_yields_to_everybody_from_its_start_but_does_not_starve(
    load: float, policy: str, monkeypatch, tmp_path
):
    monkeypatch.setattr(os, "getloadavg", lambda: (load * (os.cpu_count() or 1), 0.0, 0.0))
    fake_worker(monkeypatch, tmp_path, f"cat >/dev/null; cat /proc/$$/stat > {tmp_path}/stat; exit 1")
    with pytest.raises(ExportFailed):
        exporting.make_pdf(REPORT, tmp_path / "x.pdf")
    fields = (tmp_path / "stat").read_text().rpartition(")")[2].split()
    assert (int(fields[16]), int(fields[38])) == (19, getattr(os, policy))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="no /proc here")
def test_a_browser_that_hangs_up_ends_its_pdf(tmp_path):
    server = RunningServer(tmp_path).start()
    try:
        desk = Browser(server.base)
        code = desk.post("/preparer", {})[1].split("/")[2]
        cookies = "; ".join(f"{name}={value}" for name, value in desk.cookies.items())
        with socket.create_connection(("localhost", server.port)) as asking:
            asking.sendall(
                f"POST /exports/{code} HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: {server.base}\r\n"
                f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 19\r\n\r\nwhat=whole&paper=a3".encode()
            )
            assert until(lambda: workers(server.pid))
            time.sleep(0.6)  # it was looked at twice
            assert workers(server.pid)
        assert until(lambda: not workers(server.pid))
        assert until(lambda: not list((tmp_path / "exports").iterdir()))
    finally:
        server.stop()


def until(true, patience_s=120):
    end = time.monotonic() + patience_s
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def workers(server):
    """The processes that this server started and that are not over."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = each.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == server and state != "Z":
                found.append(each.parent.name)
    return found
