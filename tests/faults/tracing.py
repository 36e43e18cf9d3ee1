"""The system calls of a running server, in their order, through strace."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CALLS = "pwrite64,write,writev,fsync,fdatasync,sendto,sendmsg"
PAGE = 8192
_LINE = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\((\d+)<([^>]*)>)?(.*)", re.DOTALL)


def require_strace() -> None:
    """Skip where this machine lets nobody trace."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (tools/system-packages.sh test)")
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], check=False, capture_output=True, text=True)
    if probe.returncode:
        pytest.skip(f"ptrace is forbidden here: {probe.stderr.strip().splitlines()[-1]}")


@contextmanager
def traced(pid: int, output: Path) -> Iterator[None]:
    """Write what the process does into `output` while the block runs."""
    asked = ["strace", "-f", "-y", "-s", str(PAGE), "-e", f"trace={CALLS}", "-o", str(output), "-p", str(pid)]
    with subprocess.Popen(asked, stderr=subprocess.DEVNULL) as strace:
        deadline = time.monotonic() + 10
        while not output.exists() or "TracerPid:\t0\n" in Path(f"/proc/{pid}/status").read_text():
            assert strace.poll() is None, "strace did not attach"
            assert time.monotonic() < deadline, "strace did not attach"
            time.sleep(0.05)
        yield
        strace.terminate()


class Trace:
    """At which line of the trace these heads were written, made durable and answered."""

    def __init__(self, output: Path, heads: Iterable[str]) -> None:
        self._unwritten = set(heads)
        self.answers: dict[str, int] = {}
        """head → the line where the answer that holds it begins to be sent."""
        self.written: dict[str, tuple[int, str]] = {}
        """head → the line where it is first written to a write-ahead log, and which."""
        self.durable: list[tuple[int, int, str]] = []
        """Each fsync that succeeded: the lines where it began and where it returned, and its file."""
        self._begun: dict[str, tuple[int, str]] = {}
        self._status: dict[tuple[str, str], int] = {}
        for number, line in enumerate(output.read_text("utf-8", "replace").splitlines()):
            found = _LINE.match(line)
            if found:
                self._note(number, *found.groups())

    def covered(self, head: str) -> bool:
        """Tell whether `head` was in a log that was synchronised before its answer left."""
        if head not in self.written:
            return False
        written, log = self.written[head]
        return any(
            written < begun and ended < self.answers[head] and log == file
            for begun, ended, file in self.durable
        )

    def _note(self, number: int, thread: str, call: str, descriptor: str, file: str, rest: str) -> None:
        if call in ("fsync", "fdatasync"):
            begun, of = (number, file) if file else self._begun.pop(thread, (number, ""))
            if "unfinished" in rest:
                self._begun[thread] = begun, of
            elif rest.rstrip().endswith("= 0"):
                self.durable.append((begun, number, of))
        elif file and file.endswith("-wal"):
            found = {head for head in self._unwritten if head in rest}
            self._unwritten -= found
            self.written |= dict.fromkeys(found, (number, file))
        elif file and "socket" in file:
            self._sent(number, (thread, descriptor), rest)

    def _sent(self, number: int, connection: tuple[str, str], rest: str) -> None:
        if '"HTTP/1.1 200' in rest:
            self._status[connection] = number
        for head in re.findall(r'\\"head\\":\s?\\"([0-9a-f]{16})', rest):
            self.answers[head] = self._status.pop(connection, number)
