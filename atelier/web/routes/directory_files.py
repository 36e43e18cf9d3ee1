"""Files of a page « Qui fait quoi ? »: places and logos that its owner brings, documents that they take away."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.operation_ids import new_op
from atelier.directory.files import BadFile, merged, read_places
from atelier.directory.filling import placed
from atelier.directory.page import Logo, Page, with_place
from atelier.directory.place import Place, Places, chosen
from atelier.export.failures import ExportFailed
from atelier.export.leaflets import DOCUMENTS, HTML, leaflet_of, made_logo, make_leaflet, page_file
from atelier.library.items import Blob, Item, Kind, TooLarge
from atelier.limits import FORM_BYTES, LOGO_BYTES, LOGOS, PLACES, PLACES_FILE_BYTES
from atelier.runtime.concurrency import off_the_loop
from atelier.runtime.logs import reason
from atelier.web.http import sentences
from atelier.web.http.client_gone import gone
from atelier.web.http.context import context
from atelier.web.http.directory import owned
from atelier.web.http.errors import said
from atelier.web.http.forms import Malformed
from atelier.web.http.photos import BadPhoto, logo_of
from atelier.web.render.templating import render, versioned
from atelier.web.routes.directory import revised_on
from atelier.web.routes.directory_form import PLACE_FIELDS, Wrong, as_typed, checked, place_typed
from atelier.web.routes.directory_owner import edit_page, revised
from atelier.web.routes.posted import posted

log = logging.getLogger("atelier.web")
directory_files = Blueprint("directory_files", __name__)


@directory_files.post("/qui-fait-quoi/<ident>/lieux")
def bring_places(ident: str) -> BaseResponse:
    """Take the places of a file that fit what was asked; say of every other row why not."""
    request.max_content_length = PLACES_FILE_BYTES + FORM_BYTES
    item, page = owned(ident)
    try:
        form, body = _sent("places", PLACES_FILE_BYTES, "territory", "communes", "network")
    except RequestEntityTooLarge:
        return Response(edit_page(item, page, message=sentences.PLACES_TOO_HEAVY), 413)
    try:
        read = off_the_loop(read_places, body)
    except BadFile as bad:
        return Response(edit_page(item, page, message=str(bad), places_sent=form), 422)
    wanted = chosen(read.places, form.get("territory", ""), form.get("communes", ""), form.get("network", ""))
    kept = merged(page.places, wanted)
    if len(kept) > PLACES:
        return Response(edit_page(item, page, message=sentences.TOO_MANY_PLACES, places_sent=form), 422)
    answer = revised(item, lambda before: placed(before, kept), "lieux")
    return answer if answer.status_code != 303 else _reported(ident, read, len(wanted))


def _reported(ident: str, read: Places, taken: int) -> BaseResponse:
    """Return the owner’s page with what the file held, row by row where something was wrong."""
    item, page = owned(ident)
    report = {
        "taken": taken, "elsewhere": len(read.places) - taken,
        "refused": [each for each in read.faults if not each.taken],
        "noted": [each for each in read.faults if each.taken],
    }  # fmt: skip
    return Response(edit_page(item, page, report=report))


@directory_files.get("/qui-fait-quoi/<ident>/lieu")
def one_place(ident: str) -> str:
    """The form of one place, or of a new one."""
    item, page = owned(ident)
    return _place_page(item, page, _place(page, request.args.get("id", "")))


@directory_files.post("/qui-fait-quoi/<ident>/lieu")
def change_place(ident: str) -> BaseResponse:
    """Keep one place as it was typed, or take it off the page."""
    item, page = owned(ident)
    form = posted("id", "act", *PLACE_FIELDS, *(f"door-{door.id}" for door in page.doors))
    before = _place(page, form.get("id", ""))
    if form.get("act") == "lieu-retire":
        left = tuple(each for each in page.places if each.id != before.id)
        return revised(item, lambda found: replace(found, places=left), "lieu-retire", "#vos-lieux")
    try:
        typed = place_typed(form, before, page, checked)
    except Wrong as wrong:
        return Response(_place_page(item, page, place_typed(form, before, page, as_typed), str(wrong)), 422)
    known = any(each.id == typed.id for each in page.places)
    if not known and len(page.places) >= PLACES:
        return said(422, sentences.TOO_MANY_PLACES)
    change: Callable[[Page], Page] = (
        (lambda found: with_place(found, typed))
        if known
        else (lambda found: replace(found, places=(*found.places, typed)))
    )
    return revised(item, change, "lieu", "#vos-lieux")


def _place(page: Page, ident: str) -> Place:
    found = next((each for each in page.places if each.id == ident), None)
    if ident and found is None:
        abort(404)
    return found or Place(id=f"page-{new_op()}", name="", commune="")


def _place_page(item: Item, page: Page, place: Place, message: str = "") -> str:
    home = f"/qui-fait-quoi/{item.id}"
    known = any(each.id == place.id for each in page.places)
    return render(
        "pages/directory_place.html", surface="home", body={}, page=page, place=place, home=home, known=known,
        message=message, action=versioned(f"{home}/lieu"),
    )  # fmt: skip


@directory_files.post("/qui-fait-quoi/<ident>/logos")
def bring_logo(ident: str) -> BaseResponse:
    """Keep one logo as pixels, whatever was sent: nothing of the file itself is shown to anybody."""
    request.max_content_length = LOGO_BYTES + FORM_BYTES
    item, page = owned(ident)
    try:
        form, body = _sent("logo", LOGO_BYTES, "words")
        words = checked(form.get("words", ""), 140)
        if not words or len(page.logos) >= LOGOS:
            raise Wrong(sentences.LOGO_UNNAMED if not words else sentences.LOGOS_FULL)
        pixels = logo_of(body, lambda drawing: made_logo(drawing, context().config.exports, gone()))
    except RequestEntityTooLarge:
        return Response(edit_page(item, page, message=sentences.LOGO_TOO_HEAVY), 413)
    except ExportFailed as failed:
        log.warning("logo.failed", extra={"reason": f"{failed.code}/{reason(failed)}"})
        return Response(edit_page(item, page, message=sentences.LOGO_UNREADABLE), 422)
    except (Wrong, BadPhoto) as wrong:
        return Response(edit_page(item, page, message=str(wrong)), 422)
    name = new_op()
    try:
        context().library.put_blob(Kind.PAGE, ident, name, Blob(media_type="image/png", content=pixels))
    except TooLarge:
        return Response(edit_page(item, page, message=sentences.LOGOS_FULL), 422)
    return revised(
        item, lambda found: replace(found, logos=(*found.logos, Logo(blob=name, words=words))), "logo"
    )


@directory_files.post("/qui-fait-quoi/<ident>/logos/retirer")
def drop_logo(ident: str) -> BaseResponse:
    """Take a logo off the page, and erase it."""
    item, page = owned(ident)
    name = posted("logo").get("logo", "")
    if all(each.blob != name for each in page.logos):
        abort(404)
    context().library.drop_blob(Kind.PAGE, ident, name)
    kept = tuple(each for each in page.logos if each.blob != name)
    return revised(item, lambda found: replace(found, logos=kept), "logo-retire")


def _sent(field: str, most: int, *fields: str) -> tuple[Mapping[str, str], bytes]:
    """Return the form and the bytes of its file. Raises RequestEntityTooLarge, UnknownField or Malformed."""
    request.max_form_memory_size = request.max_content_length
    files, form = request.files, posted(*fields)
    if set(files) - {field} or field not in files:
        raise Malformed("not a file of a page")
    body = files[field].read(most + 1)
    if len(body) > most:
        raise RequestEntityTooLarge
    return form, body


@directory_files.post("/qui-fait-quoi/<ident>/documents")
def document(ident: str) -> BaseResponse:
    """Make a document of the page, and hand it over."""
    item, page = owned(ident)
    form = posted("what", "paper", "place", "grey")
    what, paper = form.get("what", ""), form.get("paper", "a4")
    if what not in DOCUMENTS or paper not in ("a3", "a4"):
        raise Malformed("not a document of a page")
    logos, made = _pixels(ident, page), revised_on(item)
    if what == HTML:
        return _handed(*off_the_loop(page_file, page, logos, made), "text/html")
    here = context()
    base = here.addresses.base() or here.addresses.own()
    leaflet = leaflet_of(
        page, what, paper, logos=logos, made=made, grey=form.get("grey") == "1",
        place=_place(page, form["place"]) if form.get("place") else None,
        url=f"{base}/qui-fait-quoi/{ident}" if page.published else "",
    )  # fmt: skip
    try:
        return _handed(*make_leaflet(leaflet, ident, here.config.exports, gone()), "application/pdf")
    except ExportFailed as failed:
        log.warning("export.failed", extra={"reason": f"{failed.code}/{reason(failed)}"})
        return said(503, failed.sentence)


def _handed(name: str, body: bytes, kind: str) -> Response:
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _pixels(ident: str, page: Page) -> list[tuple[str, bytes]]:
    """Return the logos with their words."""
    found = ((each.words, context().library.blob(Kind.PAGE, ident, each.blob)) for each in page.logos)
    return [(words, blob.content) for words, blob in found if blob is not None]
