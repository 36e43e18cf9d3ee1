"""Child process that reads the end of every journal: hundreds of them would block the server for seconds."""

import datetime as dt
import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from atelier.domain.codes import is_code
from atelier.domain.retention import announced_from, erased_on
from atelier.journal.folder import JournalFolder
from atelier.journal.sqlite import last_at
from atelier.limits import PURGE_LOOK_S
from atelier.runtime.processes import lower_priority, run_low_priority
from atelier.service.service import Damaged, Service, StorageFailed, UnknownWorkshop


class Ends(NamedTuple):
    """Erasure day by code of the workshops that end soon, and the time of the newest fact of all (Unix ms)."""

    soon: dict[str, dt.date]
    newest: int


def ends_beside(source: Path | str, today: dt.date, unwanted: Callable[[], bool] = lambda: False) -> Ends:
    """Run `ends` in a child process. Raises TookTooLong, NotWanted or OSError."""
    # Not among the arguments, which everybody on this machine can read.
    given = json.dumps({"source": str(source), "database": isinstance(source, str)}).encode()
    ended = run_low_priority(
        "atelier.retention.due_worker", [today.isoformat()], given, PURGE_LOOK_S, unwanted
    )
    if ended.status:
        raise OSError(ended.errors[-2000:])
    soon, newest = {}, 0
    for name, _, value in (line.partition(" ") for line in ended.errors.splitlines()):
        if is_code(name):
            soon[name] = dt.date.fromisoformat(value)
        elif name == "newest":
            newest = int(value)
    return Ends(soon, newest)


def ends(source: Path | str, today: dt.date) -> Ends:
    """Return the workshops that end soon enough to be announced; unreadable journals are skipped.

    `source`: the folder of journals, or the address of their database.
    """
    if isinstance(source, Path):
        # Shared: each journal is closed once it was looked at.
        store = JournalFolder(source, read_only=True, shared=True)
        return _ends_in(Service(store), today, lambda code: last_at(source / f"{code}.db"))
    from atelier.journal.postgres.store import PostgresStore

    with closing(PostgresStore(source, read_only=True)) as database:
        newest = database.newest_fact()
        return _ends_in(Service(database), today, lambda _: newest)


def _ends_in(service: Service, today: dt.date, last_of: Callable[[str], int]) -> Ends:
    soon, newest = {}, 0
    for code in service.codes():
        newest = max(newest, last_of(code))
        try:
            end = erased_on(service.look(code).state.prepared)
        except (Damaged, StorageFailed, UnknownWorkshop, LookupError, ValueError):
            continue
        if announced_from(end) <= today:
            soon[code] = end
    return Ends(soon, newest)


def main(arguments: list[str]) -> None:
    """Print each code and its day to standard error, which the parent reads."""
    lower_priority()
    given = json.load(sys.stdin)
    source = given["source"] if given["database"] else Path(given["source"])
    found = ends(source, dt.date.fromisoformat(arguments[0]))
    for code, end in found.soon.items():
        print(code, end, file=sys.stderr)
    print("newest", found.newest, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
