"""POST /journee/CODE/documents: the poster of a day, the synthesis of its rooms, everything of them in one archive."""

import io
import logging

from flask import Blueprint, send_file
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain.plenary import Room
from atelier.export.days import ALL, MARKDOWN, POSTER, SYNTHESIS, WORKBOOK, DaySource, day_document
from atelier.export.failures import ExportFailed
from atelier.runtime.logs import reason
from atelier.web.http import sentences
from atelier.web.http.client_gone import gone
from atelier.web.http.context import context
from atelier.web.http.day_cache import Held
from atelier.web.http.days import owned_day
from atelier.web.http.errors import said
from atelier.web.http.forms import Malformed
from atelier.web.routes.day_page import after
from atelier.web.routes.posted import posted
from atelier.web.routes.programme import entry_of

log = logging.getLogger("atelier.web")

day_documents = Blueprint("day_documents", __name__)
_OF_ROOMS = (SYNTHESIS, MARKDOWN, WORKBOOK)
NOTHING_YET = (
    "Aucune salle ne peut encore être lue : ce document aura un contenu dès que l’une travaille sur sa fiche."
)


@day_documents.post("/journee/<code>/documents")
def make(code: str) -> BaseResponse:
    """Make a document in another process, and hand it over; no file of it stays."""
    held, form = owned_day(code), posted("what", "paper")
    what, paper = form.get("what", ""), form.get("paper", "a4")
    if what not in (POSTER, ALL, *_OF_ROOMS) or paper not in ("a3", "a4"):
        raise Malformed("not a document of a day")
    if what in _OF_ROOMS and held.plenary is None:
        return after(held, NOTHING_YET, "#documents")
    here, before = context(), _forgotten(held)
    try:
        name, body = day_document(_source(held), what, paper, here.config.exports, gone())
    except ExportFailed as failed:
        log.warning("export.failed", extra={"reason": f"{failed.code}/{reason(failed)}"})
        return said(503, failed.sentence)
    if _forgotten(held) != before:  # it may hold what was erased while it was made
        return said(409, sentences.ERASED_MEANWHILE)
    return send_file(io.BytesIO(body), as_attachment=True, download_name=name, max_age=0)


def _source(held: Held) -> DaySource:
    return DaySource(
        day=held.day,
        rooms=[
            Room(name=room.slot.name, code=room.slot.workshop, state=room.state)
            for room in held.open_rooms
            if room.state
        ],
        plenary=held.plenary,
        doctrine=held.doctrine,
        entry=entry_of(held.day),
        at=context().service.now(),
    )


def _forgotten(held: Held) -> list[int]:
    """Return how often something was erased in each room."""
    return [context().forgotten(room.slot.workshop) for room in held.rooms]
