"""From a committed state to what an audience sees: the one place where pages, answers and broadcasts meet."""

import sys
from dataclasses import fields
from typing import Any

from atelier.access.keys import hash_of, secret_for
from atelier.doctrines.loading import doctrine_of
from atelier.domain.selectors import results_keys
from atelier.domain.state import Clock
from atelier.live.hub import Audience
from atelier.live.regions import Kind, Region, first_acts, stale, without_repeats
from atelier.service.service import Recorded, Service
from atelier.service.workshop import Snapshot
from atelier.web.http.context import Context
from atelier.web.http.newcomers import is_crowded
from atelier.web.render.view import Changes, View
from atelier.web.screens.desk import page as desk
from atelier.web.screens.phone import page as phone
from atelier.web.screens.wall import page as wall

_ANSWER_BYTES, _BAR_BYTES = 2_000, 150
"""What an answer takes in memory besides its HTML (tracemalloc, CPython 3.11)."""
_FOR_ALL = frozenset({Region(Kind.CLOCK), Region(Kind.EVERYTHING)})
"""What every audience is told of: the clock goes out as numbers."""
_UNTOLD = {Region(Kind.PRESENCE), Region(Kind.CLOCK), Region(Kind.NETWORK)}
"""What no position tells: who is connected, how long is left, the addresses of this machine."""
_PARTS = tuple(field.name for field in fields(Changes))
SURFACES = {"phone": phone, "wall": wall, "desk": desk}


def view_of(context: Context, snapshot: Snapshot, surface: str) -> View:
    """Return what `surface` draws from. Only the desk is told who is connected: counting a plenary takes its time."""
    watching = surface == "desk"
    return View(
        code=snapshot.code,
        state=snapshot.state,
        seq=snapshot.position.seq,
        head=snapshot.position.head,
        doctrine=doctrine_of(snapshot.state.prepared),
        at=context.service.now(),
        join_url=context.addresses.join(snapshot.code),
        results_url=_results_url(context, snapshot) if surface == "wall" else "",
        moved=context.addresses.has_changed(),
        reach=context.addresses.reach(),
        wifi=context.wifi.get(snapshot.code),
        connected=context.connected(snapshot.code) if watching else {},
        people=context.people(snapshot.code) if watching else {},
        waiting=context.waiting_room.waiting(snapshot.code) if watching and is_crowded(snapshot.state) else 0,
        rejoin=lambda person: context.return_codes(snapshot.code).of(person),
    )


def _results_url(context: Context, snapshot: Snapshot) -> str:
    """Return a link to the page of results that this machine made, "" without one."""
    base, code = context.addresses.base(), snapshot.code
    for key in results_keys(snapshot.state) if base else ():
        secret = secret_for(context.secret, code, key.id)
        if hash_of(secret) == key.key_hash:
            return f"{base}/resultats/{code}?cle={secret}"
    return ""


def message(
    context: Context, snapshot: Snapshot, audience: Audience, regions: frozenset[Region]
) -> dict[str, Any] | None:
    """Return what `workshop:changed` draws for `audience`, without positions; None when it sees no difference."""
    if not concerns(snapshot, audience, regions):
        return None
    changes = _drawn(view_of(context, snapshot, audience.surface), audience, regions)
    return None if changes.empty else _packed(changes)


def concerns(snapshot: Snapshot, audience: Audience, regions: frozenset[Region]) -> bool:
    """Tell without drawing whether `audience` sees any of `regions`. Of walls and desks, which see all tables: yes."""
    if audience.surface != "phone" or not regions.isdisjoint(_FOR_ALL):
        return True
    return phone.concerns(snapshot.state, without_repeats(regions), audience.group)


def since(context: Context, code: str, audience: Audience, seq: int, head: str) -> dict[str, Any]:
    """Return what changed for a reader at (seq, head); everything when the journal never was there, or long ago."""
    snapshot, recorded = _missed(context.service, code, seq, head)
    view = view_of(context, snapshot, audience.surface)
    known = recorded is not None or context.service.knows(code, seq, head)
    if recorded is None:
        regions = frozenset({Region(Kind.EVERYTHING)})
    else:
        facts = [each.fact for each in recorded]
        regions = stale(fact.event for fact in facts) | first_acts(None, snapshot.state, facts) | _UNTOLD
    answer = {"from": seq, "to": view.seq, "head": view.head, "known": known}
    return (
        answer | _redrawn(context, view, audience, regions) | {"clock": clock_of(view.state.clock, view.at)}
    )


def _missed(service: Service, code: str, seq: int, head: str) -> tuple[Snapshot, tuple[Recorded, ...] | None]:
    """Return a state and the facts up to it: the drawing must not be ahead of the position that it is told with."""
    while True:
        snapshot = service.read(code)
        recorded = service.since(code, seq, head)
        if service.read(code) is snapshot:
            return snapshot, recorded


def _redrawn(context: Context, view: View, audience: Audience, regions: frozenset[Region]) -> dict[str, Any]:
    """Draw for one who asks. A room that lost its Wi-Fi asks as one: what was just drawn is not drawn again."""
    if audience.surface == "desk":  # it shows who is connected, which no position tells
        return _packed(_drawn(view, audience, regions))
    key = (view.code, view.head, audience, regions)
    answer = context.answers.get(key)
    if answer is None:
        answer = _packed(_drawn(view, audience, regions))
        context.answers.put(key, answer, _size(answer))
    return answer


def _size(answer: dict[str, Any]) -> int:
    return sys.getsizeof(answer.get("html", "")) + _BAR_BYTES * len(answer.get("bars", ())) + _ANSWER_BYTES


def clock_of(clock: Clock, at: int) -> dict[str, Any]:
    """Return the clock as browsers count it: what remains now, in milliseconds."""
    return {"status": clock.status.value, "remaining": clock.remaining(at), "total": clock.total_ms}


def _drawn(view: View, audience: Audience, regions: frozenset[Region]) -> Changes:
    drawn = without_repeats(regions)
    changes: Changes = SURFACES[audience.surface].changes(view, drawn, audience.group)
    if not regions.isdisjoint(_FOR_ALL):
        changes.clock = clock_of(view.state.clock, view.at)
    return changes


def _packed(changes: Changes) -> dict[str, Any]:
    # Not asdict, which copies what it finds to the bottom: a third of what a small message costs.
    packed = {name: value for name in _PARTS if (value := getattr(changes, name))}
    if changes.html:
        packed["html"] = "".join(changes.html)
    return packed
