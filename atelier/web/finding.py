"""Finding the workshop that an address names, or failing as strangers should see it."""

from collections.abc import Callable

from flask import abort, request

from atelier.domain.values import Status
from atelier.retention.erasure_log import WHOLE, Erasure, noted
from atelier.room import Snapshot
from atelier.service import Elsewhere, UnknownWorkshop, is_code
from atelier.web import identity
from atelier.web.context import context

ROUTED = "X-Atelier-Workshop"
"""By it nginx says for which workshop it chose this process (deploy/nginx.conf)."""


class NoSuchWorkshop(Exception):  # noqa: N818
    """Nobody here knows this code: a page says so, with the field to type it again."""


class Erased(NoSuchWorkshop):
    """This browser was of a workshop that was erased: its screens are told, and show nothing of it any more."""


def normal_code(text: str) -> str:
    """Return a code as people type it (spaces, dashes, lower case) in the form it has."""
    return "".join(text.split()).replace("-", "").upper()


def snapshot_of(code: str) -> Snapshot:
    """Return the workshop; a closed one answers only those it knows. Failures count against their network.

    Raises NoSuchWorkshop (Erased to those who were there), Elsewhere, Damaged or StorageFailed.
    """
    return _found(code, read_here)


def facilitated(code: str) -> Snapshot:
    """As `snapshot_of`, for those who facilitate the workshop: a 403 for anybody else."""
    snapshot = snapshot_of(code)
    if not identity.facilitates(code, snapshot.state):
        abort(403)
    return snapshot


def glimpse_of(code: str) -> Snapshot:
    """As `snapshot_of`, at an address that is not the workshop's: another process may hold it."""
    return _found(code, context().service.look)


def _found(code: str, read: Callable[[str], Snapshot]) -> Snapshot:
    here = context()
    network = request.remote_addr or ""
    if here.failures.empty(network) or here.all_failures.empty("all"):
        abort(429)
    try:
        if not is_code(code):
            raise UnknownWorkshop(code)
        snapshot = read(code)
    except UnknownWorkshop:
        if identity.was_here(code) and Erasure(code, WHOLE) in noted(here.config.sessions):
            raise Erased(code) from None
        here.failures.take(network)
        here.all_failures.take("all")
        raise NoSuchWorkshop(code) from None
    if snapshot.state.status is not Status.OPEN and not _known(code, snapshot):
        here.failures.take(network)
        here.all_failures.take("all")
        raise NoSuchWorkshop(code)
    return snapshot


def read_here(code: str) -> Snapshot:
    """Open and return a workshop. Raises Elsewhere when nginx did not choose this process for it, and as `read`."""
    here = context()
    if here.config.behind_nginx and request.headers.get(ROUTED) != code:
        raise Elsewhere(code)
    return here.service.read(code)


def _known(code: str, snapshot: Snapshot) -> bool:
    return (
        identity.may_project(code, snapshot.state) or identity.participant_id(code) in snapshot.state.people
    )
