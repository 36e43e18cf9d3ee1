"""Results without names that outlive their workshop: by their address, by the key of their owner's link."""

from flask import abort, session

from atelier.domain.previous import Previous, previous_of_plain
from atelier.library.items import Item, Kind, UnknownItem
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context

REMEMBERED = "results"
"""What of the cookie holds the keys of a browser’s kept results."""


def kept(ident: str) -> tuple[Item, Previous]:
    """Return kept results to their owner: 404 where there are none, 403 for anybody else."""
    try:
        item = context().library.get(Kind.RESULTS, ident)
    except UnknownItem:
        abort(404)
    if not owns(ident):
        abort(403)
    return item, previous_of_plain(item.body["previous"])


def owns(ident: str) -> bool:
    """Tell whether this browser holds the owner’s key of kept results."""
    key = key_held(ident)
    return bool(key) and context().library.is_owner(Kind.RESULTS, ident, key)


def key_held(ident: str) -> str:
    """Return the key that this browser holds, right or wrong; "" for none."""
    return str(session.get(REMEMBERED, {}).get(ident, ""))


def take_key(ident: str, key: str) -> bool:
    """Let this browser own the results if the key is right; a wrong one is counted as a guess. Raises TooMany."""
    guesses = context().guesses
    guesses.before_code(network(), ident)
    if not context().library.is_owner(Kind.RESULTS, ident, key):
        guesses.wrong(network())
        return False
    identity.remember(REMEMBERED, ident, key)
    return True


def mine() -> list[tuple[str, Previous]]:
    """Return the results that this browser owns, the latest first."""
    idents = [ident for ident in reversed(list(session.get(REMEMBERED, {}))) if owns(ident)]
    return [(ident, kept(ident)[1]) for ident in idents]
