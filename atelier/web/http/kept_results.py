"""Results without names that outlive their workshop: by their address, by the key of their owner's link."""

from flask import abort, session

from atelier.domain.previous import Previous, previous_of_plain
from atelier.library.items import Item, Kind, UnknownItem
from atelier.web.http.context import context
from atelier.web.http.ownership import Ownership

REMEMBERED = "results"
"""What of the cookie holds the keys of a browser’s kept results."""
_ownership = Ownership(Kind.RESULTS, REMEMBERED)
key_held, owns, take_key = _ownership.key_held, _ownership.owns, _ownership.take_key


def kept(ident: str) -> tuple[Item, Previous]:
    """Return kept results to their owner: 404 where there are none, 403 for anybody else."""
    try:
        item = context().library.get(Kind.RESULTS, ident)
    except UnknownItem:
        abort(404)
    if not owns(ident):
        abort(403)
    return item, previous_of_plain(item.body["previous"])


def mine() -> list[tuple[str, Previous]]:
    """Return the results that this browser owns, the latest first."""
    idents = [ident for ident in reversed(list(session.get(REMEMBERED, {}))) if owns(ident)]
    return [(ident, kept(ident)[1]) for ident in idents]
