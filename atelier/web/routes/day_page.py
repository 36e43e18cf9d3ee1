"""The owner's page of a day, as it stands, or after something went wrong."""

from collections.abc import Callable

from flask import Response, redirect
from werkzeug.wrappers import Response as BaseResponse

from atelier.domain import limits
from atelier.library.items import Stale, TooLarge
from atelier.web.http import identity, sentences
from atelier.web.http.context import context
from atelier.web.http.day_cache import Held, Standing
from atelier.web.http.days import key_here, owned_day
from atelier.web.render.templating import render
from atelier.web.routes.home import barred
from atelier.web.routes.programme import entry_of, hour_of

CHANGED = (
    "Cette journée a changé entre-temps, ailleurs ou dans un autre onglet. Rien n’est enregistré : relisez, "
    "puis recommencez."
)


def full(held: Held) -> str:
    return sentences.TOO_MANY_ROOMS if len(held.rooms) >= limits.DAY_ROOMS else ""


def kept(write: Callable[[], None]) -> str:
    """Return why nothing was kept, "" when it was."""
    try:
        write()
    except Stale:
        return CHANGED
    except (OSError, TooLarge):
        return sentences.STORAGE_FAILED
    return ""


def after(held: Held, told: str, at: str = "", typed: str = "", slot: str = "") -> BaseResponse:
    """Return to the owner's page; with what went wrong, if anything did."""
    code = held.day.code
    if not told:
        return redirect(f"/journee/{code}{at}", 303)
    return Response(page(owned_day(code), message=told, typed=typed, wrong=slot), 422)


def page(held: Held, message: str = "", typed: str = "", wrong: str = "") -> str:
    here, day = context(), held.day
    by_code = {room.slot.workshop: room for room in held.rooms}
    return render(
        "pages/day.html", surface="home", body={}, day=day, item=held.item, message=message, typed=typed, wrong=wrong,
        slots=[(slot, by_code.get(slot.workshop)) for slot in day.slots], rooms=held.rooms,
        own_link=own_link(day.code), entry=entry_of(day), reach=here.addresses.reach(), unlike=_unlike(held),
        desk_here=_desks(held), blocked=barred(), full=full(held), hour=hour_of(day),
    )  # fmt: skip


def own_link(code: str) -> str:
    here = context()
    base = here.addresses.base() or here.addresses.own()
    return f"{base}/journee/{code}?cle={key_here(code)}"


def _desks(held: Held) -> set[str]:
    """Return the rooms whose desk this browser may open: those that it created itself."""
    rooms = ((room.slot.workshop, room.state) for room in held.rooms)
    return {code for code, state in rooms if state is not None and identity.facilitates(code, state)}


def _unlike(held: Held) -> list[Standing]:
    """Return the rooms with another sheet than the first, which the synthesis leaves out."""
    return [room for room in held.rooms if room.state and room not in held.alike]
