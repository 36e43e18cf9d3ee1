"""The library in backups: one file beside the copies of workshops, encrypted as they are; and its ends."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from atelier.library.copies import packed, put_back
from atelier.library.library import Library
from atelier.limits import PURGE_CONFIRM_S, QUARANTINE_S
from atelier.retention.backup import ENCRYPTED, decrypted, encrypted, new_folder, write_private
from atelier.retention.schedule import Schedule

NO_TERM = "sans-terme"
_NAME = re.compile(rf"bibliotheque\.(?P<until>\d{{4}}-\d\d-\d\d|{NO_TERM})\.db({re.escape(ENCRYPTED)})?")


def back_up_library(
    library: Library, into: Path, at: dt.datetime, recipients: Sequence[Any], beside: Path | None
) -> tuple[int, Path | None]:
    """Copy the library into `beside`, or into a new dated folder of `into`; return how many items, and that folder.

    What is past its term is left out. Raises Damaged or OSError.
    """
    copy = packed(library, at.date())
    if copy is None:
        return 0, beside
    folder = beside or new_folder(into, at)
    name = f"bibliotheque.{copy.until.isoformat() if copy.until else NO_TERM}.db"
    if recipients:
        write_private(folder / f"{name}{ENCRYPTED}", encrypted(copy.content, recipients))
    else:
        write_private(folder / name, copy.content)
    return copy.items, folder


def library_copies(folder: Path) -> list[Path]:
    """Return the copies of the library in a folder of a backup."""
    return sorted(each for each in folder.glob("*.db*") if _NAME.fullmatch(each.name))


def term_of(copy: Path) -> dt.date | None:
    """Return the first day on which an item of a copy must be gone; None when none has a term."""
    named = _NAME.fullmatch(copy.name)
    return dt.date.fromisoformat(named["until"]) if named and named["until"] != NO_TERM else None


def restore_library(copy: Path, library: Library, identities: Sequence[Any]) -> int:
    """Put back what the library has not, nor ended; return how many items. Raises Damaged, BadKey or OSError."""
    content = decrypted(copy, identities) if copy.name.endswith(ENCRYPTED) else copy.read_bytes()
    return put_back(content, library)


def end_due(library: Library, seen: Schedule, today: dt.date) -> int:
    """Erase the items past their term; return how many.

    As with workshops, a date alone erases nothing: an item was seen as due for as long as a workshop is confirmed and
    waits, by real time.
    """
    wait_ms = (PURGE_CONFIRM_S + QUARANTINE_S) * 1000
    announced = dt.timedelta(seconds=PURGE_CONFIRM_S + QUARANTINE_S)
    terms = {f"{kind}/{ident}": (kind, ident, until) for kind, ident, until in library.terms()}
    for gone in {each for each in seen.due if is_item(each)} - set(terms):
        del seen.due[gone]
    ended = 0
    for name, (kind, ident, until) in terms.items():
        due_for = seen.seen_for(name, until - announced <= today)
        if due_for is not None and due_for >= wait_ms and until <= today:
            library.end(kind, ident)
            del seen.due[name]
            ended += 1
    return ended


def is_item(name: str) -> bool:
    """Tell whether the schedule means an item by that name: `page/ABC…`, where a workshop has its code."""
    return "/" in name
