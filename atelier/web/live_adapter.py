"""Adapter from `live` to the web: drawing, seats, permission of previews."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Flask

from atelier.access.ratelimit import TooMany
from atelier.domain.acts import Act
from atelier.domain.commands import PlaceAction
from atelier.domain.decide import accepted
from atelier.live.admission import Seat, seat_of
from atelier.live.handlers import UNSEATED, Environ
from atelier.live.hub import Audience
from atelier.live.previews import Pull
from atelier.live.regions import Region
from atelier.live.updates import Hooks, LiveUpdates
from atelier.retention.eraser import Eraser
from atelier.service.service import Damaged, Service, StorageFailed, UnknownWorkshop
from atelier.service.workshop import Snapshot
from atelier.web.http import identity, intake
from atelier.web.http.client_address import network_of
from atelier.web.http.context import Context, context_of
from atelier.web.http.lookup import NoSuchWorkshop, snapshot_of
from atelier.web.render import updates
from atelier.web.screens.wall.page import shows_arms


def hooks(app: Flask, service: Service) -> Hooks:
    """Return what `live` asks, answered by `app`, whose context may come later."""
    return Hooks(
        draw=partial(_draw, app),
        concerns=updates.concerns,
        admit=_admit,
        take=partial(_take, app),
        may_pull=partial(_may_pull, service),
        on_walls=lambda code: shows_arms(service.read(code).state),
    )


def erasing(app: Flask, eraser: Eraser, live: LiveUpdates) -> Callable[[str], None]:
    """Return what erases a workshop from the disk, from memory, and from its screens."""

    def erase(code: str) -> None:
        eraser.erase(code)
        context = context_of(app)
        context.wifi.pop(code, None)
        context.waiting_room.forget(code)
        live.erased(code)

    return erase


def _draw(
    app: Flask, snapshot: Snapshot, audience: Audience, regions: frozenset[Region]
) -> dict[str, Any] | None:
    return updates.message(context_of(app), snapshot, audience, regions)


def _admit(code: str, surface: str, group: int) -> Seat | None:
    try:
        state = snapshot_of(code).state
    except (NoSuchWorkshop, TooMany, Damaged, StorageFailed):
        return None
    return seat_of(state, code, identity.visitor(code), surface, group)


def take(context: Context, seat: Seat, environ: Environ, form: object, version: object) -> dict[str, Any]:
    """Have an act done that came over a phone's socket, by the steps of `POST /a/CODE/actes`."""
    try:
        asked = intake.shaped(intake.form_in(form), version if isinstance(version, str) else None)
        snapshot = context.service.read(seat.code)
        author = partial(intake.on_a_phone, seat.visitor)
        position = intake.taken(context, snapshot, author, lambda: _network_in(environ()), asked)
    except intake.PROBLEMS as problem:
        return intake.told(problem)._asdict()
    except UnknownWorkshop:
        return UNSEATED
    return {"status": 200, "body": {"seq": position.seq, "head": position.head}}


def _take(app: Flask, seat: Seat, environ: Environ, form: object, version: object) -> dict[str, Any]:
    return take(context_of(app), seat, environ, form, version)


def _network_in(environ: Mapping[str, Any]) -> str:
    return network_of(environ.get("REMOTE_ADDR", ""))


def _may_pull(service: Service, seat: Seat, pull: Pull) -> bool:
    """Tell whether a seat may preview a placement: the rules of the act itself."""
    if seat.audience.surface != "phone":
        return False
    state = service.read(seat.code).state
    wanted = PlaceAction(group=seat.audience.group, action=pull.action, fs=pull.fs, cn=pull.cn)
    acts = (Act(command=wanted, by=by, at=service.now(), fresh_id="") for by in seat.actors)
    return any(accepted(state, act) for act in acts)
