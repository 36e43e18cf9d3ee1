"""One trial: a room at work, and hostile clients in a process of their own."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attacks import hostile
from tests.support.ledger import Author, settle
from tests.support.running import RunningServer

PAUSE_S = 0.1
LOWEST_PRIORITY = 19
"""The hostile clients' processor time must not be what the room lacks."""


class Hostile:
    """A crowd of them, at work until `end` returns what became of them."""

    def __init__(self, kind: str, count: int, port: int, seconds: float) -> None:
        arguments = [kind, str(count), str(port), str(seconds)]
        self._process = subprocess.Popen(
            ["nice", "-n", str(LOWEST_PRIORITY), sys.executable, "-m", "tests.attacks.hostile", *arguments],
            stdout=subprocess.PIPE,
            cwd=Path(hostile.__file__).parents[2],
        )

    def end(self) -> dict[str, int]:
        """Wait until their time is up."""
        said, _ = self._process.communicate(timeout=120)
        assert self._process.returncode == 0
        return dict(json.loads(said))


class Watched:
    """What a server's process holds, as the system says it."""

    def __init__(self, server: RunningServer) -> None:
        self._server = server

    def memory_kb(self) -> int:
        """Its memory."""
        status = Path(f"/proc/{self._server.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))

    def files(self) -> int:
        """Its open files, connections included."""
        return len(list(Path(f"/proc/{self._server.pid}/fd").iterdir()))

    def log_bytes(self) -> int:
        """What it has written to its log."""
        return self._server.log.stat().st_size


@contextmanager
def at_work(server: RunningServer, codes: list[str]) -> Iterator[list["Timed"]]:
    """Let one phone a workshop act, with a pause after each act, until the block ends."""
    phones = [Timed(server.base, code, 1, PAUSE_S) for code in codes]
    for phone in phones:
        phone.start()
    yield phones
    settle(list(phones))


class Timed(Author):
    """A phone that notes how long each of its acts took, and rests between two."""

    def __init__(self, base: str, code: str, group: int, pause_s: float) -> None:
        super().__init__(base, code, group, pause_s)
        self.waits: list[float] = []

    def _insist(self, fields: dict[str, object]) -> None:
        start = time.monotonic()
        super()._insist(fields)
        self.waits.append(time.monotonic() - start)


def p95_ms(phones: list[Timed]) -> float:
    """Return the 95th percentile of their waits."""
    return statistics.quantiles([wait for phone in phones for wait in phone.waits], n=20)[-1] * 1000
