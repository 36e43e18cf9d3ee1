"""The library of a server: what outlives workshops. Each item has an owner's link, revisions, and its own term."""

import datetime as dt
import hmac
import json
import secrets
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from atelier import limits
from atelier.access.keys import hash_of
from atelier.domain.codes import ALPHABET
from atelier.journal.protocol import Damaged
from atelier.library.engines import Engine, Run
from atelier.library.items import (
    Blob,
    Item,
    Kind,
    LibraryDamaged,
    LibraryRefused,
    Stale,
    TooLarge,
    UnknownItem,
)

ID_LENGTH = 10
"""Characters of an id: nobody finds one by trying; a public page is not secret, but not listed either."""

_ITEM = (
    "select items.kind, items.id, revisions.revision, created, at, keep_until, body, sum from {schema}.items "
    "join {schema}.revisions on revisions.kind = items.kind and revisions.id = items.id "
)
_NEWEST = "and revisions.revision = items.revision "


class Library:
    """Items by kind and id. Every method may raise LibraryRefused and LibraryDamaged."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def _written(self, work: Callable[[Run], Any]) -> Any:
        return _in_our_words(self.engine.transaction, work)

    def _read(self, work: Callable[[Run], Any]) -> Any:
        return _in_our_words(self.engine.reading, work)

    def create(
        self, kind: Kind, body: Mapping[str, Any], *, now: int, keep_until: dt.date | None = None
    ) -> tuple[Item, str]:
        """Keep a new item; return it with the secret of its owner's link, which only its hash is kept of.

        `now` in Unix ms. Raises TooLarge.
        """
        key, fresh = new_key(), "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))
        text = _text(body)

        def work(run: Run) -> None:
            ((count,),) = run("select count(*) from {schema}.items")
            if count >= limits.LIBRARY_ITEMS:
                raise TooLarge("items")
            run(
                "insert into {schema}.items values (%s, %s, 1, %s, %s, %s)",
                kind, fresh, now, keep_until and keep_until.isoformat(), hash_of(key),
            )  # fmt: skip
            _revise(run, kind, fresh, 1, now, text)

        self._written(work)
        return self.get(kind, fresh), key

    def get(self, kind: Kind, ident: str) -> Item:
        """Return the newest revision of an item. Raises UnknownItem."""
        rows = self._read(
            lambda run: run(_ITEM + _NEWEST + "where items.kind = %s and items.id = %s", kind, ident)
        )
        return _one(rows)

    def items(self, kind: Kind) -> list[Item]:
        """Return the newest revision of every item of a kind, oldest item first."""
        rows = self._read(
            lambda run: run(_ITEM + _NEWEST + "where items.kind = %s order by created, items.id", kind)
        )
        return [_item(row) for row in rows]

    def revision(self, kind: Kind, ident: str) -> int:
        """Return the number of the newest revision, to tell whether what was drawn of it still holds.

        Raises UnknownItem.
        """
        rows = self._read(
            lambda run: run("select revision from {schema}.items where kind = %s and id = %s", kind, ident)
        )
        if not rows:
            raise UnknownItem(ident)
        return int(rows[0][0])

    def history(self, kind: Kind, ident: str) -> list[Item]:
        """Return the revisions that are still kept, newest first. Raises UnknownItem."""
        rows = self._read(
            lambda run: run(
                _ITEM + "where items.kind = %s and items.id = %s order by revisions.revision desc",
                kind,
                ident,
            )
        )
        if not rows:
            raise UnknownItem(ident)
        return [_item(row) for row in rows]

    def revise(self, kind: Kind, ident: str, body: Mapping[str, Any], *, based_on: int, now: int) -> Item:
        """Keep a new revision, decided on revision `based_on`. Raises Stale, UnknownItem or TooLarge.

        The oldest revisions beyond `limits.LIBRARY_REVISIONS` are erased.
        """
        text = _text(body)

        def work(run: Run) -> None:
            rows = run(
                "update {schema}.items set revision = revision + 1 where kind = %s and id = %s and revision = %s "
                "returning revision",
                kind, ident, based_on,
            )  # fmt: skip
            if not rows:
                _refuse(run, kind, ident)
            _revise(run, kind, ident, based_on + 1, now, text)
            run(
                "delete from {schema}.revisions where kind = %s and id = %s and revision <= %s",
                kind, ident, based_on + 1 - limits.LIBRARY_REVISIONS,
            )  # fmt: skip

        self._written(work)
        return self.get(kind, ident)

    def forget_history(self, kind: Kind, ident: str) -> None:
        """Erase all revisions but the newest: a word that was taken out is gone then."""
        self._written(
            lambda run: run(
                "delete from {schema}.revisions where kind = %s and id = %s and revision < "
                "(select revision from {schema}.items where kind = %s and id = %s)",
                kind, ident, kind, ident,
            )
        )  # fmt: skip

    def keep(self, kind: Kind, ident: str, until: dt.date | None) -> Item:
        """Set the day from which an item is erased; None for never. Raises UnknownItem."""
        self._written(
            lambda run: run(
                "update {schema}.items set keep_until = %s where kind = %s and id = %s",
                until and until.isoformat(), kind, ident,
            )
        )  # fmt: skip
        return self.get(kind, ident)

    def is_owner(self, kind: Kind, ident: str, key: str) -> bool:
        """Tell whether `key` is the secret of the owner's link. Compares in constant time."""
        rows = self._read(
            lambda run: run("select key_hash from {schema}.items where kind = %s and id = %s", kind, ident)
        )
        return bool(rows) and hmac.compare_digest(rows[0][0], hash_of(key))

    def renew_key(self, kind: Kind, ident: str) -> str:
        """Return the secret of a new owner's link; the former one no longer opens anything."""
        key = new_key()
        self._written(
            lambda run: run(
                "update {schema}.items set key_hash = %s where kind = %s and id = %s",
                hash_of(key),
                kind,
                ident,
            )
        )
        return key

    def end(self, kind: Kind, ident: str) -> None:
        """Erase an item with its revisions and blobs; no restored copy brings it back."""

        def work(run: Run) -> None:
            run("insert into {schema}.ended values (%s, %s) on conflict do nothing", kind, ident)
            _erase(run, kind, ident)

        self._written(work)

    def put_blob(self, kind: Kind, ident: str, name: str, blob: Blob) -> None:
        """Keep bytes beside an item, in the place of those of the same name. Raises TooLarge or UnknownItem."""
        if len(blob.content) > limits.LIBRARY_BLOB_BYTES:
            raise TooLarge("blob")

        def work(run: Run) -> None:
            if not run("select 1 from {schema}.items where kind = %s and id = %s", kind, ident):
                raise UnknownItem(ident)
            run("delete from {schema}.blobs where kind = %s and id = %s and name = %s", kind, ident, name)
            ((count,),) = run("select count(*) from {schema}.blobs where kind = %s and id = %s", kind, ident)
            if count >= limits.LIBRARY_BLOBS:
                raise TooLarge("blobs")
            run(
                "insert into {schema}.blobs values (%s, %s, %s, %s, %s)",
                kind, ident, name, blob.media_type, blob.content,
            )  # fmt: skip

        self._written(work)

    def blob(self, kind: Kind, ident: str, name: str) -> Blob | None:
        """Return the bytes of that name beside an item, None when there are none."""
        rows = self._read(
            lambda run: run(
                "select media_type, content from {schema}.blobs where kind = %s and id = %s and name = %s",
                kind, ident, name,
            )
        )  # fmt: skip
        return Blob(media_type=rows[0][0], content=bytes(rows[0][1])) if rows else None

    def blobs(self, kind: Kind, ident: str) -> list[str]:
        """Return the names of what is kept beside an item, sorted."""
        rows = self._read(
            lambda run: run(
                "select name from {schema}.blobs where kind = %s and id = %s order by name", kind, ident
            )
        )
        return [name for (name,) in rows]

    def drop_blob(self, kind: Kind, ident: str, name: str) -> None:
        """Erase the bytes of that name beside an item."""
        self._written(
            lambda run: run(
                "delete from {schema}.blobs where kind = %s and id = %s and name = %s", kind, ident, name
            )
        )

    def terms(self) -> list[tuple[Kind, str, dt.date]]:
        """Return kind, ident and day of every item that has a term."""
        rows = self._read(
            lambda run: run("select kind, id, keep_until from {schema}.items where keep_until is not null")
        )
        return [(Kind(kind), ident, dt.date.fromisoformat(until)) for kind, ident, until in rows]


def _in_our_words(run: Callable[[Callable[[Run], Any]], Any], work: Callable[[Run], Any]) -> Any:
    try:
        return run(work)
    except OSError as error:
        raise LibraryRefused(error.errno, error.strerror) from error
    except Damaged as error:
        raise LibraryDamaged(str(error)) from error


def new_key() -> str:
    """Return the secret of a new owner's link: 160 bits."""
    return secrets.token_urlsafe(20)


def check_revision(text: str, kept: int) -> None:
    """Refuse the text of a revision that has another sum than the one kept beside it. Raises Damaged."""
    if zlib.crc32(text.encode()) != kept:
        raise LibraryDamaged("a revision of the library does not read as it was written")


def _text(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > limits.LIBRARY_BODY_BYTES:
        raise TooLarge("body")
    return text


def _revise(run: Run, kind: Kind, ident: str, revision: int, at: int, text: str) -> None:
    run(
        "insert into {schema}.revisions values (%s, %s, %s, %s, %s, %s)",
        kind, ident, revision, at, text, zlib.crc32(text.encode()),
    )  # fmt: skip


def _refuse(run: Run, kind: Kind, ident: str) -> None:
    if run("select 1 from {schema}.items where kind = %s and id = %s", kind, ident):
        raise Stale(ident)
    raise UnknownItem(ident)


def _erase(run: Run, kind: Kind, ident: str) -> None:
    for place in ("blobs", "revisions", "items"):
        run(f"delete from {{schema}}.{place} where kind = %s and id = %s", kind, ident)  # noqa: S608 - names of our own


def _one(rows: Iterable[Any]) -> Item:
    for row in rows:
        return _item(row)
    raise UnknownItem


def _item(row: Any) -> Item:
    kind, ident, revision, created, at, until, text, kept = row
    check_revision(text, kept)
    return Item(
        kind=Kind(kind), id=ident, revision=revision, created=created, revised=at,
        keep_until=until and dt.date.fromisoformat(until), body=json.loads(text),
    )  # fmt: skip
