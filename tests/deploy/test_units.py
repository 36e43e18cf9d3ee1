"""systemd reads our units without a complaint, and finds the server's well shut in."""

import re
import shutil
import subprocess

import pytest

from tests.support.tree import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd"),
]
UNITS = ("atelier@.service", "atelier-backup.service", "atelier-backup.timer")
EXPOSURE = 2.5
"""Of ten; what systemd calls OK ends at 4.4."""


@pytest.fixture
def folder(tmp_path):
    for name in UNITS:
        # The program is not installed where the units say.
        text = re.sub(r"/opt/atelier/\S+", "/bin/true", (ROOT / "deploy" / name).read_text("utf-8"))
        (tmp_path / name.replace("@.", "@8001.")).write_text(text)
    return tmp_path


def analyzed(folder, *words):
    return subprocess.run(
        ["systemd-analyze", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def test_every_unit_is_understood_as_a_whole(folder):
    told = analyzed(folder, "verify", *(f"./{path.name}" for path in folder.iterdir()))
    ours = [line for line in told.stderr.splitlines() if "atelier" in line]
    assert (told.returncode, ours) == (0, [])


def test_the_server_is_shut_in(folder):
    told = analyzed(folder, "security", "--offline=true", "./atelier@8001.service").stdout
    assert float(re.findall(r"Overall exposure level for \S+: ([0-9.]+)", told)[0]) < EXPOSURE
