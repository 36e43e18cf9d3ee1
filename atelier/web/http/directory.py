"""Pages « Qui fait quoi ? » by their address: found, owned, or told as strangers should see it."""

from flask import abort

from atelier.directory.page import Page, page_from
from atelier.library.items import Item, Kind, UnknownItem
from atelier.web.http.context import context
from atelier.web.http.ownership import Ownership

REMEMBERED = "pages"
"""What of the cookie holds the keys of a browser’s pages."""
_ownership = Ownership(Kind.PAGE, REMEMBERED)
key_held, owns, take_key = _ownership.key_held, _ownership.owns, _ownership.take_key


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
