"""What a room notices of hostile clients: `python -m tests.attacks [COUNT …]` measures and prints a table.

Acts of ten phones in ten workshops, with and without so many hostile clients of each kind, in turn, so that a machine
busy with something else is busy for both. The clients are processes of their own, at the lowest priority.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.attacks.hostile import KINDS
from tests.attacks.trial import Hostile, Watched, at_work, p95_ms
from tests.support.ledger import workshop
from tests.support.running import RunningServer

COUNTS = (1, 3, 8, 50)
ROOMS = 10
SECONDS = 6.0
BEGUN_S = 0.5
HEAD = ("kind", "at once", "p95 without", "p95 with", "×", "acts", "came", "closed", "log", "memory after")


def main(arguments: list[str]) -> None:
    """Measure every kind and count."""
    counts = [int(each) for each in arguments] or list(COUNTS)
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    with tempfile.TemporaryDirectory() as folder:
        server = RunningServer(Path(folder)).start()
        try:
            codes = [workshop(server) for _ in range(ROOMS)]
            for kind in KINDS:
                for count in counts:
                    print(row(server, codes, kind, count), flush=True)
        finally:
            server.stop()


def row(server: RunningServer, codes: list[str], kind: str, count: int) -> str:
    """Measure one line of the table."""
    watched = Watched(server)
    with at_work(server, codes) as alone:
        time.sleep(SECONDS)
    memory, log = watched.memory_kb(), watched.log_bytes()
    hostile = Hostile(kind, count, server.port, SECONDS + 2 * BEGUN_S)
    time.sleep(BEGUN_S)
    with at_work(server, codes) as crowded:
        time.sleep(SECONDS)
    found = hostile.end()
    before, after = p95_ms(alone), p95_ms(crowded)
    cells = (
        kind,
        str(count),
        f"{before:.0f} ms",
        f"{after:.0f} ms",
        f"{after / before:.1f}",
        str(sum(len(each.told) for each in crowded)),
        f"{found['tries']:,}",
        f"{found.get('closed', 0):,}",
        f"{watched.log_bytes() - log:,} B",
        f"{(watched.memory_kb() - memory) / 1000:+.1f} MB",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main(sys.argv[1:])
