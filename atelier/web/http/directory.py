"""Pages « Qui fait quoi ? » by their address: found, owned, or told as strangers should see it."""

from flask import abort, session

from atelier.directory.page import Page, page_from
from atelier.library.items import Item, Kind, UnknownItem
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context

REMEMBERED = "pages"
"""What of the cookie holds the keys of a browser’s pages."""


def page_of(ident: str) -> tuple[Item, Page]:
    """Return a page, published or not. 404 where there is none."""
    try:
        item = context().library.get(Kind.PAGE, ident)
    except UnknownItem:
        abort(404)
    return item, page_from(item.body)


def owned(ident: str) -> tuple[Item, Page]:
    """Return a page to its owner; 403 for anybody else."""
    found = page_of(ident)
    if not owns(ident):
        abort(403)
    return found


def owns(ident: str) -> bool:
    """Tell whether this browser holds the owner’s key of a page."""
    key = key_held(ident)
    return bool(key) and context().library.is_owner(Kind.PAGE, ident, key)


def key_held(ident: str) -> str:
    """Return the key of a page that this browser holds, right or wrong; "" for none."""
    return str(session.get(REMEMBERED, {}).get(ident, ""))


def take_key(ident: str, key: str) -> bool:
    """Let this browser own the page if the key is right; a wrong one is counted as a guess. Raises TooMany."""
    guesses = context().guesses
    guesses.before_code(network(), ident)
    if not context().library.is_owner(Kind.PAGE, ident, key):
        guesses.wrong(network())
        return False
    identity.remember(REMEMBERED, ident, key)
    return True
