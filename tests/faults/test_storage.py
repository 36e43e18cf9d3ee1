"""A full disk, a file at its limit, a folder that takes nothing: nothing is acknowledged that is not written.

Reading goes on, and writing resumes by itself.
"""

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest

from atelier.export.failures import SENTENCES
from atelier.web.http.sentences import STORAGE_FAILED
from tests.faults.watching import reading_goes_on
from tests.support.ledger import faults, seated, settle
from tests.support.running import free_port
from tests.support.simulation.browser import Browser
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow

DISK = "3m"
RESUMES_S = 5.0
UNPRIVILEGED = ("setpriv", "--bounding-set=-all") if os.geteuid() == 0 else ()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 3 MB, or a reason why this machine gives none."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    made = subprocess.run(mount, check=False, capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no disk of our own here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder):
    """Leave not one byte free."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        size = 1 << 20
        while size:
            with contextlib.suppress(OSError):
                while filler.write(b"\0" * size) == size:
                    pass
            size //= 2


def told(authors):
    return [len(author.told) for author in authors]


def refused(author):
    return STORAGE_FAILED in author.failures()


def everybody_is_acknowledged_again(authors):
    before = told(authors)
    took = wait_until(
        lambda: all(now > was for now, was in zip(told(authors), before, strict=True)),
        RESUMES_S,
        "writing did not resume by itself",
    )
    print(f"writing resumed {took:.2f} s after the cause was gone")


def agreed(server, authors):
    """End, and compare what was acknowledged with the journals."""
    settle(authors)
    server.kill()
    assert faults(server.folder / "sessions", authors) == []


def test_a_full_disk(serving, small_disk):
    server = serving(small_disk)
    authors = seated(server, workshops=2, groups=2)
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    fill(small_disk)
    wait_until(lambda: all(map(refused, authors)), 10, "nobody was told that the disk is full")
    for author in authors:
        reading_goes_on(server, author.browser, author.code, author.group)
    (small_disk / "filler").unlink()
    everybody_is_acknowledged_again(authors)
    agreed(server, authors)


def test_a_server_that_starts_on_a_full_disk_can_be_read_and_writes_once_there_is_room(serving, small_disk):
    server = serving(small_disk)
    authors = seated(server, workshops=2, groups=1)
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    fill(small_disk)
    for stop in (server.kill, server.stop):
        stop()
        server.start()
        for author in authors:
            reading_goes_on(server, author.browser, author.code, author.group)
    desk = Browser(server.base)
    status, _, page = desk.post("/preparer", {})
    assert (status, STORAGE_FAILED in page) == (503, True)
    assert len(list((small_disk / "sessions").glob("*.db"))) == 2
    (small_disk / "filler").unlink()
    everybody_is_acknowledged_again(authors)
    assert desk.post("/preparer", {})[0] == 303
    agreed(server, authors)


def test_a_file_that_may_not_grow(server):
    """RLIMIT_FSIZE: the workshop whose log reaches the limit is told; its neighbour, whose log is short, goes on."""
    authors = seated(server, workshops=2, groups=2)
    busy = [author for author in authors if author.code == authors[0].code]
    quiet = [author for author in authors if author not in busy]
    settle(quiet)
    log = server.folder / "sessions" / f"{busy[0].code}.db-wal"
    short = server.folder / "sessions" / f"{quiet[0].code}.db-wal"
    wait_until(lambda: log.stat().st_size > 2 * short.stat().st_size, 20, "the log does not grow")
    limits = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (log.stat().st_size + 1_000, limits[1]))
    wait_until(lambda: all(map(refused, busy)), 10, "nobody was told")
    reading_goes_on(server, busy[0].browser, busy[0].code, busy[0].group)
    desk = quiet[0].browser
    assert desk.act(quiet[0].code, "place-action", group=1, action="orienter", fs=50, cn=50)["seq"]
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, limits)
    everybody_is_acknowledged_again(busy)
    agreed(server, authors)


def test_a_file_that_another_program_keeps_locked(server):
    authors = seated(server, workshops=2, groups=2)
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    locked, free = authors[:2], authors[2:]
    path = server.folder / "sessions" / f"{locked[0].code}.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as other:
        other.execute("begin immediate")
        wait_until(lambda: all(map(refused, locked)), 10, "nobody was told")
        reading_goes_on(server, locked[0].browser, locked[0].code, locked[0].group)
        everybody_is_acknowledged_again(free)
        assert not any(map(refused, free))
        other.execute("rollback")
    everybody_is_acknowledged_again(locked)
    agreed(server, authors)


def immutable(files, on):
    """Let nobody, not even root, write these files; or let them again."""
    subprocess.run(["chattr", "+i" if on else "-i", *map(str, files)], check=True)


@pytest.fixture
def chattr(tmp_path):
    """Skip where files cannot be made immutable."""
    probe = tmp_path / "probe"
    probe.touch()
    if shutil.which("chattr") is None or subprocess.run(["chattr", "+i", probe], check=False).returncode:
        pytest.skip("files cannot be made immutable here")
    immutable([probe], False)


@pytest.mark.usefixtures("chattr")
def test_files_that_become_read_only_while_they_are_open(server):
    authors = seated(server, workshops=2, groups=2)
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    locked, free = authors[:2], authors[2:]
    files = [server.folder / "sessions" / f"{locked[0].code}.db{suffix}" for suffix in ("", "-wal")]
    immutable(files, True)
    try:
        wait_until(lambda: all(map(refused, locked)), 10, "nobody was told")
        reading_goes_on(server, locked[0].browser, locked[0].code, locked[0].group)
        everybody_is_acknowledged_again(free)
        assert not any(map(refused, free))
    finally:
        immutable(files, False)
    everybody_is_acknowledged_again(locked)
    agreed(server, authors)


@pytest.mark.usefixtures("chattr")
def test_files_that_are_read_only_when_the_server_starts(server):
    """SQLite opens such a file without an error, and goes on taking it for read-only."""
    authors = seated(server, workshops=2, groups=1)
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    locked, free = authors[:1], authors[1:]
    server.stop()
    file = server.folder / "sessions" / f"{locked[0].code}.db"
    immutable([file], True)
    try:
        server.start()
        wait_until(lambda: all(map(refused, locked)), 10, "nobody was told")
        reading_goes_on(server, locked[0].browser, locked[0].code, locked[0].group)
        everybody_is_acknowledged_again(free)
        assert state(server)["storage"] == {"sessions": "ok", "exports": "ok", "refusing": 1}
    finally:
        immutable([file], False)
    everybody_is_acknowledged_again(locked)
    assert state(server)["storage"]["refusing"] == 0
    assert "commit.failed reason=EACCES/SQLITE_READONLY" in server.log.read_text()
    agreed(server, authors)


def remount(disk, rights):
    """Let the disk be written, or not."""
    subprocess.run(["mount", "-o", f"remount,{rights}", str(disk)], check=True)


def state(server):
    return json.loads(Browser(server.base).get("/etat"))


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_starts_on_a_read_only_disk_can_be_read_and_writes_once_it_may(
    serving, small_disk, tmp_path, end
):
    server = serving(small_disk)
    authors = seated(server, workshops=2, groups=1)
    author = authors[0]
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    erased = Browser(server.base)
    erased.join(author.code, "fs", 1, "")
    erased.act(author.code, "post-initiative", group=1, action="orienter", text="À effacer")
    participant = re.findall(r'name="participant" value="([^"]+)"', erased.get(f"/a/{author.code}"))[0]
    erased.act(author.code, "erase-participant", participant=participant)
    getattr(server, end)()
    for file in (".serveur.lock", ".serveur-*.json"):
        for path in (small_disk / "sessions").glob(file):
            path.unlink()
    server.log = tmp_path / "log"
    remount(small_disk, "ro")
    server.start()
    for each in authors:
        reading_goes_on(server, each.browser, each.code, each.group)
    wait_until(lambda: all(map(refused, authors)), 10, "nobody was told")
    desk = Browser(server.base)
    status, _, page = desk.post("/preparer", {})
    assert (status, STORAGE_FAILED in page) == (503, True)
    assert state(server)["storage"]["sessions"] == state(server)["storage"]["exports"] == "EROFS"
    server.signal(signal.SIGTERM)
    assert server.wait() == 0
    server.start()
    remount(small_disk, "rw")
    everybody_is_acknowledged_again(authors)
    assert desk.post("/preparer", {})[0] == 303
    assert state(server)["storage"] == {"sessions": "ok", "exports": "ok", "refusing": 0}
    wait_until(
        lambda: any((small_disk / "sessions").glob(".serveur-*.json")), 10, "the command line finds nobody"
    )
    log = server.log.read_text()
    assert "lock.deferred reason=EROFS" in log
    assert "Traceback" not in log
    agreed(server, authors)


def test_a_folder_that_takes_no_file(serving, tmp_path):
    """The server runs without root's right to write everywhere, so that the folder's own rights count."""
    server = serving(prefix=UNPRIVILEGED)
    authors = seated(server, workshops=2, groups=1)
    wait_until(lambda: all(told(authors)), 10, "nobody was acknowledged")
    sessions = tmp_path / "sessions"
    server.stop()
    sessions.chmod(0o555)
    try:
        server.start()
        wait_until(lambda: all(map(refused, authors)), 10, "nobody was told")
        for author in authors:
            reading_goes_on(server, author.browser, author.code, author.group)
        assert Browser(server.base).post("/preparer", {})[0] == 503
    finally:
        sessions.chmod(0o755)
    everybody_is_acknowledged_again(authors)
    agreed(server, authors)


def test_without_a_secret_a_read_only_folder_is_served_with_one_that_is_kept_later(
    serving, small_disk, tmp_path
):
    server = serving(small_disk)
    author = seated(server, workshops=1, groups=1)[0]
    settle([author])
    server.stop()
    secret = small_disk / "sessions" / ".secret"
    secret.unlink()
    server.log = tmp_path / "log"
    remount(small_disk, "ro")
    server.start()
    stranger = Browser(server.base)
    assert author.code in stranger.get(f"/r/{author.code}")
    assert "secret.deferred reason=EROFS" in server.log.read_text()
    remount(small_disk, "rw")
    wait_until(secret.exists, 10, "the secret is not kept")
    stranger.join(author.code, "fs", 1, "")
    server.stop()
    server.start()
    assert f'data-code="{author.code}"' in stranger.get(f"/a/{author.code}")


def test_exports_that_take_nothing_stop_only_the_documents(serving, tmp_path, small_disk):
    server = serving(tmp_path)
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    server.stop()
    remount(small_disk, "ro")
    server.start(exports=small_disk / "exports")
    form = {"what": "vierge", "paper": "a3"}
    status, _, page = desk.post(f"/exports/{code}", form)
    assert (status, SENTENCES["disk"] in page) == (503, True)
    desk.act(code, "open-phase", phase="articulations")
    assert state(server)["storage"]["exports"] == "EROFS"
    assert "export.failed reason=disk/ExportFailed/EROFS" in server.log.read_text()
    remount(small_disk, "rw")
    assert desk.download(f"/exports/{code}", form).startswith(b"%PDF-")


def test_a_server_that_may_not_write_at_all_says_so(tmp_path):
    tmp_path.chmod(0o555)
    command = [
        *UNPRIVILEGED,
        sys.executable,
        "-m",
        "atelier",
        "serve",
        "--no-open",
        "--port",
        str(free_port()),
    ]
    told = {"ATELIER_SESSIONS": str(tmp_path / "sessions"), "ATELIER_EXPORTS": str(tmp_path / "exports")}
    ended = subprocess.run(
        command, env=os.environ | told, check=False, capture_output=True, text=True, timeout=20
    )
    tmp_path.chmod(0o755)
    assert ended.returncode == 1
    assert "ne peut rien écrire" in ended.stderr
    assert "Traceback" not in ended.stderr
