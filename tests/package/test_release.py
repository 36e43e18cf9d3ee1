"""The archives for Windows and macOS: what is in them, wheels for all that they install, their start."""

import contextlib
import os
import platform
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.running import free_port
from tests.support.simulation.browser import reachable
from tests.support.waiting import wait_until
from tools.package import ROOT, built, copied
from tools.release import FILES, TARGETS, entries, start_file, version_of, write_archive

pytestmark = pytest.mark.slow

MACHINES = ("x86_64-pc-windows-msvc", "aarch64-apple-darwin", "x86_64-apple-darwin")
WINDOWS, MACOS = TARGETS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", copied(tmp_path_factory.mktemp("release") / "sources"))


@pytest.mark.parametrize("machine", MACHINES)
def test_every_locked_package_has_a_wheel_for_the_python_that_the_archive_takes(machine, tmp_path):
    (version,) = {each for name in ("windows.cmd", "macos.command") for each in _pythons(FILES / name)}
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--dry-run",
        "--only-binary",
        ":all:",
        "--require-hashes",
    ]
    of = ["--python-platform", machine, "--python-version", version, "--target", str(tmp_path / "none")]
    told = subprocess.run(
        [*command, *of, "-r", str(ROOT / "requirements" / "run.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def _pythons(path):
    return re.findall(r"--python \"?(?:\$\{ATELIER_PYTHON:-)?(3\.\d+)", path.read_text("utf-8"))


def test_what_windows_reads_has_its_ends_of_lines_and_asks_for_nothing_elevated(wheel):
    held = entries(WINDOWS, wheel, {"uv.exe": b"MZ"})
    text = held["Démarrer l’Atelier.cmd"][0].decode()
    assert text.count("\r\n") == text.count("\n") > 20
    assert "runas" not in text.lower()
    for label in re.findall(r"goto (\w+)", text):
        assert f"\r\n:{label}\r\n" in text
    assert f"programme/{wheel.name}" in held


def test_a_start_file_is_executable_once_unpacked(wheel, tmp_path):
    path = write_archive(MACOS, wheel, {"uv-arm64": b"", "uv-x86_64": b""}, tmp_path)
    with zipfile.ZipFile(path) as archive:
        rights = {info.filename.split("/", 1)[1]: info.external_attr >> 16 for info in archive.infolist()}
    assert rights["Démarrer l’Atelier.command"] == rights["programme/uv-arm64"] == 0o755


@pytest.fixture
def unpacked(wheel, tmp_path):
    """The archive of macOS in a folder with spaces and accents, with this machine's uv in it."""
    uv = Path(sys.executable).parent / "uv"
    held = entries(MACOS, wheel, {f"uv-{platform.machine()}": uv.read_bytes()})
    root = tmp_path / "Mes documents d’été" / "atelier"
    for name, (content, _) in held.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_pressing_the_start_file_installs_then_serves_and_keeps_data_out_of_the_program(
    unpacked, wheel, tmp_path
):
    home, port = tmp_path / "home", free_port()
    home.mkdir()
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ATELIER_", "XDG_", "VIRTUAL"))
    }
    environ |= {
        "HOME": str(home),
        "ATELIER_HOME": str(home / "atelier"),
        "ATELIER_PYTHON": sys.executable,
        "UV_PYTHON_PREFERENCE": "only-system",
        "BROWSER": "true",
    }
    command = ["sh", str(unpacked / "Démarrer l’Atelier.command"), "--port", str(port)]
    log = tmp_path / "log"
    with (
        log.open("wb") as said,
        subprocess.Popen(command, env=environ, stdout=said, stderr=said, start_new_session=True) as started,
    ):
        try:
            answered = f"http://127.0.0.1:{port}"
            wait_until(lambda: started.poll() is not None or reachable(answered), 240, "no answer")
            assert started.poll() is None, log.read_text()
            assert (home / "atelier" / "programme" / version_of(wheel) / "pret.txt").is_file()
            assert (home / ".local" / "share" / "atelier" / "sessions").is_dir()
            assert not (unpacked / "programme" / "sessions").exists()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGINT)


def test_a_failed_installation_says_what_to_do_in_french(unpacked, tmp_path):
    environ = os.environ | {"HOME": str(tmp_path), "ATELIER_HOME": str(tmp_path), "ATELIER_PYTHON": "9.99"}
    told = subprocess.run(
        ["sh", str(unpacked / "Démarrer l’Atelier.command")],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "L’installation n’a pas abouti" in told.stdout
    assert not list(tmp_path.glob("programme/*/pret.txt"))


def test_both_start_files_install_alike():
    """Else one system's people get what the other's never tried."""
    steps = [
        re.findall(r"(?:uv\.exe|\"\$uv\") (venv|pip \w+)", start_file(each).decode()) for each in TARGETS
    ]
    assert steps[0] == steps[1] == ["venv", "pip sync", "pip install"]
