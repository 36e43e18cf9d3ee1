"""Where workshops are kept, and what follows from it: a folder of this machine, or a database that nodes share."""

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from atelier.access.server_keys import creation_key, signing_secret
from atelier.config import CREATE_KEY_FILE, SECRET, Config, keep_secret, new_create_key, new_secret
from atelier.deferred import DeferredWrites
from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Damaged
from atelier.journal.store import JournalStore
from atelier.library.engines import NAME as LIBRARY
from atelier.library.engines import FileEngine
from atelier.library.library import Library
from atelier.limits import CLOCK_LOOK_S, DOCUMENT_S
from atelier.retention.backup import Copy, back_up, back_up_shared
from atelier.retention.clock import Clock, NodesClock, SystemClock
from atelier.retention.records import FolderRecords, Records
from atelier.runtime.background import BackgroundJobs
from atelier.service.service import Service

Gone = Callable[[str], None]
"""Called with the code of a workshop that is no longer there."""

Copies = tuple[list[Copy], list[str]]
"""What was copied, and the codes of what is damaged."""

NODE = ".noeud-{}"
"""Folder of the documents that a node makes, in the folder of documents; emptied when it starts."""


class DatabaseUnusable(Exception):  # noqa: N818 - says what the database is
    """The database cannot be used; the message is a French sentence for whoever starts the program."""


class Storage(Protocol):
    """What the program needs of the place where workshops are kept."""

    @property
    def config(self) -> Config:
        """The configuration, as this place wants it."""
        ...

    @property
    def store(self) -> JournalStore:
        """The journals."""
        ...

    @property
    def records(self) -> Records:
        """What goes with them."""
        ...

    @property
    def library(self) -> Library:
        """What outlives workshops."""
        ...

    def hold(self) -> None:
        """Keep other servers out where only one may write. Raises FolderBusy or OSError."""
        ...

    def release(self) -> None:
        """Let others have it, and close it."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Context in which a command that is no server may write. Raises FolderBusy or OSError."""
        ...

    def signing_secret(self, deferred: DeferredWrites) -> bytes:
        """Return what signs cookies and links. Raises OSError."""
        ...

    def take_secret(self, secret: bytes) -> bool:
        """Keep the secret of another place unless there is one; tell whether it is what signs here. Raises OSError."""
        ...

    def creation_key(self, deferred: DeferredWrites) -> str:
        """Return the key with which workshops are created; empty where none is needed. Raises OSError."""
        ...

    def calendar(self) -> Clock:
        """Return the clock that says the date. Raises OSError."""
        ...

    def back_up(self, into: Path, at: dt.datetime, recipients: Sequence[Any]) -> Copies:
        """Copy every workshop, as `retention.backup.back_up` does. Raises OSError."""
        ...

    def join(self, service: Service, erased: Gone, out_of_reach: Gone, jobs: BackgroundJobs) -> None:
        """Hear from now on what other nodes write, and which workshops they erase or set aside."""
        ...


class FolderStorage:
    """A folder of SQLite files on this machine."""

    def __init__(self, config: Config, *, read_only: bool = False) -> None:
        self.config = config
        self.store = JournalFolder(config.sessions, read_only=read_only, shared=config.behind_nginx)
        self.records = FolderRecords(config.sessions, config.exports)
        self.library = Library(FileEngine(config.sessions / LIBRARY))

    def hold(self) -> None:
        """Lock the folder. Raises FolderBusy, or OSError on a disk that takes no lock."""
        self.store.hold()

    def release(self) -> None:
        """Release the lock."""
        self.store.release()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Context in which the folder is locked. Raises FolderBusy or OSError."""
        self.hold()
        try:
            yield
        finally:
            self.release()

    def signing_secret(self, deferred: DeferredWrites) -> bytes:
        """Return the secret beside the journals; where it cannot be kept yet, a restart forgets it. Raises OSError."""
        return signing_secret(self.config, deferred)

    def take_secret(self, secret: bytes) -> bool:
        """Keep the secret beside the journals unless there is one; tell whether it is there. Raises OSError."""
        keep_secret(self.config.sessions, secret)
        return (self.config.sessions / SECRET).read_bytes() == secret

    def creation_key(self, deferred: DeferredWrites) -> str:
        """Return the key beside the journals."""
        return creation_key(self.config, deferred)

    def calendar(self) -> Clock:
        """Return the machine's clock."""
        return SystemClock()

    def back_up(self, into: Path, at: dt.datetime, recipients: Sequence[Any]) -> Copies:
        """Copy every journal of the folder. Raises OSError."""
        return back_up(self.config.sessions, into, at, recipients)

    def join(self, service: Service, erased: Gone, out_of_reach: Gone, jobs: BackgroundJobs) -> None:
        """Do nothing: there is no other node."""


class DatabaseStorage:
    """A PostgreSQL database."""

    def __init__(self, config: Config, *, serving: bool = False, read_only: bool = False) -> None:
        """`serving`: for a node, whose documents are its own. Raises DatabaseUnusable."""
        from atelier.journal.postgres.bell import NodeBell
        from atelier.journal.postgres.store import PostgresStore, TooOld
        from atelier.library.postgres import DatabaseEngine
        from atelier.retention.shared_records import SharedRecords

        self._documents = config.exports / NODE.format(config.port) if serving else None
        self.config = replace(config, exports=self._documents or config.exports)
        try:
            self.store = PostgresStore(config.database_url, read_only=read_only)
        except TooOld:
            raise DatabaseUnusable(
                "Cette base est trop ancienne : l’Atelier demande PostgreSQL 15."
            ) from None
        except Damaged:
            raise DatabaseUnusable(
                "Une version plus récente de l’Atelier a préparé cette base : mettez celle-ci à jour."
            ) from None
        except OSError as error:
            raise DatabaseUnusable(
                "La base de données ne peut pas être utilisée. Vérifiez ATELIER_DATABASE_URL et que PostgreSQL "
                f"tourne ; il dit : « {error.strerror} »"
            ) from None
        self.records = SharedRecords(self.store, self.config.exports)
        self.library = Library(DatabaseEngine(self.store))
        self._bell: NodeBell | None = None
        self._clock: NodesClock | None = None

    def hold(self) -> None:
        """Make the folder of what concerns this node alone, and empty that of its documents. Raises OSError."""
        self.config.sessions.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._delete_documents()
        if self._documents is not None:
            self._documents.mkdir(parents=True, mode=0o700)

    def release(self) -> None:
        """Stop listening, delete the documents, and close the connections."""
        if self._bell is not None:
            self._bell.stop()
        self._delete_documents()
        self.store.close()

    def writing(self) -> AbstractContextManager[None]:
        """Context of nothing: any node may write."""
        return nullcontext()

    def signing_secret(self, deferred: DeferredWrites) -> bytes:
        """Return the secret of all nodes. Raises OSError."""
        return self.config.secret or self.store.kept(SECRET, new_secret)

    def take_secret(self, secret: bytes) -> bool:
        """Keep the secret for all nodes unless there is one; tell whether it is theirs. Raises OSError."""
        return self.store.kept(SECRET, lambda: secret) == secret

    def creation_key(self, deferred: DeferredWrites) -> str:
        """Return the key of all nodes, the one that was given if any. Raises OSError."""
        if self.config.create_key or not self.config.hosted:
            return self.config.create_key
        return self.store.kept(CREATE_KEY_FILE, lambda: new_create_key().encode()).decode()

    def calendar(self) -> Clock:
        """Return the database's clock, so that nodes agree. Raises OSError."""
        self._clock = NodesClock(self.store.ahead_ms)
        return self._clock

    def back_up(self, into: Path, at: dt.datetime, recipients: Sequence[Any]) -> Copies:
        """Copy every workshop of the database into files. Raises OSError."""
        return back_up_shared(self.store, self.store.kept(SECRET), into, at, recipients)

    def join(self, service: Service, erased: Gone, out_of_reach: Gone, jobs: BackgroundJobs) -> None:
        """Ring for what this node writes, and hear what others do."""
        from atelier.journal.postgres.bell import NodeBell

        self._bell = NodeBell(self.store, service.heard, service.stands)
        service.ring_others_by(self._bell.ring)
        service.gone_by(lambda code: (out_of_reach if self.store.is_aside(code) else erased)(code))
        self._bell.start()
        if self._clock is not None:
            jobs.repeat("clock", self._clock.check, CLOCK_LOOK_S)
        jobs.repeat("documents", self._delete_old_documents, DOCUMENT_S / 10)

    def _delete_old_documents(self) -> None:
        """Delete the documents that somebody had time to fetch: what another node erases may be in them."""
        for path in self._documents.iterdir() if self._documents else ():
            if path.stat().st_mtime < time.time() - DOCUMENT_S:
                path.unlink(missing_ok=True)

    def _delete_documents(self) -> None:
        if self._documents is not None:
            shutil.rmtree(self._documents, ignore_errors=True)


def storage_of(config: Config, *, serving: bool = False, read_only: bool = False) -> Storage:
    """Return where `config` says that workshops are. `serving`: for a node, whose documents are its own.

    Raises DatabaseUnusable.
    """
    if not config.database_url:
        return FolderStorage(config, read_only=read_only)
    return DatabaseStorage(config, serving=serving, read_only=read_only)
