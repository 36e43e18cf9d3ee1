"""Truncated files and flipped bits: everything is there, or the file is set aside, or a client that knows more tells.

`ATELIER_TEST_CORRUPTIONS` counts the damaged files; `make faults` takes 1000.
"""

import json
import os
import random
import secrets
import shutil
import subprocess
import sys
import urllib.error
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from atelier.domain import commands as c
from atelier.domain.values import Actor, Phase, Role
from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Position
from atelier.service.service import Damaged, Service
from atelier.service.workshop import Snapshot
from tests.support.ledger import workshop
from tests.support.setups import a_setup
from tests.support.simulation.browser import Browser

CORRUPTIONS = int(os.environ.get("ATELIER_TEST_CORRUPTIONS", "100"))
ACTS = 420
"""Enough for SQLite to fold its log back once: some facts are in the database, some in the log."""
NOW = 1_782_345_600_000
LOST, LAST_LOST = "the end is lost, a client that knows more is told", "the last act is lost, likewise"
FACILITATOR = Actor(Role.FACILITATOR, "key-1")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Original:
    """A journal's files as a kill, or a proper stop, left them, and what every prefix of it says."""

    code: str
    folder: Path
    snapshots: dict[int, Snapshot]

    @property
    def last(self) -> Position:
        """The position that the last acknowledgement told."""
        return self.snapshots[max(self.snapshots)].position


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """Return the same journal as left by a kill (with its log) and by a proper stop (without)."""
    folder, killed = tmp_path_factory.mktemp("stopped"), tmp_path_factory.mktemp("killed")
    service = Service(JournalFolder(folder), clock=lambda: NOW)
    code = service.create(a_setup(), "key-1", lambda code: "h")
    snapshots = {}
    for n in range(ACTS):
        command: c.Command = c.PlaceAction(group=1, action="orienter", fs=n % 20 * 5, cn=n % 7 * 5)
        if n % 3 == 0:
            command = c.PostInitiative(group=2, action="former", text=f"Idée {n}")
        service.handle(code, command if n else c.OpenPhase(phase=Phase.ARTICULATIONS), FACILITATOR, f"op-{n}")
        snapshot = service.read(code)
        snapshots[snapshot.position.seq] = snapshot
    for suffix in ("", "-wal"):
        shutil.copy(folder / f"{code}.db{suffix}", killed)
    service.close()
    return Original(code, killed, snapshots), Original(code, folder, snapshots)


def damage(path, chance):
    """Cut the file somewhere, or flip one bit of it; return what was done."""
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    if chance.random() < 0.4:
        path.write_bytes(content[:at])
        return f"{path.suffix} cut at {at}"
    content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return f"{path.suffix} flipped at {at}"


def opened(original, folder):
    """Return how a server that finds these files serves them."""
    service = Service(JournalFolder(folder))
    try:
        snapshot = service.read(original.code)
        assert snapshot.state == original.snapshots[snapshot.position.seq].state, "a state that never was"
        if snapshot.position == original.last:
            assert all(service.accepted(original.code, FACILITATOR, f"op-{n}") for n in range(ACTS))
            return "whole"
        assert service.since(original.code, original.last.seq, original.last.head) is None
        return LAST_LOST if snapshot.position.seq == original.last.seq - 1 else LOST
    except Damaged:
        return "set aside"
    finally:
        service.close()


def test_damage_is_noticed_or_does_not_matter(originals, tmp_path):
    outcomes: Counter[str] = Counter()
    for seed in range(CORRUPTIONS):
        chance = random.Random(seed)
        original = chance.choice(originals)
        folder = tmp_path / str(seed)
        shutil.copytree(original.folder, folder, ignore=shutil.ignore_patterns("*-shm", ".*"))
        done = damage(chance.choice(sorted(folder.glob("*.db*"))), chance)
        outcome = opened(original, folder)
        # A flip in the last transaction looks like one that the power cut short: one act, no more.
        assert "-wal cut" in done or outcome in ("whole", "set aside", LAST_LOST), done
        outcomes[outcome] += 1
        shutil.rmtree(folder)
    print(f"{CORRUPTIONS} damaged files: {dict(outcomes)}")
    assert {"whole", "set aside", LOST} <= outcomes.keys()


@pytest.fixture
def two(server):
    """Two workshops in one server, each with somebody's phone."""
    phones = {}
    for _ in range(2):
        code = workshop(server)
        phones[code] = Browser(server.base)
        phones[code].join(code, "fs", 1, "")
    return phones


def place(phone, code, fs=50):
    fields = {"command": "place-action", "op": secrets.token_urlsafe(16), "fs": fs, "cn": 25}
    status, _, text = phone.post(
        f"/a/{code}/actes", fields | {"group": 1, "action": "orienter"}, "application/json"
    )
    return status, json.loads(text)


def page(phone, path):
    try:
        return 200, phone.get(path)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_damaged_file_is_said_in_french_and_others_go_on(server, two):
    (broken, phone), (well, other) = two.items()
    server.stop()
    path = server.folder / "sessions" / f"{broken}.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) // 2)
    path.write_bytes(content)
    server.start()
    for address in (f"/a/{broken}", f"/animer/{broken}", f"/ecran/{broken}", f"/r/{broken}"):
        status, text = page(phone, address)
        assert (status, "Le fichier de cet atelier est abîmé" in text) == (503, True)
    assert place(phone, broken)[0] == 503
    assert place(other, well)[0] == 200
    assert page(other, f"/a/{well}")[0] == 200
    listed = subprocess.run(
        [sys.executable, "-m", "atelier", "list"],
        env=os.environ | {"ATELIER_SESSIONS": str(path.parent)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert f"{broken}  fichier abîmé" in listed
    assert path.read_bytes() == bytes(content)  # it is kept as it was found


def test_a_phone_that_knows_more_than_a_cut_log_is_told_so(server, two):
    (code, phone), _ = two.items()
    for fs in (25, 50, 75):
        status, told = place(phone, code, fs)
        assert status == 200
    server.kill()
    log = server.folder / "sessions" / f"{code}.db-wal"
    os.truncate(log, log.stat().st_size - 10_000)
    server.start()
    caught = json.loads(
        phone.get(f"/a/{code}/depuis?audience=phone&group=1&seq={told['seq']}&head={told['head']}")
    )
    assert caught["known"] is False
    assert caught["to"] < told["seq"]
    assert place(phone, code, 75)[1]["seq"] == caught["to"] + 1


def replaced(path):
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.rename(path)


def cut_log(path):
    os.truncate(path.with_name(f"{path.name}-wal"), 5_000)


def cut_database(path):
    os.truncate(path, 1_000)


@pytest.mark.parametrize("spoil", [replaced, cut_log, cut_database, Path.unlink])
def test_a_file_that_is_spoilt_while_it_is_open_takes_no_more_acknowledgements(server, two, spoil):
    (broken, phone), (well, other) = two.items()
    for fs in (25, 50):
        assert place(phone, broken, fs)[0] == 200
    spoil(server.folder / "sessions" / f"{broken}.db")
    status, told = place(phone, broken, 75)
    assert status == 503
    assert "le fichier de cet atelier s’est abîmé" in told["message"]
    status, text = page(phone, f"/a/{broken}")
    assert status == 200
    assert "fs-50" in text
    assert place(other, well)[0] == 200
