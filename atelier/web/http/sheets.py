"""Doctrines kept on the server, by their address: found, owned, offered to prepare a workshop with."""

from flask import abort, session

from atelier.doctrines.checking import FaultyDoctrine, doctrine_of_plain
from atelier.doctrines.loading import load, slugs
from atelier.domain.doctrine import Doctrine
from atelier.library.items import Item, Kind, UnknownItem
from atelier.web.http.context import context
from atelier.web.http.ownership import Ownership

REMEMBERED = "sheets"
"""What of the cookie holds the keys of a browser’s doctrines."""
_ownership = Ownership(Kind.DOCTRINE, REMEMBERED)
key_held, owns, take_key = _ownership.key_held, _ownership.owns, _ownership.take_key


def sheet_of(ident: str) -> tuple[Item, Doctrine]:
    """Return a doctrine that is kept. 404 where there is none."""
    try:
        item = context().library.get(Kind.DOCTRINE, ident)
        return item, doctrine_of_plain(item.body["doctrine"])
    except (UnknownItem, FaultyDoctrine):
        abort(404)


def owned(ident: str) -> tuple[Item, Doctrine]:
    """Return a doctrine to its owner; 403 for anybody else, 404 where there is none."""
    found = sheet_of(ident)
    if not owns(ident):
        abort(403)
    return found


def chosen(name: str) -> Doctrine:
    """Return the doctrine of that slug, or that this browser keeps under that id. 404 or 403 for any other."""
    return load(name) if name in slugs() else owned(name)[1]


def mine() -> list[tuple[str, Doctrine]]:
    """Return the doctrines that this browser keeps, the newest first."""
    found = []
    for ident in reversed(list(session.get(REMEMBERED, {}))):
        try:
            item = context().library.get(Kind.DOCTRINE, ident)
            if owns(ident):
                found.append((ident, doctrine_of_plain(item.body["doctrine"])))
        except (UnknownItem, FaultyDoctrine):
            continue
    return found
