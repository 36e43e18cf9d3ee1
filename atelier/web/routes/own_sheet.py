"""What a participant keeps: the sheet of their own group, as a page and as its PDF, once the workshop is closed."""

import logging
from typing import NamedTuple

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier.doctrines.loading import doctrine_of
from atelier.domain.selectors import lines
from atelier.domain.state import Workshop
from atelier.domain.values import Status
from atelier.export.api import Source, file_name, sheet_pdf
from atelier.export.failures import ExportFailed
from atelier.export.report import build, group_document
from atelier.live.admission import seated
from atelier.runtime.logs import reason
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, sentences
from atelier.web.http.client_gone import gone
from atelier.web.http.context import context
from atelier.web.http.errors import said
from atelier.web.http.lookup import snapshot_of
from atelier.web.render.templating import render

log = logging.getLogger("atelier.web")

own_sheet = Blueprint("own_sheet", __name__)


class _Asked(NamedTuple):
    """Whose sheet: the workshop, the table where the browser’s owner sits, and who that is."""

    snapshot: Snapshot
    group: int
    person: str

    @property
    def state(self) -> Workshop:
        return self.snapshot.state


@own_sheet.get("/a/<code>/fiche")
def page(code: str) -> BaseResponse:
    """The sheet as a page to read, to save or to print."""
    asked = _asked(code)
    if asked is None:
        return redirect(f"/a/{code}", 303)
    state, doctrine = asked.state, doctrine_of(asked.state.prepared)
    report = build(code, state, doctrine, context().service.now(), group_document(asked.group), "a4")
    [sheet] = report.sheets
    rows = list(zip(sheet.lines, lines(state.group(asked.group)), strict=True))
    html = render(
        "pages/own_sheet.html",
        surface="phone",
        body={},
        code=code,
        frame=report.frame,
        doctrine=doctrine,
        sheet=sheet,
        rows=rows,
    )
    return Response(html)


@own_sheet.get("/exports/<code>/fiche")
def pdf(code: str) -> BaseResponse:
    """The same as a PDF, made once for all of the table."""
    forgotten, asked, here = context().forgotten(code), _asked(code), context()
    if asked is None:
        return redirect(f"/a/{code}", 303)
    if here.sheets_asked.take(f"{code}/{asked.person}"):
        return said(429, sentences.TOO_MANY_SHEETS)
    try:
        document = _pdf(asked, forgotten)
    except ExportFailed as failed:
        log.warning("export.failed", extra={"reason": f"{failed.code}/{reason(failed)}"})
        return said(503, sentences.SHEET_FAILED)
    if here.forgotten(code) != forgotten:  # it may hold what was erased while it was made
        return said(409, sentences.ERASED_MEANWHILE)
    name = file_name(asked.state, group_document(asked.group), "a4")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(document, mimetype="application/pdf", headers=headers)


def _asked(code: str) -> _Asked | None:
    """Return whose sheet may be handed over to this browser: None before the close, and without a seat."""
    snapshot, visitor = snapshot_of(code), identity.visitor(code)
    group = seated(snapshot.state, visitor)
    if not group or snapshot.state.status is Status.OPEN:
        return None
    return _Asked(snapshot, group, visitor.person)


def _pdf(asked: _Asked, forgotten: int) -> bytes:
    here, code = context(), asked.snapshot.code
    doctrine, unwanted = doctrine_of(asked.state.prepared), gone()
    source = Source(code=code, state=asked.state, doctrine=doctrine, at=here.service.now())

    def make() -> bytes:
        return sheet_pdf(source, asked.group, here.config.exports, unwanted)

    return here.sheets.get((code, asked.snapshot.position, forgotten, asked.group), make, unwanted)
