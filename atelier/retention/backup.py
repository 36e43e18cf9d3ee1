"""Copies of the journals: taken beside a running server, checked, put back, and expired with their workshops."""

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from atelier.domain.evolve import fold
from atelier.domain.state import Workshop
from atelier.journal.folder import JournalFolder, drop_snapshot
from atelier.journal.protocol import START, Damaged, Position
from atelier.retention.erasure_log import WHOLE, Erasure, noted

PREFIX = "sauvegarde-"
SECRET = ".secret"  # noqa: S105 - the name of a file
STRAY = "abime"


class NotRestored(Exception):  # noqa: N818 - says what did not happen
    """A copy was not put back; the message says why, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One workshop in a backup: where it is, up to which position, and until when it may be kept."""

    code: str
    path: Path
    position: Position
    state: Workshop

    @property
    def purge_on(self) -> str:
        """The day on which the workshop, and so this copy, has to go."""
        return self.state.prepared.purge_on


def back_up(sessions: Path, into: Path, at: dt.datetime) -> tuple[list[Copy], list[str]]:
    """Copy every journal into a dated folder of `into`; return the copies, checked, and the codes that are damaged.

    Consistent while a server runs: each holds all that was committed before its copy began. Raises OSError.
    """
    folder = _new_folder(into / f"{PREFIX}{at:%Y-%m-%d-%Hh%Mm%S}")
    copies, damaged = [], []
    for code in JournalFolder(sessions, read_only=True).codes():
        try:
            _copy(sessions / f"{code}.db", folder / f"{code}.db")
            copies.append(look_at(folder / f"{code}.db"))
        except (sqlite3.Error, Damaged, LookupError):
            (folder / f"{code}.db").unlink(missing_ok=True)
            damaged.append(code)
    if (sessions / SECRET).exists():
        # Without it the links and cookies of these workshops would no longer open anything.
        shutil.copy(sessions / SECRET, folder / SECRET)
        (folder / SECRET).chmod(0o600)
    return copies, damaged


def _new_folder(wanted: Path) -> Path:
    """Make it; another copy of the same second stays as it is."""
    folder, n = wanted, 1
    while folder.exists():
        folder, n = wanted.with_name(f"{wanted.name}-{n + 1}"), n + 1
    folder.mkdir(parents=True, mode=0o700)
    return folder


def look_at(path: Path) -> Copy:
    """Read a copy from beginning to end. Raises Damaged, or LookupError when it holds no workshop."""
    with closing(JournalFolder(path.parent, read_only=True).open(path.stem)) as journal:
        recorded = list(journal.read())
    state = fold(each.fact for each in recorded)
    last = recorded[-1] if recorded else None
    position = Position(last.seq, last.head) if last else START
    copy = Copy(code=path.stem, path=path, position=position, state=state)
    if state.setup is None:
        raise LookupError(f"{path.name}: no workshop")
    return copy


def expired(into: Path, today: dt.date) -> Iterator[Path]:
    """Delete the copies whose workshop had to be erased by `today`, and the folders that hold no more; yield them."""
    for folder in sorted(into.glob(f"{PREFIX}*")):
        for path in sorted(folder.glob("*.db")):
            try:
                over = dt.date.fromisoformat(look_at(path).purge_on) <= today
            except (Damaged, LookupError, ValueError):
                over = False
            if over:
                path.unlink()
                yield path
        if not any(folder.glob("*.db")):
            shutil.rmtree(folder)


def restore(copy: Copy, sessions: Path, *, force: bool = False) -> Path | None:
    """Put `copy` in the place of its workshop's journal; return where a journal that stood there went, if any.

    For whoever holds the folder's lock. Raises NotRestored when the workshop was erased since, or when what is there
    knows more than the copy and `force` is not set.
    """
    if Erasure(copy.code, WHOLE) in noted(sessions):
        raise NotRestored(f"L’atelier {copy.code} a été effacé : sa copie ne peut pas revenir.")
    place = sessions / f"{copy.code}.db"
    if place.exists() and not force and _knows_more(place, copy):
        raise NotRestored(
            f"L’atelier {copy.code} contient des faits que la copie n’a pas. Pour le remplacer quand même : --force."
        )
    aside = _set_aside(place) if place.exists() else None
    drop_snapshot(place)
    _copy(copy.path, place)
    return aside


def participants_to_erase(copy: Copy, sessions: Path) -> list[str]:
    """Return who was erased from this workshop and is, with their words, in the copy again."""
    erased = {each.participant for each in noted(sessions) if each.code == copy.code}
    return sorted(erased & set(copy.state.people))


def _knows_more(place: Path, copy: Copy) -> bool:
    try:
        there = look_at(place)
    except (Damaged, LookupError, sqlite3.Error):
        return False
    return there.position.seq > copy.position.seq or (
        there.position.seq == copy.position.seq and there.position.head != copy.position.head
    )


def _set_aside(place: Path) -> Path:
    stamp = dt.datetime.now().astimezone().strftime("%Y%m%d%H%M%S")
    aside = place.with_name(f"{place.stem}.{STRAY}-{stamp}")
    for suffix in ("-wal", "-shm"):
        log = place.with_name(place.name + suffix)
        if log.exists():
            log.replace(aside.with_name(aside.name + suffix))
    place.replace(aside)
    return aside


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online copy: one moment of the database, whatever is being committed meanwhile."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(descriptor)
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        # One file without a log beside it: what is copied by hand afterwards is whole.
        written.execute("pragma journal_mode = delete")
    with target.open("rb") as file:
        os.fsync(file.fileno())
