"""`/r/CODE`: the door that the QR code opens. Trade, then table, a first name if one likes."""

from collections import Counter

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain.codes import normal_code
from atelier.domain.selectors import suggested_group, trades_by_group
from atelier.domain.state import Participant, Workshop
from atelier.domain.values import Role, Trade
from atelier.live.admission import person_of as person_here
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.lookup import snapshot_of
from atelier.web.http.security import gzipped, takes_gzip
from atelier.web.render.prerendered import Skeleton
from atelier.web.render.templating import render
from atelier.web.routes.acts import unknown_browser
from atelier.web.routes.posted import posted

door = Blueprint("door", __name__)

_SOUGHT = (Trade.FRANCE_SERVICES, Trade.CONSEILLER_NUMERIQUE)
"""The trades that every table should have."""
_TYPED = 12
"""What the field takes; no more of it comes back."""


@door.post("/r/<code>/retour")
def come_back(code: str) -> BaseResponse:
    """Take a seat again by a return code, shown on the phone or the desk."""
    here, snapshot = context(), snapshot_of(code)
    if not identity.keeps_cookies():
        return unknown_browser(code, f"/r/{code}")
    browser = f"{code}/{identity.participant_id(code) or network()}"
    here.guesses.before_return(network(), browser)
    typed = posted("retour").get("retour", "")
    found = here.return_codes(code).person(snapshot.state, typed)
    if found is None:
        here.guesses.wrong_return(network(), browser)
        return Response(_page(code, snapshot.state, wrong=True, typed=typed[:_TYPED]), 422)
    identity.remember("people", code, found.id)
    return redirect(f"/r/{code}" if found.left else f"/a/{code}", 303)


@door.get("/r/<code>")
@door.get("/r/<code>/<int:group>")
def enter(code: str, group: int = 0) -> BaseResponse:
    """The trade first; with `?metier=`, the table. Who has joined goes straight on to the sheet, or changes seat."""
    if normal_code(code) != code:
        return redirect(f"/r/{normal_code(code)}", 303)
    snapshot = snapshot_of(code)
    state = snapshot.state
    if not 0 <= group <= len(state.groups):
        abort(404)
    identity.at_the_door(code)
    actor = identity.participant(code, state)
    person = person_here(state, identity.visitor(code))
    if actor.role is Role.PARTICIPANT and person is not None and not person.left:
        if request.args.get("changer") != "1":
            return redirect(f"/a/{code}", 303)
        return Response(
            _page(code, state, group=person.group, trade=person.trade, person=person, seated=True)
        )
    trade = _trade(request.args.get("metier", ""))
    if person is None and takes_gzip():
        packed = _kept(code, state, group, trade)
        if packed is not None:
            return gzipped(packed)
    return Response(_page(code, state, group=group, trade=trade, person=person))


def _kept(code: str, state: Workshop, group: int, trade: Trade | None) -> bytes | None:
    """Return the page of a newcomer, the same for all that scan at once; None when it has to be drawn."""
    seats = [tuple(each.items()) for each in trades_by_group(state)] if trade else []
    shown = tuple(each.name for each in state.groups), tuple(seats), state.entrance
    key = code, group, trade, context().addresses.spoken(), shown
    skeleton = context().doors.skeleton(
        key, (state.prepared,), lambda: Skeleton(_page(code, state, group=group, trade=trade), ())
    )
    return skeleton.filled({}) if skeleton else None


def _page(
    code: str,
    state: Workshop,
    *,
    group: int = 0,
    trade: Trade | None = None,
    person: Participant | None = None,
    seated: bool = False,
    wrong: bool = False,
    typed: str = "",
) -> str:
    counts = trades_by_group(state) if trade else []
    suggested = group or (suggested_group(counts, trade) if trade else 0)
    return render(
        "pages/door.html",
        surface="home", body={}, code=code, state=state, group=group, trade=trade, person=person,
        suggested=suggested, lacking=not group and trade in _SOUGHT and _lacks(counts[suggested - 1], trade),
        counts=counts,
        trades=list(Trade), spoken_address=context().addresses.spoken(), seated=seated, wrong=wrong, typed=typed,
    )  # fmt: skip


def _lacks(counts: Counter[Trade], trade: Trade) -> bool:
    """True when the suggested table really lacks that trade while people sit there already."""
    return counts.total() > 0 and counts[trade] == 0


def _trade(text: str) -> Trade | None:
    return Trade(text) if text in set(Trade) else None
