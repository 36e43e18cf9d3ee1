"""The package: it holds all that the program reads, runs outside a checkout, and an update erases nothing."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from tests.support.running import free_port
from tests.support.simulation.browser import Browser, reachable
from tools.package import ROOT, built, copied, tracked

pytestmark = pytest.mark.slow

PATIENCE_S = 120


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("package") / "sources")


@pytest.fixture(scope="module")
def wheel(sources):
    return built("wheel", sources)


@pytest.fixture(scope="module")
def sdist(sources):
    return built("sdist", sources)


def of_the_program():
    return {each for each in tracked() if each.startswith("atelier/")}


def files_of(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel):
    held = files_of(wheel)
    assert {name for name in held if ".dist-info/" not in name} == of_the_program()


def test_the_wheel_says_the_licence_of_everything_in_it(wheel):
    (metadata,) = {name.partition("/")[0] for name in files_of(wheel) if ".dist-info/" in name}
    licences = {each for each in of_the_program() | {"LICENSE"} if "LICENSE" in each}
    assert {f"{metadata}/licenses/{each}" for each in licences} <= files_of(wheel)


def test_the_source_archive_holds_what_builds_the_same_wheel(sdist, wheel, tmp_path):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path, filter="data")
    assert of_the_program() | {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"} <= names
    (unpacked,) = tmp_path.iterdir()
    assert files_of(built("wheel", unpacked)) == files_of(wheel)


def clean_environment(**variables):
    """What a user's shell has: nothing of this checkout and of these tests."""
    ours = ("ATELIER_", "PYTHON", "PYTEST", "VIRTUAL_ENV", "XDG_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | variables


class Installed:
    """The program in an environment of its own, of a user of its own, used from another folder."""

    def __init__(self, folder: Path) -> None:
        self.home, self.elsewhere = folder / "home", folder / "elsewhere"
        self.environment = folder / "venv"
        for each in (self.home, self.elsewhere):
            each.mkdir()
        self.shell = clean_environment(HOME=str(self.home), XDG_DATA_HOME=str(self.home / "data"))
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.environment], check=True)

    def install(self, *what: str) -> None:
        """Install with the tool and the locked list that people use."""
        command = [sys.executable, "-m", "uv", "pip", "install", "--quiet"]
        python = ["--python", str(self.environment / "bin" / "python")]
        subprocess.run([*command, *python, *what], check=True, env=os.environ | {"UV_LINK_MODE": "copy"})

    def command(self, *words: str) -> list[str]:
        return [str(self.environment / "bin" / "atelier"), *words]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run `atelier WORDS` to its end."""
        return subprocess.run(
            self.command(*words),
            cwd=self.elsewhere,
            env=self.shell,
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )

    @contextlib.contextmanager
    def running(self, *words: str):
        """Run `atelier WORDS`; give the file of what it says, and end it as Ctrl + C does."""
        told = self.elsewhere.with_name(f"{words[0]}.log")
        with told.open("wb") as log:
            process = subprocess.Popen(
                self.command(*words), cwd=self.elsewhere, env=self.shell, stdout=log, stderr=log
            )
        try:
            yield told
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def wait_for(true, told):
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, told.read_text()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    place = Installed(tmp_path_factory.mktemp("installed"))
    place.install("--require-hashes", "-r", str(ROOT / "requirements" / "run.txt"))
    place.install("--no-deps", "--offline", str(wheel))
    return place


def test_what_a_permanent_server_installs_holds_all_that_gunicorn_needs(tmp_path):
    """What the tests install has more packages: one of them hid that gunicorn's gevent worker lacked another."""
    place = Installed(tmp_path)
    place.install("--require-hashes", "-r", str(ROOT / "requirements" / "server.txt"))
    python = str(place.environment / "bin" / "python")
    subprocess.run([python, "-c", "import gunicorn.workers.ggevent"], check=True, env=place.shell)


@pytest.fixture(scope="module")
def code(installed):
    """A workshop that the installed program prepared."""
    port = free_port()
    with installed.running("serve", "--no-open", "--port", str(port)) as told:
        wait_for(lambda: reachable(f"http://localhost:{port}"), told)
        wait_for(lambda: str(installed.home / "data" / "atelier" / "sessions") in told.read_text(), told)
        return Browser(f"http://localhost:{port}").post("/preparer", {})[1].split("/")[2]


def test_it_rehearses_from_another_folder(installed):
    with installed.running("demo", "--speed", "max", "--no-open", "--port", str(free_port())) as told:
        wait_for(lambda: re.search("La répétition (est finie|s’est arrêtée)", told.read_text()), told)
        assert "La répétition est finie" in told.read_text()
    assert list(installed.elsewhere.iterdir()) == []


def test_it_finds_what_it_needs(installed, code):
    told = installed.run("check", "--port", str(free_port()))
    assert "PDF : une page d’essai est prête" in told.stdout
    assert "Police : Atkinson Hyperlegible Next est là" in told.stdout
    assert str(installed.home / "data" / "atelier" / "sessions") in told.stdout


def test_an_update_erases_nothing(installed, code, wheel):
    assert code in installed.run("list").stdout
    written = Path(installed.run("export", code).stdout.strip())
    assert written.read_bytes().startswith(b"%PDF-")
    assert installed.home in written.parents
    (site,) = installed.environment.glob("lib/python*/site-packages")
    assert not (site / "sessions").exists()
    assert not (site / "exports").exists()
    installed.install("--no-deps", "--offline", "--reinstall", str(wheel))
    assert code in installed.run("list").stdout
    assert written.exists()
    assert list(installed.elsewhere.iterdir()) == []


def test_what_an_earlier_installation_left_is_said_and_moved(installed, code):
    (site,) = installed.environment.glob("lib/python*/site-packages")
    data = installed.home / "data" / "atelier" / "sessions"
    data.rename(site / "sessions")
    said = installed.run("list")
    assert "atelier move" in said.stderr
    assert code not in said.stdout
    moved = installed.run("move")
    assert (moved.returncode, moved.stderr) == (0, "")
    assert code in installed.run("list").stdout
    assert "atelier move" not in installed.run("list").stderr
    assert (data / ".secret").exists()
