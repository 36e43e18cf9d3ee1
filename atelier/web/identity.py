"""Who asks, derived from the one signed cookie and the journal; never from what the request claims."""

from flask import Request, session

from atelier.domain import commands as c
from atelier.domain.rights import RULES
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Role
from atelier.limits import WORKSHOPS_REMEMBERED
from atelier.live import admission
from atelier.live.admission import Visitor
from atelier.web.keys import new_key_id


def participant_id(code: str) -> str | None:
    """Return this browser's identity in that workshop, once it came to the door."""
    return session.get("people", {}).get(code)


def was_here(code: str) -> bool:
    """Tell whether this browser ever took part in that workshop, facilitated or projected it."""
    return any(code in session.get(kind, {}) for kind in ("people", "keys", "walls"))


def visitor(code: str) -> Visitor:
    """Return all that the cookie says of this browser in that workshop."""
    person, key, wall = (session.get(kind, {}).get(code, "") for kind in ("people", "keys", "walls"))
    return Visitor(person, key, wall)


def facilitates(code: str, state: Workshop) -> bool:
    """Tell whether this browser holds a working facilitator's key."""
    return admission.facilitates(state, visitor(code))


def may_project(code: str, state: Workshop) -> bool:
    """Tell whether this browser may show the wall."""
    return admission.may_project(state, visitor(code))


def facilitator(code: str) -> Actor:
    """Return this browser as the facilitator; the domain checks that the key works."""
    return admission.facilitator(visitor(code))


def participant(code: str, state: Workshop) -> Actor:
    """Return this browser as a participant, or as a guest before it joined."""
    return admission.participant(state, visitor(code))


def actor(code: str, state: Workshop, command: c.Command, request: Request) -> Actor:
    """Return who acts. A browser that is both acts as the page it writes from: `/a/CODE` is a participant's."""
    if Role.FACILITATOR not in RULES[type(command)].roles or not facilitates(code, state):
        return participant(code, state)
    referrer = request.referrer or ""
    from_phone = f"/a/{code}" in referrer and "groupe=" not in referrer
    return participant(code, state) if from_phone and participant_id(code) else facilitator(code)


def remember(kind: str, code: str, value: str) -> None:
    """Write `value` for `code` in the cookie (`people`, `keys` or `walls`), forgetting the oldest workshops."""
    kept = {key: each for key, each in session.get(kind, {}).items() if key != code}
    while len(kept) >= WORKSHOPS_REMEMBERED:
        kept.pop(next(iter(kept)))
    session[kind] = {**kept, code: value}
    session.permanent = True


def at_the_door(code: str) -> str:
    """Return this browser's identity, giving it one: a join repeated after a lost answer stays one person."""
    known = participant_id(code)
    if known is None:
        known = new_key_id()
        remember("people", code, known)
    return known


def forget(code: str) -> None:
    """This browser is nobody in that workshop any more."""
    session["people"] = {key: value for key, value in session.get("people", {}).items() if key != code}
