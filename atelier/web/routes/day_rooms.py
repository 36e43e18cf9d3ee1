"""`/journee/CODE`: the rooms of a day: workshops made for it, taken in by a facilitator's link, taken out."""

import re
from dataclasses import replace

from flask import Blueprint, abort
from werkzeug.wrappers import Response as BaseResponse

from atelier.access.keys import hash_of, key_of, secret_for
from atelier.access.operation_ids import new_op
from atelier.doctrines.loading import default_setup, load
from atelier.domain import commands as c
from atelier.domain import limits
from atelier.domain.codes import is_code, normal_code
from atelier.domain.day import Slot
from atelier.domain.refusals import Refused
from atelier.domain.setup import Setup
from atelier.domain.values import Actor, Holder, Role
from atelier.local_time import today, zone_at
from atelier.service.service import Damaged, StorageFailed, UnknownWorkshop
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.day_cache import Held
from atelier.web.http.days import owned_day, revised
from atelier.web.http.intake import sentence_of
from atelier.web.routes.day_page import after, full, kept
from atelier.web.routes.home import DOCTRINE, barred, create_workshop
from atelier.web.routes.posted import posted
from atelier.web.routes.preparation import dated
from atelier.wording import refusal_sentence

day_rooms = Blueprint("day_rooms", __name__)
_LINK = re.compile(r"/animer/([2-9A-HJKMNP-Z]{6})\?cle=([A-Za-z0-9_-]{10,60})")

NOT_A_LINK = (
    "Ce n’est pas un lien d’animation qui marche ici. Demandez-le à la personne qui anime : elle le trouve à "
    "son poste, sous « Les liens à garder »."
)


@day_rooms.post("/journee/<code>/creer")
def add_new(code: str) -> BaseResponse:
    """Create the workshop of a slot, with the sheet of the day's other rooms; its facilitator gets a link of it."""
    held, slot = _slot_of(code, posted("slot").get("slot", ""))
    if told := barred() or full(held):
        return after(held, told)
    try:
        created = create_workshop(_setup_for(held, slot))
    except Refused as refused:
        return after(held, refusal_sentence(refused.code, refused.detail))
    except StorageFailed as failed:
        return after(held, sentence_of(failed))
    return after(held, _linked(held, slot, created, identity.visitor(created).key))


@day_rooms.post("/journee/<code>/relier")
def add_existing(code: str) -> BaseResponse:
    """Take in a workshop whose facilitator's link was pasted: who has it may say so."""
    form = posted("slot", "link")
    held, slot = _slot_of(code, form.get("slot", ""))
    if told := full(held):
        return after(held, told)
    found = _facilitated(form.get("link", ""))
    if found is None:
        return after(held, NOT_A_LINK, typed=form.get("link", ""), slot=slot.id)
    return after(held, _linked(held, slot, *found))


@day_rooms.post("/journee/<code>/retirer")
def take_out(code: str) -> BaseResponse:
    """Take a workshop out of the day; it goes on by itself."""
    held, slot = _slot_of(code, posted("slot").get("slot", ""))
    alone = tuple(
        replace(each, workshop="", key="") if each.workshop == slot.workshop else each
        for each in held.day.slots
    )
    return after(held, kept(lambda: revised(held, replace(held.day, slots=alone))))


def _slot_of(code: str, name: str) -> tuple[Held, Slot]:
    held = owned_day(code)
    slot = held.day.slot(name)
    if slot is None:
        abort(404)
    return held, slot


def _setup_for(held: Held, slot: Slot) -> Setup:
    """Return the setup of a new room: the sheet, groups and agenda of the first one, else those of the usual sheet."""
    day = held.day
    first = next((room.state.prepared for room in held.rooms if room.state), None)
    now = today(zone_at(day.territory_code))
    base = dated(first, now) if first else default_setup(load(DOCTRINE), now)
    place = " · ".join(filter(None, (slot.room, day.place)))[: limits.NAME_CHARACTERS]
    return replace(
        base,
        title=slot.title or day.title,
        place=place,
        date=day.date,
        organiser=day.organiser,
        territory="" if first is None else first.territory,
        territory_code=day.territory_code,
    )


def _facilitated(typed: str) -> tuple[str, str] | None:
    """Return code and key of the workshop of a link that lets one facilitate; or of a code that this browser does."""
    here, found = context(), _LINK.search(typed)
    code = found[1] if found else normal_code(typed)
    here.guesses.before_code(network(), code)
    try:
        state = here.service.look(code).state if is_code(code) else None
    except (UnknownWorkshop, Damaged, StorageFailed):
        state = None
    if state is not None and found is None and identity.facilitates(code, state):
        return code, identity.visitor(code).key
    key = key_of(state, found[2]) if state is not None and found else None
    if key is None or key.holder is not Holder.FACILITATOR:
        here.guesses.wrong(network())
        return None
    return code, key.id


def _linked(held: Held, slot: Slot, workshop: str, key: str) -> str:
    """Have the workshop let the day read it, and put it into the programme; return what went wrong, "" for nothing."""
    here, op = context(), new_op()
    known = held.room(workshop)
    if known is not None and known.state is not None:
        op = known.slot.key
    else:
        command = c.IssueKey(
            holder=Holder.DAY,
            key_hash=hash_of(secret_for(here.secret, workshop, op)),
            name=f"Journée «\u00a0{held.day.title}"[: limits.NAME_CHARACTERS - 2] + "\u00a0»",
        )
        try:
            with here.service.visit(workshop):
                here.service.handle(workshop, command, Actor(Role.FACILITATOR, key), op)
        except Refused as refused:
            return refusal_sentence(refused.code, refused.detail)
        except StorageFailed as failed:
            return sentence_of(failed)
    day = held.day.with_slot(replace(slot, workshop=workshop, key=op))
    return kept(lambda: revised(held, day))
