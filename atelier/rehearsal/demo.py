"""`atelier demo`: serves as `serve` does; the company is another process, which yields to the room and ends with it."""

import contextlib
import json
import subprocess
import sys
import threading

import click

from atelier.config import Config
from atelier.processes import be_humble, environment
from atelier.rehearsal.performance import ENOUGH, FAILED, Part
from atelier.serving import serve_forever

PATIENCE_S = 3.0


class Troupe:
    """The company's process: its standard input stays open as long as it has somebody to play for."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._process: subprocess.Popen[bytes] | None = None
        self._leaving = False

    def enter(self) -> None:
        """Start playing, in the background."""
        process = self._process = subprocess.Popen(
            [sys.executable, "-m", "atelier.rehearsal.performance"],
            stdin=subprocess.PIPE,
            env=environment(),
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
        )
        be_humble(process.pid)
        if process.stdin is not None:
            process.stdin.write(json.dumps(self._part._asdict()).encode() + b"\n")
            process.stdin.flush()
        threading.Thread(target=self._watch, args=(process,), daemon=True).start()

    def leave(self) -> None:
        """End the process, whatever it is doing."""
        process, self._leaving = self._process, True
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.write(ENOUGH.encode())
            process.stdin.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        status = process.wait()
        if not self._leaving and status != FAILED:  # then it said itself what went wrong
            click.echo(
                f"Les participants simulés se sont arrêtés ({status}). "
                "L’Atelier tourne encore : tout reste à regarder.",
                err=True,
            )


def rehearse(config: Config, speed: float, opened: bool, until: str = "") -> None:
    """Serve and play until told to stop; the workshop stays to be looked at after the last act.

    `speed`: 60 plays an hour in a minute, 0 does not wait. `until`: the phase from which on somebody else
    facilitates, "" for none.
    """
    troupe = Troupe(Part(config.port, config.create_key, speed, opened, until))
    try:
        serve_forever(config, troupe.enter)
    finally:
        troupe.leave()
