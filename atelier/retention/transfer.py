"""Copies of workshops between a folder and a database: same facts, same heads; the original stays as it is."""

from contextlib import closing

from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Attachments, Journal, Position
from atelier.journal.sqlite import packed
from atelier.journal.store import JournalStore
from atelier.retention.backup import NotRestored, examined, restore
from atelier.retention.erasure_log import WHOLE, Erasure, asked, note
from atelier.retention.records import Records


def carry_erasures(source: Records, target: Records) -> None:
    """Have the target know of every erasure that somebody asked for at the source. Raises OSError."""
    for each in sorted(asked(source.place) - asked(target.place)):
        note(target.place, each)


def copy_workshop(code: str, source: JournalStore, target: JournalStore, erased: set[Erasure]) -> Position:
    """Copy a workshop in one transaction; return its last position.

    `erased`: the erasures that the target knows of. Raises NotRestored, Damaged, LookupError or OSError.
    """
    if Erasure(code, WHOLE) in erased:
        raise NotRestored(f"L’atelier {code} est effacé : sa copie ne peut pas revenir.")
    with closing(source.open(code)) as journal:
        if isinstance(target, JournalFolder):
            copy = examined(code, target.path / f"{code}.db", packed(journal))
            restore(copy, target.path)
            return copy.position
        return _into_database(code, journal, target)


def _into_database(code: str, source: Journal, target: JournalStore) -> Position:
    position = source.position()
    if target.holds(code):
        if target.open(code).position() != position:
            raise NotRestored(
                f"La base a déjà un atelier {code}, avec d’autres faits : il n’est pas remplacé."
            )
        return position
    try:
        fresh = target.create(code)
    except FileExistsError:
        raise NotRestored(f"La base a déjà un atelier {code}, mis de côté : il n’est pas remplacé.") from None
    try:
        _fill(fresh, source)
    except BaseException:
        target.discard(code)
        raise
    return position


def _fill(target: Journal, source: Journal) -> None:
    """Write all that a journal holds into an empty one."""
    for name, value in source.settings():
        target.keep_setting(name, value)
    recorded = list(source.read())
    last = recorded[-1].seq if recorded else 0
    accepted = [each for each in source.operations() if each.seq <= last]  # not what came while it was read
    target.append(recorded, accepted, 0, Attachments(dict(source.attachments()), ()))
