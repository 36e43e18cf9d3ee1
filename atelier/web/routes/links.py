"""Secret links: the page of those to keep, making one, and showing one whole to a facilitator who asks for it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.keys import hash_of, secret_for
from atelier.access.operation_ids import is_op, new_op
from atelier.domain import commands as c
from atelier.domain.selectors import links_left
from atelier.domain.state import Key
from atelier.domain.values import Holder
from atelier.local_time import zone_of
from atelier.web.http import identity
from atelier.web.http.context import context
from atelier.web.http.forms import Malformed
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render
from atelier.web.routes.acts import settled
from atelier.web.routes.posted import posted

links = Blueprint("links", __name__)
_PAGES = {Holder.FACILITATOR: "animer", Holder.WALL: "ecran", Holder.RESULTS: "resultats"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A secret link as it is shown to a facilitator who asks; `own_url` works on the laptop without any network."""

    key: Key
    url: str
    own_url: str
    mine: bool


@links.get("/animer/<code>/pret")
def ready(code: str) -> str:
    """« Votre atelier est prêt »: the code, the links to keep, what to do next."""
    here, state = context(), facilitated(code).state
    own = identity.facilitator(code).id
    working = [key for key in state.keys.values() if not key.revoked and key.holder in _PAGES]
    ours = [key for key in working if _is_ours(code, key)]
    return render(
        "pages/ready.html", surface="home", body={}, code=code, setup=state.prepared, zone=zone_of(state.prepared),
        links=[_link(key, code, mine=key.id == own) for key in ours], own=own, keys_left=links_left(state),
        elsewhere=[key for key in working if key not in ours],
        join_url=here.addresses.join(code), spoken_address=here.addresses.spoken(), reach=here.addresses.reach(),
    )  # fmt: skip


@links.post("/animer/<code>/cles")
def issue_key(code: str) -> BaseResponse:
    """Make a link for a co-facilitator, one's own phone, or the wall on another computer."""
    facilitated(code)
    form = posted("op", "holder", "name", "back")
    op, holder = form.get("op", "") or new_op(), form.get("holder", "")
    if not is_op(op) or holder not in set(_PAGES):
        raise Malformed("not a key")
    secret = secret_for(context().secret, code, op)
    command = c.IssueKey(holder=Holder(holder), key_hash=hash_of(secret), name=form.get("name", ""))
    return settled(code, command, identity.facilitator(code), op, f"/animer/{code}/liens/{op}")


@links.get("/animer/<code>/liens/<key_id>")
def show_link(code: str, key_id: str) -> str:
    """One link whole, as a QR code and in clear behind a fold; with `?volet=1` alone, for a panel of the desk."""
    state = facilitated(code).state
    key = state.keys.get(key_id)
    if key is None or key.revoked or key.holder not in _PAGES or not _is_ours(code, key):
        abort(404)
    link = _link(key, code, mine=key.id == identity.facilitator(code).id)
    shown: dict[str, Any] = {"link": link, "code": code, "reach": context().addresses.reach()}
    template = "pages/link_part.html" if request.args.get("volet") else "pages/link.html"
    return render(template, surface="home", body={}, **shown)


def _is_ours(code: str, key: Key) -> bool:
    """Tell whether this machine made the link: only then does it know the secret."""
    return hash_of(secret_for(context().secret, code, key.id)) == key.key_hash


def _link(key: Key, code: str, *, mine: bool) -> Link:
    here = context()
    page = _PAGES[key.holder]
    path = f"/{page}/{code}?cle={secret_for(here.secret, code, key.id)}"
    base, own = here.addresses.base(), here.addresses.own()
    # Without a network the others are shown as they are here: the address is told when there is one.
    room = base + path if base else "" if mine else own + path
    return Link(key=key, mine=mine, url=room, own_url=own + path if own and mine else "")
