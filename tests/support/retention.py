"""A running server with one workshop, its command line, and a look at what its files hold."""

import os
import subprocess
import sys

import pytest

from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

SAID = "Un accueil commun le lundi"


@pytest.fixture
def server(tmp_path):
    running = RunningServer(tmp_path).start()
    yield running
    running.stop()


@pytest.fixture
def desk(server):
    return Browser(server.base)


@pytest.fixture
def code(desk):
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    desk.act(code, "post-initiative", group=1, action="orienter", text=SAID)
    return code


@pytest.fixture
def told(tmp_path, server):
    def run(*words, port=None):
        folders = {
            "ATELIER_SESSIONS": str(tmp_path / "sessions"),
            "ATELIER_EXPORTS": str(tmp_path / "exports"),
            "ATELIER_PORT": str(port or server.port),
        }
        command = [sys.executable, "-m", "atelier", *words]
        return subprocess.run(command, env=os.environ | folders, capture_output=True, text=True, check=False)

    return run


def texts(folder, code):
    service = Service(JournalFolder(folder, read_only=True))
    found = [
        initiative.text
        for initiative in service.read(code).state.group(1).lines["orienter"].initiatives.values()
    ]
    service.close()
    return found


def backup_of(tmp_path, told):
    answer = told("backup", "--to", str(tmp_path / "copies"))
    assert answer.returncode == 0, answer.stderr
    return max((tmp_path / "copies").iterdir())


def bytes_in(folder, needle):
    return [
        path.name for path in folder.rglob("*") if path.is_file() and needle.encode() in path.read_bytes()
    ]
