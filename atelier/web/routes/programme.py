"""`/j/CODE`: the programme of a day, for whoever scanned its code: where one's workshop is, one tap to come in."""

from typing import NamedTuple

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain.codes import normal_code
from atelier.domain.day import Day
from atelier.domain.values import Status
from atelier.export.ics import programme_of
from atelier.export.kit import Entry
from atelier.local_time import local, zone_at
from atelier.web.http.context import context
from atelier.web.http.days import found_day, owns
from atelier.web.render.templating import render
from atelier.web.screens.day import programme_rows

programmes = Blueprint("programmes", __name__)


class Hour(NamedTuple):
    """The day and the hour where the day takes place."""

    today: str
    hour: str


@programmes.get("/j/<code>")
def read(code: str) -> BaseResponse:
    """Show the programme; each room that has a workshop leads to its door."""
    if normal_code(code) != code:
        return redirect(f"/j/{normal_code(code)}", 303)
    held = found_day(code)
    now = hour_of(held.day)
    return Response(
        render(
            "pages/programme.html", surface="home", body={}, day=held.day, now=now, shared=held.day.shared,
            rows=programme_rows(held, now.today, now.hour), mine=owns(held), open_status=Status.OPEN,
        )
    )  # fmt: skip


@programmes.get("/j/<code>/programme.ics")
def calendar(code: str) -> Response:
    """The programme as a calendar."""
    held = found_day(code)
    if not held.day.slots:
        abort(404)
    made = programme_of(held.day, entry_of(held.day).url, context().service.now())
    headers = {"Content-Disposition": f'attachment; filename="{held.day.date}_programme.ics"'}
    return Response(made.text, content_type="text/calendar; charset=utf-8", headers=headers)


def hour_of(day: Day) -> Hour:
    """Return the day and the hour where `day` takes place."""
    now = local(context().service.now(), zone_at(day.territory_code))
    return Hour(now.date().isoformat(), f"{now:%H:%M}")


def entry_of(day: Day) -> Entry:
    """Return how people come to the programme."""
    here = context().addresses
    base = here.base()
    return Entry(url=f"{base}/j/{day.code}" if base else "", spoken=here.spoken())
