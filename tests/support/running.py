"""A real server in its own process, on real files; for browsers, faults, screenshots and benchmarks."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.simulation.browser import reachable

START_S = 60
PORTS = range(10_240, 32_768)


def free_port() -> int:
    """Return a port that nobody listens on, below those that systems give to outgoing connections.

    One of these may be taken, by a client of another test, before the server has it.
    """
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class RunningServer:
    """`atelier serve` on this machine. `kill` is -9; `start` again goes on with the same files and port."""

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        *,
        program: Sequence[str] = ("-m", "atelier"),
        prefix: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`program`: what Python runs, if altered; `prefix`: a command that runs it, with fewer rights, say."""
        self._environment = environment or {}
        self.folder = folder
        self._command = [*prefix, sys.executable, *program]
        self.port = port or free_port()
        self.base = f"http://localhost:{self.port}"
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, exports: Path | None = None) -> "RunningServer":
        """Start and wait until it answers; `exports`: the documents' folder, if it is not the usual one."""
        told = {
            "ATELIER_SESSIONS": str(self.folder / "sessions"),
            "ATELIER_EXPORTS": str(exports or self.folder / "exports"),
        }
        command = [*self._command, "serve", "--no-open", "--port", str(self.port)]
        with self.log.open("ab") as log:
            told |= self._environment
            self._process = subprocess.Popen(command, env=os.environ | told, stdout=log, stderr=log)
        deadline = time.monotonic() + START_S
        while not reachable(self.base):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(self.log.read_text())
            time.sleep(0.02)
        return self

    @property
    def pid(self) -> int:
        """The server's process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """True between `start` and its end."""
        return self._process is not None and self._process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to the server."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it as a power cut would, as far as the process is concerned."""
        self.signal(signal.SIGKILL)
        self.wait()

    def stop(self) -> None:
        """Stop it politely."""
        if self.running:
            self.signal(signal.SIGTERM)
            self.wait()

    def wait(self) -> int:
        """Wait for its end; return its exit code."""
        assert self._process is not None
        return self._process.wait(timeout=60)
