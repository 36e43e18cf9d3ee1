"""`atelier demo`: the server and its company in two processes that end together, and say why when they do not."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.running import free_port
from tests.support.simulation.browser import reachable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes in /proc"),
]


class Demo:
    """The command in its own process, writing its temporary folder into ours."""

    def __init__(self, folder, *options):
        self.folder, self.port = folder, free_port()
        told = {"TMPDIR": str(folder)}
        command = [sys.executable, "-m", "atelier", "demo", "--no-open", "--port", str(self.port), *options]
        self.log = folder.parent / f"{folder.name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=os.environ | told, stdout=log, stderr=log)

    def says(self, sentence, patience_s=300):
        end = time.monotonic() + patience_s
        while not re.search(sentence, self.log.read_text()) and time.monotonic() < end:
            time.sleep(0.05)
        assert re.search(sentence, self.log.read_text()), self.log.read_text()

    def company(self):
        """The company's process id, None when it is over."""
        for each in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for child in each.read_text().split():
                if "atelier.demo.process" in Path(f"/proc/{child}/cmdline").read_text():
                    return int(child)
        return None

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(15)

    def leaves_nothing(self, company):
        return not Path(f"/proc/{company}").exists() and not list(self.folder.glob("atelier-*"))


@pytest.fixture
def demo(tmp_path):
    folder = tmp_path / "tmp"
    folder.mkdir()
    made = []

    def start(*options):
        made.append(Demo(folder, *options))
        return made[-1]

    yield start
    for each in made:
        each.process.kill()
        each.process.wait()


def test_as_fast_as_it_goes_then_ctrl_c_ends_both(demo):
    played = demo("--speed", "max")
    played.says("La répétition est finie : [1-9][0-9]* actes confirmés")
    company = played.company()
    assert os.getpriority(os.PRIO_PROCESS, company) == 19
    assert os.getpriority(os.PRIO_PROCESS, played.process.pid) == os.getpriority(os.PRIO_PROCESS, 0)
    assert played.stop() == 0
    assert played.leaves_nothing(company)
    assert "Refusé" not in played.log.read_text()


def test_until_a_phase_somebody_else_facilitates_and_a_stop_in_the_middle_is_quiet(demo):
    played = demo("--speed", "max", "--until", "articulations")
    played.says("À vous d’animer : ouvrez « Articulations »")
    company = played.company()
    assert played.stop(signal.SIGTERM) == 0
    assert played.leaves_nothing(company)
    assert "arrêt" not in played.log.read_text().replace("Pour l’arrêter", "")


def test_a_company_that_dies_is_told_and_the_server_goes_on(demo):
    played = demo("--speed", "60")
    played.says("La répétition commence")
    os.kill(played.company(), signal.SIGKILL)
    played.says("Les participants simulés se sont arrêtés")
    assert reachable(f"http://localhost:{played.port}")
    assert played.stop() == 0


def test_a_server_that_dies_takes_its_company_along(demo):
    played = demo("--speed", "60")
    played.says("La répétition commence")
    company = played.company()
    played.stop(signal.SIGKILL)
    played.says("Le serveur s’est arrêté d’un coup", 5)
    end = time.monotonic() + 5
    while Path(f"/proc/{company}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{company}").exists()
