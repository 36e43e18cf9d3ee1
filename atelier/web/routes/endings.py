"""Retention notices of the home page: workshops that end soon, those in quarantine, a clock that looks wrong."""

import ipaddress

from flask import request, session

from atelier import wording
from atelier.domain.retention import announced_from, erased_on, set_aside_on
from atelier.domain.state import Workshop
from atelier.retention import schedule
from atelier.retention.clock import day_of
from atelier.retention.purge import doubts, soon
from atelier.service.service import Damaged, StorageFailed, UnknownWorkshop
from atelier.web.http import identity
from atelier.web.http.context import context


def announcement(state: Workshop) -> str:
    """Return what is said of a workshop that ends soon; nothing as long as there is time."""
    end = erased_on(state.prepared)
    if announced_from(end) > day_of(context().calendar.now_ms()):
        return ""
    return wording.ends_soon(set_aside_on(end), end)


def others_that_end(known: set[str]) -> list[dict[str, str]]:
    """Return the workshops that end soon and are not in `known`: for whoever sits at the machine itself."""
    found = []
    for end in soon(context().records.place) if at_the_machine() else ():
        if end.code in known:
            continue
        try:
            state = context().service.look(end.code).state
        except (UnknownWorkshop, Damaged, StorageFailed):
            continue
        if announcement(state):
            found.append({"code": end.code, "title": state.prepared.title, "ends": announcement(state)})
    return found


def set_aside() -> list[dict[str, str]]:
    """Return the workshops that wait to be erased: those that this browser facilitates, all at the machine itself."""
    quarantine, found = context().records.quarantine, []
    try:
        waiting = quarantine.codes()
    except OSError:  # a database that does not answer: the page has more to say
        return []
    mine = session.get("keys", {})
    for code in waiting:
        state = quarantine.state(code) if at_the_machine() or code in mine else None
        if state is not None and (at_the_machine() or identity.facilitates(code, state)):
            told = wording.set_aside_until(erased_on(state.prepared))
            found.append({"code": code, "title": state.prepared.title, "ends": told})
    return found


def date_doubts() -> list[str]:
    """Return why the date of the machine looks wrong, for those who could set it right or tell who can."""
    if not at_the_machine() and not session.get("keys"):
        return []
    place = context().records.place
    newest = schedule.load(place).newest
    return [wording.date_doubt(*doubt) for doubt in doubts(place, context().calendar, newest)]


def at_the_machine() -> bool:
    """Tell whether this browser runs on the very machine that serves, on somebody's laptop."""
    if context().config.hosted:
        return False
    return ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - no address, no right
