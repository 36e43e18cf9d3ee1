"""tools/install.sh as it is, with a Python that only writes down what it is asked to install."""

import os
import shutil
import subprocess

import pytest

from tests.support.tree import ROOT

PYTHON = """#!/bin/sh
case "$*" in
*"uv --version"*) sed -n 's/^uv==\\([^ ]*\\).*/uv \\1/p' requirements/bootstrap.txt ;;
*"pip sync"*) echo "certificates $UV_SYSTEM_CERTS" >>asked; echo "$*" >>asked ;;
esac
"""


@pytest.fixture
def machine(tmp_path):
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "install.sh", tmp_path / "tools")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    _program(tmp_path / ".venv" / "bin" / "python")
    return tmp_path


def _program(path):
    path.write_text(PYTHON)
    path.chmod(0o755)


def installed(machine, level):
    """Run the script; return the list that it took last."""
    environ = os.environ | {"PYTHON": str(machine / ".venv" / "bin" / "python")}
    command = ["sh", str(machine / "tools" / "install.sh"), level]
    subprocess.run(command, check=True, capture_output=True, env=environ, timeout=60)
    (last,) = (machine / "asked").read_text().splitlines()[-1:]
    return last.split("requirements/")[-1]


def changed(machine):
    for path in (machine / "requirements").glob("*.txt"):
        path.write_text(path.read_text() + "# newer\n")


def test_a_server_stays_one_when_the_lists_change(machine):
    assert installed(machine, "server") == "server.txt"
    changed(machine)
    assert installed(machine, "run") == "server.txt"


def test_the_authorities_of_the_system_are_asked(machine):
    """Those of a proxy that inspects TLS are nowhere else."""
    installed(machine, "run")
    assert "certificates 1" in (machine / "asked").read_text()


def test_a_gunicorn_put_there_by_hand_is_not_taken_away(machine):
    assert installed(machine, "run") == "run.txt"
    _program(machine / ".venv" / "bin" / "gunicorn")
    changed(machine)
    assert installed(machine, "run") == "server.txt"


def test_a_laptop_stays_one_and_what_the_tests_need_is_more(machine):
    assert installed(machine, "run") == "run.txt"
    changed(machine)
    assert installed(machine, "run") == "run.txt"
    assert installed(machine, "dev") == "dev.txt"
    changed(machine)
    assert installed(machine, "server") == "dev.txt"


@pytest.mark.parametrize("level", ["server", "dev", "check"])
def test_every_list_that_a_server_may_have_holds_gunicorn_with_its_hash(level):
    lines = (ROOT / "requirements" / f"{level}.txt").read_text().splitlines()
    (at,) = (n for n, line in enumerate(lines) if line.startswith("gunicorn=="))
    assert "--hash=sha256:" in lines[at + 1]
