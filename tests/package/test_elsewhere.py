"""The program without what Windows and macOS lack: a workshop is prepared, a table written."""

import os
import subprocess
import sys

import pytest

from tests.support.running import free_port
from tests.support.simulation.browser import Browser, reachable
from tests.support.waiting import wait_until
from tools.package import ROOT

pytestmark = pytest.mark.slow
SYSTEMS = pytest.mark.parametrize("system", ["win32", "darwin"])


@pytest.fixture
def shell(tmp_path):
    folders = {"ATELIER_SESSIONS": tmp_path / "sessions", "ATELIER_EXPORTS": tmp_path / "exports"}
    return os.environ | {name: str(path) for name, path in folders.items()}


def command(system, *words):
    return [sys.executable, "-m", "tests.package.elsewhere", system, *words]


@SYSTEMS
def test_a_workshop_is_held_and_its_tables_written(system, shell, tmp_path):
    port, log = free_port(), tmp_path / "log"
    base = f"http://localhost:{port}"
    with log.open("wb") as said:
        serving = subprocess.Popen(
            command(system, "serve", "--no-open", "--port", str(port)),
            cwd=ROOT,
            env=shell,
            stdout=said,
            stderr=said,
        )
    try:
        wait_until(lambda: serving.poll() is not None or reachable(base), 60, "no answer")
        assert serving.poll() is None, log.read_text()
        desk = Browser(base)
        code = desk.post("/preparer", {})[1].split("/")[2]
        desk.act(code, "open-phase", phase="articulations")
        desk.act(code, "post-initiative", group=1, action="orienter", text="Un accueil commun")
        assert "Un accueil commun" in desk.get(f"/animer/{code}")
    finally:
        serving.terminate()
        serving.wait(timeout=60)
    assert "Traceback" not in log.read_text()
    listed = subprocess.run(
        command(system, "list"), cwd=ROOT, env=shell, capture_output=True, text=True, check=False
    )
    assert code in listed.stdout, listed.stderr
    table = tmp_path / "tables.xlsx"
    words = ("export", code, "--format", "xlsx", "--output", str(table))
    made = subprocess.run(
        command(system, *words), cwd=ROOT, env=shell, capture_output=True, text=True, check=False
    )
    assert table.is_file(), made.stderr


@SYSTEMS
def test_a_check_says_what_helps_on_that_system(system, shell):
    told = subprocess.run(
        command(system, "check"), cwd=ROOT, env=shell, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in told.stderr
    assert {"win32": "Pare-feu de Windows", "darwin": "Pare-feu de macOS"}[system] in told.stdout
    assert "apt install" not in told.stdout
