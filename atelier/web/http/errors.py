"""Every error as a French sentence: what happened, that nothing is lost, what to do. Never a traceback on a screen."""

import logging

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.ratelimit import TooMany
from atelier.library.items import LibraryDamaged, LibraryRefused
from atelier.runtime.logs import reason
from atelier.service.service import Damaged, Elsewhere, Full, StorageFailed, Unreachable
from atelier.web.http import sentences
from atelier.web.http.forms import Malformed, UnknownField
from atelier.web.http.lookup import Erased, NoSuchWorkshop
from atelier.web.render.templating import render
from atelier.web.routes.acts import misread, wants_json

_UNREADABLE = {
    Elsewhere: sentences.ELSEWHERE,
    Full: sentences.FULL,
    Unreachable: sentences.UNREACHED,
}

log = logging.getLogger("atelier.web")


def register(app: Flask) -> None:
    """Answer every failure in words."""
    for failure, answer in (
        (TooMany, _too_many), (Malformed, _misread), (NoSuchWorkshop, _no_workshop), (Damaged, _damaged),
        (StorageFailed, _unreadable), (LibraryDamaged, _library_damaged), (LibraryRefused, _library_refused),
        (HTTPException, _http_error), (Exception, _unexpected),
    ):  # fmt: skip
        app.register_error_handler(failure, answer)


def _no_workshop(error: NoSuchWorkshop) -> BaseResponse:
    if isinstance(error, Erased):
        return _erased(str(error))
    return said(404, sentences.NO_SUCH_WORKSHOP, code=str(error))


def _damaged(error: Damaged) -> BaseResponse:
    log.error("journal.damaged", extra={"reason": reason(error)})
    return said(503, sentences.DAMAGED)


def _unreadable(error: StorageFailed) -> BaseResponse:
    log.error("journal.unreadable", extra={"reason": reason(error)})
    return said(503, _UNREADABLE.get(type(error), sentences.UNREADABLE))


def _library_damaged(error: LibraryDamaged) -> BaseResponse:
    log.error("library.damaged", extra={"reason": reason(error)})
    return said(503, sentences.LIBRARY_DAMAGED)


def _library_refused(error: LibraryRefused) -> BaseResponse:
    log.error("library.refused", extra={"reason": reason(error)})
    return said(503, sentences.LIBRARY_REFUSED)


def _http_error(error: HTTPException) -> BaseResponse:
    status = error.code or 500
    return said(status, sentences.HTTP_ERRORS.get(status, sentences.HTTP_ERRORS[500]))


def _unexpected(error: Exception) -> BaseResponse:
    log.exception("request.failed")
    return said(500, sentences.HTTP_ERRORS[500])


def _misread(error: Malformed) -> BaseResponse:
    if not isinstance(error, UnknownField):
        return said(400, sentences.MALFORMED)
    code = (request.view_args or {}).get("code", "")
    page = "r" if request.path.startswith("/r/") else "animer"
    return misread(sentences.UNKNOWN_FIELD, code, f"/{page}/{code}")


def _too_many(error: TooMany) -> Response:
    response = said(429, sentences.HTTP_ERRORS[429])
    response.headers["Retry-After"] = str(error)
    if request.method == "GET" and not wants_json():
        response.headers["Refresh"] = str(error)  # whoever scanned a right code gets in by themselves
    return response


def _erased(code: str) -> Response:
    return said(410, sentences.ERASED) if wants_json() else Response(erased_page(code), 410)


def erased_page(code: str) -> str:
    """Return the page that stands where a workshop was; it empties what the browser kept of it."""
    return render("pages/erased.html", body={"erased": code}, message=sentences.ERASED)


def said(status: int, message: str, code: str = "") -> Response:
    """Return `message` as its medium wants it."""
    if wants_json():
        response = jsonify(message=message)
        response.status_code = status
        return response
    return Response(render("errors/error.html", message=message, status=status, typed=code[:12]), status)
