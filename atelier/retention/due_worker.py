"""Worker process that reads every journal for its end: hundreds of them take the processor for seconds."""

import datetime as dt
import sys
from collections.abc import Callable
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
    """The workshops that end soon, with the day on which they are erased, and the time of the newest fact of all."""

    soon: dict[str, dt.date]
    newest: int


def ends_beside(sessions: Path, today: dt.date, unwanted: Callable[[], bool] = lambda: False) -> Ends:
    """Return what `ends` would, without reading any journal here. Raises TookTooLong, NotWanted or OSError."""
    arguments = [str(sessions), today.isoformat()]
    ended = run_low_priority("atelier.retention.due_worker", arguments, b"", PURGE_LOOK_S, unwanted)
    if ended.status:
        raise OSError(ended.errors[-2000:])
    soon, newest = {}, 0
    for name, _, value in (line.partition(" ") for line in ended.errors.splitlines()):
        if is_code(name):
            soon[name] = dt.date.fromisoformat(value)
        elif name == "newest":
            newest = int(value)
    return Ends(soon, newest)


def ends(sessions: Path, today: dt.date) -> Ends:
    """Return what ends so soon that it is announced. A journal that cannot be read is left for a person."""
    # Shared: each journal is closed once it was looked at.
    service = Service(JournalFolder(sessions, read_only=True, shared=True))
    soon, newest = {}, 0
    for code in service.codes():
        newest = max(newest, last_at(sessions / f"{code}.db"))
        try:
            end = erased_on(service.look(code).state.prepared)
        except (Damaged, StorageFailed, UnknownWorkshop, LookupError, ValueError):
            continue
        if announced_from(end) <= today:
            soon[code] = end
    return Ends(soon, newest)


def main(arguments: list[str]) -> None:
    """Write each code with its day on a line of standard error."""
    lower_priority()
    found = ends(Path(arguments[0]), dt.date.fromisoformat(arguments[1]))
    for code, end in found.soon.items():
        print(code, end, file=sys.stderr)
    print("newest", found.newest, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
