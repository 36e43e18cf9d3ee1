"""Finding the day that an address names, and who owns it."""

from flask import abort, session

from atelier.domain.codes import is_code
from atelier.domain.day import Day, body_of
from atelier.library.items import Kind
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context
from atelier.web.http.day_cache import Held
from atelier.web.http.lookup import NoSuchWorkshop

OWNED = "days"
"""Under which the cookie keeps the keys of days, by code."""


def found_day(code: str, *, fresh: bool = False) -> Held:
    """Return the day of a code; strangers who guess are slowed. Raises NoSuchWorkshop or TooMany."""
    here, stranger = context(), not key_here(code)
    if stranger:
        here.guesses.before_code(network(), code)
    held = _read(code, fresh=fresh)
    if held is None:
        if stranger:
            here.guesses.wrong(network())
        raise NoSuchWorkshop(code)
    here.guesses.right(network(), code)
    return held


def is_day(code: str) -> bool:
    """Tell whether a code that somebody typed is that of a day."""
    return is_code(code) and context().days.knows(context().library, code)


def key_here(code: str) -> str:
    """Return the key of a day that this browser holds, "" when it holds none."""
    return str(session.get(OWNED, {}).get(code, ""))


def owns(held: Held) -> bool:
    """Tell whether this browser holds the key of the day."""
    key = key_here(held.day.code)
    return bool(key) and context().library.is_owner(Kind.DAY, held.id, key)


def owned_day(code: str, *, fresh: bool = True) -> Held:
    """As `found_day`, for its owner: a 403 for anybody else."""
    held = found_day(code, fresh=fresh)
    if not owns(held):
        abort(403)
    return held


def revised(held: Held, day: Day) -> None:
    """Keep `day` in the place of what `held` is. Raises Stale, UnknownItem, TooLarge or OSError."""
    here = context()
    here.library.revise(Kind.DAY, held.id, body_of(day), based_on=held.item.revision, now=here.service.now())
    _read(day.code, fresh=True)


def own_days() -> list[Held]:
    """Return the days whose key this browser holds, the latest first."""
    codes = reversed(list(session.get(OWNED, {})))
    found = (_read(code) for code in codes)
    return [held for held in found if held is not None and owns(held)]


def remember_key(code: str, key: str) -> None:
    """Make this browser the owner of a day."""
    identity.remember(OWNED, code, key)


def _read(code: str, *, fresh: bool = False) -> Held | None:
    here = context()
    return here.days.get(here.service, here.library, code, fresh=fresh)
