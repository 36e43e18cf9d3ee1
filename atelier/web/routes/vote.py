"""GET /a/CODE/gommettes: what is voted for, as a page of forms where no script runs, as a list where one does."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain import tally
from atelier.domain.state import Participant
from atelier.live.admission import seated
from atelier.service.workshop import Snapshot
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.following import followed, mark_of
from atelier.web.http.lookup import snapshot_of
from atelier.web.render.templating import acts_at, render
from atelier.web.render.updates import view_of
from atelier.web.screens.phone.vote import about_vote, choices_page, parts_of

votes = Blueprint("votes", __name__)


@votes.get("/a/<code>/gommettes")
def page(code: str) -> BaseResponse:
    """For those who have a seat; `?liste=…`: what is voted for alone, the same for everybody."""
    snapshot = snapshot_of(code)
    if not seated(snapshot.state, identity.visitor(code)):
        return redirect(f"/r/{code}", 303)
    if "liste" in request.args and "gzip" in request.headers.get("Accept-Encoding", ""):
        packed = choices_page(snapshot.code, snapshot.state)
        return Response(packed, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
    actor = identity.participant(code, snapshot.state)
    return _forms(snapshot, snapshot.state.people[actor.id])


def _forms(snapshot: Snapshot, person: Participant) -> Response:
    state, dots = snapshot.state, tally.counted(snapshot.state, person)
    told = about_vote(state)
    shown = told and (told.vote.id, told.vote.status, told.list), person.people, sorted(dots.items())
    return followed(mark_of(shown), lambda mark: _drawn(snapshot, person, dots, mark))


def _drawn(snapshot: Snapshot, person: Participant, dots: dict[str, int], mark: str) -> str:
    state = snapshot.state
    allowed = tally.allowance(state.vote, person) if state.vote else 0
    return render(
        "pages/vote.html",
        view=view_of(context(), snapshot, "phone"),
        at=acts_at("a", snapshot.code),
        vote=state.vote,
        person=person,
        parts=parts_of(state),
        dots=dots,
        allowed=allowed,
        left=allowed - sum(dots.values()),
        mark=mark,
        body={},
    )
