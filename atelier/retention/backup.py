"""Backups of journals: take, verify, encrypt, restore, prune.

A plain copy is a SQLite file without a log. An encrypted one is the same file in age format, made and read in memory:
its words are never on the disk in clear. https://age-encryption.org/v1
"""

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from atelier.domain.codes import is_code
from atelier.domain.events import ParticipantErased
from atelier.domain.evolve import fold
from atelier.domain.retention import erased_on
from atelier.domain.state import Workshop
from atelier.journal.connection import to_read
from atelier.journal.folder import JournalFolder, drop_snapshot
from atelier.journal.protocol import START, Damaged, Position
from atelier.journal.sqlite import SqliteJournal, packed
from atelier.journal.store import JournalStore
from atelier.retention.erasure_log import WHOLE, Erasure, asked, note, noted

PREFIX = "sauvegarde-"
SECRET = ".secret"  # noqa: S105 - the name of a file
STRAY = "abime"
BEING_RESTORED = ".db-neuf"
ENCRYPTED = ".age"


class NotRestored(Exception):  # noqa: N818 - says what did not happen
    """A copy was not restored; the message is a French sentence."""


class BadKey(Exception):  # noqa: N818 - the key is
    """An invalid recipient or identity; the message is a French sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One workshop in a backup: path, decrypted database, last position and state."""

    code: str
    path: Path
    content: bytes
    position: Position
    state: Workshop

    @property
    def kept_until(self) -> dt.date:
        """The day on which the workshop, and so this copy, must be gone."""
        return erased_on(self.state.prepared)


def back_up(
    sessions: Path, into: Path, at: dt.datetime, recipients: Sequence[Any] = ()
) -> tuple[list[Copy], list[str]]:
    """Copy every journal into a dated folder of `into`; return the copies, checked, and the codes that are damaged.

    Consistent while a server runs: each holds all that was committed before its copy began. `recipients`: whose
    identity opens the copies, and the machine's secret with them; it is left out otherwise. Raises OSError.
    """
    codes = JournalFolder(sessions, read_only=True).codes()
    secret = (sessions / SECRET).read_bytes() if (sessions / SECRET).exists() else b""
    made = {code: partial(contents, sessions / f"{code}.db") for code in codes}
    return _copied(made, secret, into, at, recipients)


def back_up_shared(
    store: JournalStore, secret: bytes, into: Path, at: dt.datetime, recipients: Sequence[Any] = ()
) -> tuple[list[Copy], list[str]]:
    """Copy every journal of a database likewise, as the files that a folder would have. Raises OSError."""
    made = {code: partial(_packed, store, code) for code in store.codes()}
    return _copied(made, secret, into, at, recipients)


def _copied(
    made: Mapping[str, Callable[[], bytes]],
    secret: bytes,
    into: Path,
    at: dt.datetime,
    recipients: Sequence[Any],
) -> tuple[list[Copy], list[str]]:
    if not made:
        return [], []  # no folder for nothing
    folder = new_folder(into, at)
    copies, damaged = [], []
    for code, content in made.items():
        try:
            copies.append(_backed_up(code, content(), folder, recipients))
        except (sqlite3.Error, Damaged, LookupError):
            damaged.append(code)
    if recipients and secret:
        write_private(folder / f"{SECRET}{ENCRYPTED}", encrypted(secret, recipients))
    return copies, damaged


def _packed(store: JournalStore, code: str) -> bytes:
    with closing(store.open(code)) as journal:
        return packed(journal)


def _backed_up(code: str, content: bytes, folder: Path, recipients: Sequence[Any]) -> Copy:
    copy = examined(code, folder / f"{code}.db", content)
    if recipients:
        path = folder / f"{copy.code}.{copy.kept_until}.db{ENCRYPTED}"
        write_private(path, encrypted(content, recipients))
        return examined(code, path, content)
    write_private(copy.path, content)
    return look_at(copy.path)


def new_folder(into: Path, at: dt.datetime) -> Path:
    """Create the dated folder of a backup, under another name when that of this second exists. Raises OSError."""
    wanted, n = into / f"{PREFIX}{at:%Y-%m-%d-%Hh%Mm%S}", 1
    folder = wanted
    while folder.exists():
        folder, n = wanted.with_name(f"{wanted.name}-{n + 1}"), n + 1
    folder.mkdir(parents=True, mode=0o700)
    return folder


def contents(journal: Path) -> bytes:
    """Return a consistent copy of a database as one file without a log, taken beside writers. Raises sqlite3.Error."""
    with (
        closing(to_read(journal).conn) as read,
        closing(sqlite3.connect(":memory:")) as written,
    ):
        read.backup(written)
        content = bytearray(written.serialize())
    # The header says that the file has a log (file format, bytes 18 and 19): in memory it has none.
    content[18:20] = b"\x01\x01"
    return bytes(content)


def copy_journal(source: Path, target: Path) -> None:
    """Write a consistent copy of a journal and sync it. Raises sqlite3.Error or OSError."""
    write_private(target, contents(source))


def examined(code: str, path: Path, content: bytes) -> Copy:
    """Read a copy from beginning to end. Raises Damaged, or LookupError when it holds no workshop."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(content)
        except sqlite3.Error as error:
            raise Damaged(f"{path.name}: {error}") from error
        recorded = list(SqliteJournal.of(connection, path.name).read())
    state = fold(each.fact for each in recorded)
    last = recorded[-1] if recorded else None
    position = Position(last.seq, last.head) if last else START
    if state.setup is None:
        raise LookupError(f"{path.name}: no workshop")
    return Copy(code=code, path=path, content=content, position=position, state=state)


def look_at(path: Path, identities: Sequence[Any] = ()) -> Copy:
    """Read a copy, or a journal, from beginning to end. Raises Damaged, LookupError, OSError, or BadKey."""
    code = path.name.partition(".")[0]
    if path.name.endswith(ENCRYPTED):
        return examined(code, path, decrypted(path, identities))
    try:
        return examined(code, path, contents(path))
    except sqlite3.Error as error:
        raise Damaged(f"{path.name}: {error}") from error


def copies_in(folder: Path, code: str | None = None) -> list[Path]:
    """Return the paths of the copies in `folder`, or of those of one workshop."""
    paths = [*folder.glob("*.db"), *folder.glob(f"*.db{ENCRYPTED}")]
    return sorted(each for each in paths if is_code(_code_of(each)) and code in (None, _code_of(each)))


def restore(copy: Copy, sessions: Path, *, force: bool = False) -> Path | None:
    """Put `copy` in the place of its workshop's journal; return where a journal that stood there went, if any.

    For whoever holds the folder's lock. Raises NotRestored when the workshop was erased since, or when what is there
    knows more than the copy and `force` is not set.
    """
    if Erasure(copy.code, WHOLE) in asked(sessions):
        raise NotRestored(f"L’atelier {copy.code} est effacé : sa copie ne peut pas revenir.")
    place = sessions / f"{copy.code}.db"
    there = _there(place)
    if there is not None and not force and _knows_more(there, copy):
        raise NotRestored(
            f"L’atelier {copy.code} contient des faits que la copie n’a pas. Pour le remplacer quand même : --force."
        )
    # While it is still there: this journal may be the only record of an erasure.
    _note_who_was_erased(place, sessions)
    fresh = place.with_suffix(BEING_RESTORED)
    fresh.unlink(missing_ok=True)
    write_private(fresh, copy.content)
    aside = _set_aside(place) if place.exists() else None
    # Before the copy has its name: a cached state of the other journal must never stand beside it.
    drop_snapshot(place)
    fresh.replace(place)
    return aside


def participants_to_erase(copy: Copy, sessions: Path) -> list[str]:
    """Return who was erased from this workshop and is, with their words, in the copy again."""
    erased = {each.participant for each in noted(sessions) if each.code == copy.code}
    return sorted(erased & set(copy.state.people))


def recipients_from(texts: Sequence[str]) -> list[Any]:
    """Return the recipients that `age1…` or `ssh-…` keys name. Raises BadKey."""
    import pyrage  # type: ignore[import-untyped]

    recipients: list[Any] = []
    for text in texts:
        kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
        try:
            recipients.append(kind.Recipient.from_str(text))
        except pyrage.RecipientError:
            raise BadKey(
                f"« {text} » n’est pas une clé publique : elle commence par age1, ou par ssh-ed25519."
            ) from None
    return recipients


def identities_in(path: Path) -> list[Any]:
    """Return the identities of a file that `age-keygen` or `ssh-keygen` made. Raises BadKey or OSError."""
    import pyrage

    content = path.read_bytes()
    try:
        if b"PRIVATE KEY" in content:
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = (line.strip() for line in content.decode().splitlines())
        identities = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")
        ]
    except (pyrage.IdentityError, UnicodeDecodeError):
        identities = []
    if not identities:
        raise BadKey(f"Le fichier « {path} » ne contient pas d’identité (AGE-SECRET-KEY-1…).")
    return identities


def secret_in(folder: Path, identities: Sequence[Any]) -> bytes | None:
    """Return the machine's secret that a backup holds: encrypted, or in clear in one of an earlier version.

    Raises BadKey or OSError.
    """
    if (folder / f"{SECRET}{ENCRYPTED}").exists() and identities:
        return decrypted(folder / f"{SECRET}{ENCRYPTED}", identities)
    return (folder / SECRET).read_bytes() if (folder / SECRET).exists() else None


def encrypted(content: bytes, recipients: Sequence[Any]) -> bytes:
    """Return `content` in age format, for who holds the identity of one of `recipients`."""
    import pyrage

    encrypted: bytes = pyrage.encrypt(content, list(recipients))
    return encrypted


def decrypted(path: Path, identities: Sequence[Any]) -> bytes:
    """Return what an encrypted copy holds. Raises BadKey, Damaged or OSError."""
    import pyrage

    if not identities:
        raise BadKey(
            "Cette sauvegarde est chiffrée : donnez le fichier de votre identité, « --identity FICHIER »."
        )
    try:
        content: bytes = pyrage.decrypt(path.read_bytes(), list(identities))
    except pyrage.DecryptError as error:
        if "keys" in str(error).lower():
            raise BadKey(
                "Cette identité n’ouvre pas la sauvegarde : elle est chiffrée pour une autre."
            ) from None
        raise Damaged(f"{path.name}: {error}") from error
    return content


def _code_of(path: Path) -> str:
    return path.name.partition(".")[0]


def _there(place: Path) -> Copy | None:
    try:
        return look_at(place) if place.exists() else None
    except (Damaged, LookupError, OSError):
        return None


def _knows_more(there: Copy, copy: Copy) -> bool:
    return there.position.seq > copy.position.seq or (
        there.position.seq == copy.position.seq and there.position.head != copy.position.head
    )


def _note_who_was_erased(place: Path, sessions: Path) -> None:
    """Add to the erasure log what a journal says was erased: earlier versions could be stopped in between."""
    try:
        with closing(SqliteJournal(place, read_only=True)) as journal:
            events = [each.fact.event for each in journal.read()]
    except (FileNotFoundError, Damaged):
        return
    erased = {
        Erasure(place.stem, event.participant) for event in events if isinstance(event, ParticipantErased)
    }
    for each in sorted(erased - noted(sessions)):
        note(sessions, each)


def _set_aside(place: Path) -> Path:
    stamp = dt.datetime.now().astimezone().strftime("%Y%m%d%H%M%S")
    aside = place.with_name(f"{place.stem}.{STRAY}-{stamp}")
    for suffix in ("-wal", "-shm"):
        log = place.with_name(place.name + suffix)
        if log.exists():
            log.replace(aside.with_name(aside.name + suffix))
    place.replace(aside)
    return aside


def write_private(path: Path, content: bytes) -> None:
    """Write a new file for its owner only, durably. One that could not be written whole is removed."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
