"""/qui-fait-quoi/ID: the published page, its logos, its calendar, for whoever has the address."""

import hmac

from flask import Blueprint, Response, abort, request

from atelier.access.keys import secret_for
from atelier.directory.page import Page
from atelier.directory.reader import dated, found, shown_dates, shown_doors, shown_places, sources
from atelier.export.ics import calendar_text, day_events
from atelier.library.items import Item, Kind
from atelier.local_time import day_at, zone_at
from atelier.web.http.client_gone import gone
from atelier.web.http.context import context
from atelier.web.http.directory import owns, page_of
from atelier.web.render.templating import render
from atelier.wording import date_text

directory = Blueprint("directory", __name__)
_LOGO_KEPT = "public, max-age=86400"


@directory.get("/qui-fait-quoi/<ident>")
def read(ident: str) -> Response:
    """Show the page; `q` and `porte` narrow down its places where no script does."""
    item, page = page_of(ident)
    if not (page.published or owns(ident)):
        abort(404)
    asked, door = request.args.get("q", "")[:100], request.args.get("porte", "")
    if asked or door:
        return Response(_drawn(item, page, asked, door))
    # A poster that a room scans at once: drawn once for all, until somebody changes the page.
    drawn = (item.id, item.revision, page.published)
    return Response(context().sheets.get(drawn, lambda: _drawn(item, page, "", "").encode(), gone()))


def _drawn(item: Item, page: Page, asked: str, door: str) -> str:
    home = f"/qui-fait-quoi/{item.id}"
    return render(
        "pages/directory.html", surface="directory", body={}, page=page, home=home, preview=not page.published,
        logos=[(f"{home}/logos/{each.blob}", each.words) for each in page.logos],
        shown=shown_doors(page), dates_shown=shown_dates(page),
        places_shown=found(shown_places(page.places), asked, door), of=len(page.places),
        asked=asked, door=door, source=sources(page), made=revised_on(item),
    )  # fmt: skip


@directory.get("/qui-fait-quoi/<ident>/logos/<name>")
def logo(ident: str, name: str) -> Response:
    """One logo: pixels that were made here, whatever was sent."""
    _, page = page_of(ident)
    if not (page.published or owns(ident)):
        abort(404)
    blob = context().library.blob(Kind.PAGE, ident, name)
    if blob is None:
        abort(404)
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": _LOGO_KEPT}
    return Response(blob.content, mimetype="image/png", headers=headers)


@directory.get("/qui-fait-quoi/<ident>/agenda.ics")
def calendar(ident: str) -> Response:
    """The decisions and days with a date, for calendars that come back for them, as long as their link works."""
    item, page = page_of(ident)
    secret = feed_secret(ident, page)
    if not (secret and hmac.compare_digest(secret.encode(), request.args.get("cle", "").encode())):
        abort(404)
    title = " · ".join(filter(None, (page.title, page.territory)))
    events = day_events(
        ident, ((each.id, each.on, each.what) for each in dated(page)), page.origin, item.revised
    )
    headers = {"Content-Disposition": 'inline; filename="agenda.ics"'}
    return Response(calendar_text(events, title), mimetype="text/calendar", headers=headers)


def feed_secret(ident: str, page: Page) -> str:
    """Return the secret of the calendar’s link that works, "" where none does."""
    return secret_for(context().secret, f"agenda:{ident}", str(page.feed)) if page.feed else ""


def revised_on(item: Item) -> str:
    """Return the day of an item’s newest revision, in words."""
    return date_text(day_at(item.revised, zone_at("", "")).isoformat())
