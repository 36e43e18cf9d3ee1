"""Identity of the client, derived from the signed cookie and the journal; never from what the request claims."""

from flask import current_app, request, session

from atelier.access.keys import new_key_id
from atelier.domain.state import Workshop
from atelier.domain.values import Actor
from atelier.limits import DIRECTORIES_REMEMBERED, SHEETS_REMEMBERED, WORKSHOPS_REMEMBERED
from atelier.live import admission
from atelier.live.admission import Visitor


def participant_id(code: str) -> str | None:
    """Return this browser's identity in that workshop, once it came to the door."""
    return session.get("people", {}).get(code)


def keeps_cookies() -> bool:
    """Tell whether this browser sent a cookie of ours, right or wrong: the door gives one to everybody."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def greet() -> None:
    """Give this browser a cookie that says nothing, so that its next request tells whether it keeps any."""
    if not keeps_cookies():
        session["met"] = True
        session.permanent = True


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


_REMEMBERED = {"pages": DIRECTORIES_REMEMBERED, "sheets": SHEETS_REMEMBERED}
"""How many keys of a kind a cookie holds, where it is not as many as workshops."""


def remember(kind: str, code: str, value: str) -> None:
    """Write `value` for `code` in the cookie, `people`, `keys`, `walls`, `pages` or `sheets`; forget the oldest."""
    kept = {key: each for key, each in session.get(kind, {}).items() if key != code}
    while len(kept) >= _REMEMBERED.get(kind, WORKSHOPS_REMEMBERED):
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
    drop("people", code)


def remembered(kind: str) -> tuple[str, ...]:
    """Return for what this browser holds something of a kind, oldest first."""
    return tuple(session.get(kind, {}))


def drop(kind: str, code: str) -> None:
    """Forget what this browser holds for `code`."""
    session[kind] = {key: value for key, value in session.get(kind, {}).items() if key != code}
