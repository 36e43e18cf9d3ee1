"""A PostgreSQL server of one's own, on a free port, for as long as the tests last."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.running import free_port

USERS = ("postgres", "nobody")
"""Who runs it for root: PostgreSQL refuses to be run by an administrator."""
STOP_S = 30


def binaries() -> Path | None:
    """Return the folder of the newest server's programs, None where there are none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda each: int(each.parts[-3]))
    found = debian[-1] if debian else shutil.which("postgres")
    return Path(found).parent if found else None


class Cluster:
    """A PostgreSQL server. `kill` is -9; `start` again goes on with the same files and port."""

    def __init__(self, folder: Path, port: int) -> None:
        where = binaries()
        if where is None:
            pytest.skip("no PostgreSQL server here")
        self._programs, self._data, self.port = where, folder / "data", port
        self._log = folder / "log"
        self._user = next(each for each in USERS if _exists(each)) if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "-U", "atelier", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    def url(self, database: str = "postgres") -> str:
        """Return the address of one of its databases."""
        return f"postgresql://atelier@localhost:{self.port}/{database}"

    def start(self) -> "Cluster":
        """Start it, and wait until it answers."""
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=64MB"
        # No crash of the machine is tried here: without fsync the tests are quicker, kills are survived all the same.
        options = f"{settings} -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "-l", str(self._log), "-w", "-t", "60", "-o", options, "start")
        return self

    def stop(self, how: str = "fast") -> None:
        """Stop it; `immediate` is a crash."""
        self._run("pg_ctl", "-m", how, "-w", "-t", str(STOP_S), "stop")

    def create(self, database: str) -> str:
        """Create an empty database; return its address."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'create database "{database}"'.encode())
        return self.url(database)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, "-D", self._data, *arguments],
            check=True, user=self._user, cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Context of a running server, gone afterwards."""
    # Not one of pytest's, which are closed to the user that the server runs as.
    with tempfile.TemporaryDirectory(prefix="atelier-pg-") as folder:
        made = Cluster(Path(folder), free_port()).start()
        try:
            yield made
        finally:
            made.stop("immediate")


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
