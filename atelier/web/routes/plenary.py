"""The synthesis of all rooms of a day, and the wall of the day: pages that ask now and then whether they still hold."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain.day import Shows, When
from atelier.web.http.context import context
from atelier.web.http.day_cache import Held
from atelier.web.http.days import found_day, owned_day, owns
from atelier.web.http.following import ASKS, followed, mark_of
from atelier.web.http.security import gzipped, takes_gzip
from atelier.web.render.templating import render
from atelier.web.routes.programme import entry_of, hour_of
from atelier.web.screens.day import ProgrammeRow, programme_rows

plenaries = Blueprint("plenaries", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRow(ProgrammeRow):
    """A slot on the wall; `first_next`: nothing that comes begins before it."""

    first_next: bool = False


@plenaries.get("/journee/<code>/synthese")
def owned(code: str) -> BaseResponse:
    """The synthesis for the owner of the day."""
    held = owned_day(code, fresh=False)
    return _synthesis(held, f"/journee/{code}/synthese", f"/journee/{code}")


@plenaries.get("/j/<code>/synthese")
def shared(code: str) -> BaseResponse:
    """The synthesis for everybody, once the owner gives it."""
    held = found_day(code)
    if not (held.day.shared or owns(held)):
        abort(403)
    here, back = f"/j/{code}/synthese", f"/j/{code}"
    if takes_gzip() and request.args.get(ASKS) != held.mark:
        return gzipped(held.packed(here, lambda: _drawn(held, held.mark, here, back)))
    return _synthesis(held, here, back)


@plenaries.get("/journee/<code>/ecran")
def wall(code: str) -> BaseResponse:
    """The wall of the day."""
    held, here = owned_day(code, fresh=False), context()
    now = hour_of(held.day)
    rows = programme_rows(held, now.today, now.hour)
    synthesis = held.day.shows is Shows.SYNTHESIS
    drawn = (
        held.words
        if synthesis
        else [(row.when, row.room and (row.room.people, row.room.told)) for row in rows]
    )
    entry, reach = entry_of(held.day), here.addresses.reach()

    def draw(mark: str) -> str:
        return render(
            "pages/day_wall.html", surface="wall", body={"scene": "overlay" if synthesis else "day"}, day=held.day,
            mark=mark, now=now, found=held.words,
            doctrine=held.doctrine, shown=_on_the_wall(rows), moment=_moment(rows, now.today, held),
            entry=entry, reach=reach,
        )  # fmt: skip

    return followed(mark_of(held.item.revision, now, entry, drawn), draw)


def _synthesis(held: Held, here: str, back: str) -> Response:
    return followed(held.mark, lambda mark: _drawn(held, mark, here, back))


def _drawn(held: Held, mark: str, here: str, back: str) -> str:
    return render(
        "pages/day_synthesis.html", surface="home", body={}, day=held.day, found=held.words, state=held.plenary,
        doctrine=held.doctrine, mark=mark, here=here, back=back, mine=back.startswith("/journee"),
    )  # fmt: skip


def _on_the_wall(rows: list[ProgrammeRow]) -> list[WallRow]:
    """Return what is on now and what comes; all of it before the day and after it."""
    coming = [row for row in rows if row.when is not When.PAST] or rows
    nearest = min((row.slot.starts for row in coming if row.when is When.NEXT), default="")
    return [
        WallRow(
            slot=row.slot, when=row.when, room=row.room,
            first_next=row.when is When.NEXT and row.slot.starts == nearest,
        )
        for row in coming
    ]  # fmt: skip


def _moment(rows: list[ProgrammeRow], today: str, held: Held) -> str:
    if today > held.day.date or (rows and all(row.when is When.PAST for row in rows)):
        return "after"
    return "during" if any(row.when is not When.NEXT for row in rows) else "before"
