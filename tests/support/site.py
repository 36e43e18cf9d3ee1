"""Two processes on one folder behind nginx, with the files of deploy/."""

import os
import re
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.support.nginx import PROGRAM, Nginx
from tests.support.running import RunningServer, free_port
from tests.support.setups import PUBLISHER
from tests.support.simulation.browser import Browser

KEY = "la-cle-de-creation"
PUBLISHER_VARIABLES = tuple((f"PUBLISHER_{name.upper()}", value) for name, value in asdict(PUBLISHER).items())
CODES = re.compile(r"/([2-9A-HJKMNP-Z]{6})\.db$")

nginx_can_be_tried = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0 or not Path(PROGRAM).exists(),
    reason="nginx is tried as root on Linux, where it is installed (make test does it)",
)


class Site:
    """Two processes on one folder, or two nodes on one database, and nginx in front of them."""

    def __init__(self, folder, monkeypatch, *, tls=False, database_url=""):
        ports = [free_port(), free_port()]
        self.nginx = Nginx(folder, ports, tls=tls, database=bool(database_url))
        self.base = self.nginx.base
        for name, value in (
            ("PUBLIC_URL", self.base),
            ("CREATE_KEY", KEY),
            ("BEHIND_NGINX", "oui"),
            ("DATABASE_URL", database_url),
            *PUBLISHER_VARIABLES,
        ):
            monkeypatch.setenv(f"ATELIER_{name}", value)
        self.processes = [RunningServer(folder, port) for port in ports]

    def start(self):
        for process in self.processes:
            process.start()
        self.nginx.start()
        return self

    def stop(self):
        self.nginx.stop()
        for process in self.processes:
            process.stop()

    def prepared(self):
        desk = Browser(self.base)
        status, where, _ = desk.post("/preparer", {"create_key": KEY})
        assert status == 303
        code = where.split("/")[2]
        assert where == f"/animer/{code}/pret"
        desk.act(code, "open-phase", phase="articulations")
        return code, desk

    def workshops_of(self, process):
        """The workshops whose file this process has open."""
        found = set()
        for link in Path(f"/proc/{process.pid}/fd").iterdir():
            try:
                found |= set(CODES.findall(str(link.readlink())))
            except FileNotFoundError:
                continue
        return found

    def on_each(self):
        """Prepare workshops until both processes have one; return a code and its desk for each of them."""
        desks = {}
        for _ in range(20):
            code, desk = self.prepared()
            desks[code] = desk
            parts = [self.workshops_of(process) & set(desks) for process in self.processes]
            if all(parts):
                return [(each, desks[each]) for each in (min(parts[0]), min(parts[1]))]
        raise AssertionError("everything went to one process")
