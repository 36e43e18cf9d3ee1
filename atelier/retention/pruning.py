"""End of backups: a copy goes when what it holds has come to its term, a folder when nothing is left in it."""

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from atelier.domain.retention import counted_from
from atelier.journal.protocol import Damaged
from atelier.limits import BACKUP_CONFIRM_S
from atelier.retention import schedule
from atelier.retention.backup import PREFIX, copies_in, look_at
from atelier.retention.clock import Clock, day_everywhere
from atelier.retention.library_backup import library_copies, term_of

_NAME = re.compile(r"(?P<code>\w{6})\.(?P<until>\d{4}-\d\d-\d\d)\.db\.age")


def pruned(into: Path, clock: Clock) -> Iterator[Path]:
    """Delete copies past their term, then empty folders; yield the deleted paths. Raises OSError.

    A copy must have been seen as due `BACKUP_CONFIRM_S` ago, and the date must not have gone back since.
    """
    seen = schedule.looked(schedule.load(into), clock.now_ms(), None)
    today = day_everywhere(clock.now_ms())
    folders = sorted(into.glob(f"{PREFIX}*"))
    copies = [path for folder in folders for path in (*copies_in(folder), *library_copies(folder))]
    for gone in set(seen.due) - {str(path.relative_to(into)) for path in copies}:
        del seen.due[gone]
    over = []
    for path in copies:
        until = _kept_until(path)
        since = seen.seen_for(str(path.relative_to(into)), until is not None and counted_from(until) <= today)
        if until is not None and until <= today and since is not None and since >= BACKUP_CONFIRM_S * 1000:
            over.append(path)
    schedule.save(into, seen)
    for path in over:
        path.unlink()
        yield path
    _remove_empty(folders)


def _remove_empty(folders: list[Path]) -> None:
    """Remove folders without a workshop; the newest copy of a library stays, an older one says nothing more."""
    newest = max((folder for folder in folders if library_copies(folder)), default=None)
    for folder in folders:
        others = set(folder.glob("*.db*")) - set(library_copies(folder))
        if not others and folder != newest:
            shutil.rmtree(folder)


def _kept_until(path: Path) -> dt.date | None:
    if path in library_copies(path.parent):
        return term_of(path)
    named = _NAME.fullmatch(path.name)
    try:
        return dt.date.fromisoformat(named["until"]) if named else look_at(path).kept_until
    except (Damaged, LookupError, ValueError, OSError):
        return None
