"""Child processes at the lowest priority, bounded in time: they make PDFs and read journals for what is due.

Under gevent `subprocess` copies the server's whole memory map while everybody waits (28 ms at 280 MB); `posix_spawn`
does not, and gevent waits for its children as well.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LOOK_S = 0.25
"""Seconds between two checks of deadline and cancellation while waiting."""
ERRORS_KEPT = 20_000
OVERLOADED = 2
"""Processes that want each core, beyond which a child competes with the others’ leavings, at the lowest niceness."""


class TookTooLong(Exception):  # noqa: N818
    """The process was killed at its deadline."""


class NotWanted(Exception):  # noqa: N818
    """The process was killed: nobody wants its result any more."""


class Ended(NamedTuple):
    """Exit status, negative for a signal, and the last `ERRORS_KEPT` bytes of standard error."""

    status: int
    errors: str


def lower_priority(process: int = 0) -> None:
    """Set the lowest scheduling priority for a process, this one by default; ignored where it is refused."""
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, process, 19)
    # Niceness is a share of the time; a server that wakes up waits for the slice to end. For this it does not.
    # Where others take more than all of the machine, it would get next to nothing (decision 69).
    if _overloaded():
        return
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))


def _overloaded() -> bool:
    with contextlib.suppress(AttributeError, OSError):
        return os.getloadavg()[0] > OVERLOADED * (os.cpu_count() or 1)
    return False


def run_low_priority(
    module: str, arguments: list[str], given: bytes, timeout_s: float, unwanted: Callable[[], bool]
) -> Ended:
    """Run `python -m MODULE` with `given` on its standard input, without our secrets in its environment.

    `unwanted` is polled every `LOOK_S`. Raises TookTooLong or NotWanted once the process is dead, or OSError.
    """
    command = [sys.executable, "-m", module, *arguments]
    deadline = time.monotonic() + timeout_s

    def look() -> None:
        if time.monotonic() > deadline:
            raise TookTooLong(f"{timeout_s} s")
        if unwanted():
            raise NotWanted

    return _run(command, given, look) if hasattr(os, "posix_spawn") else _run_here(command, given, look)


def environment() -> dict[str, str]:
    """Return the environment of a child: ours without `ATELIER_…` variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER_")}
    return kept | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}


def _run(command: list[str], given: bytes, look: Callable[[], None]) -> Ended:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        os.set_blocking(theirs.fileno(), True)  # gevent had it otherwise
        process = os.posix_spawn(
            command[0],
            command,
            environment(),
            file_actions=[
                (os.POSIX_SPAWN_DUP2, theirs.fileno(), 0),
                (os.POSIX_SPAWN_DUP2, theirs.fileno(), 2),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            ],
        )
        lower_priority(process)  # from its first moment on: starting Python is work too
        theirs.close()
        try:
            errors = _talk(ours, given, look)
        except BaseException:
            os.kill(process, 9)
            raise
        finally:
            _, status = os.waitpid(process, 0)
    return Ended(os.waitstatus_to_exitcode(status), errors)


def _talk(ours: socket.socket, given: bytes, look: Callable[[], None]) -> str:
    """Send `given`, then return what the child writes until it closes its end."""
    ours.settimeout(LOOK_S)
    left, received = memoryview(given), b""
    while True:
        try:
            if left:
                left = left[ours.send(left) :]
                if not left:
                    ours.shutdown(socket.SHUT_WR)
                continue
            data = ours.recv(4096)
            if not data:
                return received.decode(errors="replace")
            received = (received + data)[-ERRORS_KEPT:]
        except TimeoutError:
            look()
        except OSError:  # it ended before it had read everything: its status says why
            if not left:
                return received.decode(errors="replace")
            left = memoryview(b"")


def _run_here(command: list[str], given: bytes, look: Callable[[], None]) -> Ended:
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
    )
    wanted: bytes | None = given
    try:
        while True:
            try:
                _, errors = process.communicate(wanted, timeout=LOOK_S)
                return Ended(process.returncode, errors.decode(errors="replace"))
            except subprocess.TimeoutExpired:
                wanted = None  # it goes on with what it was given: a second time is an error
                look()
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
