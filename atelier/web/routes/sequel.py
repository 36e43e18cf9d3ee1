"""« À la suite de »: the preparation form, with the results of another workshop that came in a file."""

from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from atelier.doctrines.loading import default_setup, load
from atelier.domain.previous import Previous
from atelier.domain.setup import Setup
from atelier.export.previous import NotAnExport, previous_of_export
from atelier.limits import EXPORT_BYTES, FORM_BYTES
from atelier.local_time import today, zone_at
from atelier.runtime.concurrency import off_the_loop
from atelier.web.http import identity, sentences
from atelier.web.http.forms import UnknownField
from atelier.web.routes.home import DOCTRINE, barred, form_page
from atelier.web.routes.posted import of_this_version, posted

sequel = Blueprint("sequel", __name__)


@sequel.post("/preparer/suite")
def from_file() -> BaseResponse:
    """Read a JSON export, and give the form with it; nothing is created yet."""
    model = default_setup(load(DOCTRINE), today(zone_at("", "")))
    if bar := barred():
        return Response(form_page(model, action="/preparer", message=bar, blocked=True), 403)
    identity.greet()
    try:
        previous = off_the_loop(previous_of_export, _sent())
    except RequestEntityTooLarge:
        return Response(form_page(model, action="/preparer", message=sentences.EXPORT_TOO_HEAVY), 413)
    except NotAnExport:
        return Response(form_page(model, action="/preparer", message=sentences.EXPORT_UNREADABLE), 422)
    except UnknownField:
        return Response(form_page(model, action="/preparer", message=sentences.UNKNOWN_FIELD), 422)
    return Response(form_page(_following(model, previous), action="/preparer"))


def _following(model: Setup, previous: Previous) -> Setup:
    return replace(model, title=previous.title, territory_code=previous.territory_code, previous=previous)


def _sent() -> bytes:
    """Return the bytes of the file. Raises UnknownField, RequestEntityTooLarge."""
    request.max_content_length = request.max_form_memory_size = EXPORT_BYTES + FORM_BYTES
    files = request.files
    posted()
    if set(files) - {"export"} and of_this_version():
        raise UnknownField(request.path)
    return files["export"].read(EXPORT_BYTES + 1) if "export" in files else b""
