"""Which workshops are due: looked for by another process, since reading hundreds of journals takes the processor."""

import datetime as dt
import sys
from pathlib import Path

from atelier.journal.folder import JournalFolder, is_code
from atelier.limits import PURGE_LOOK_S
from atelier.processes import be_humble, run_humbly
from atelier.retention.purge import Keeper
from atelier.service import Service


def due_beside(sessions: Path, today: dt.date) -> list[str]:
    """Return what `Keeper.due` would, without reading any journal here. Raises TookTooLong or OSError."""
    arguments = [str(sessions), today.isoformat()]
    ended = run_humbly("atelier.retention.due_worker", arguments, b"", PURGE_LOOK_S, lambda: False)
    if ended.status:
        raise OSError(ended.errors[-2000:])
    return [line for line in ended.errors.splitlines() if is_code(line)]


def main(arguments: list[str]) -> None:
    """Write each code that is due on a line of standard error."""
    be_humble()
    sessions, today = Path(arguments[0]), dt.date.fromisoformat(arguments[1])
    # Shared: each journal is closed once it was looked at.
    service = Service(JournalFolder(sessions, read_only=True, shared=True))
    for code in Keeper(service, sessions, sessions).due(today):
        print(code, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
