"""Finding the workshop that an address names, or failing as strangers should see it."""

from collections.abc import Callable

from flask import abort, request

from atelier.access.keys import key_of
from atelier.domain.codes import is_code
from atelier.domain.values import Status
from atelier.retention.erasure_log import WHOLE, Erasure, noted
from atelier.service.service import Elsewhere, UnknownWorkshop
from atelier.service.workshop import Snapshot
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context

ROUTED = "X-Atelier-Workshop"
"""By it nginx says for which workshop it chose this process (deploy/nginx.conf)."""


class NoSuchWorkshop(Exception):  # noqa: N818
    """No workshop has this code; rendered as a page with the field to type it again."""


class Erased(NoSuchWorkshop):
    """This browser was of a workshop that was erased: its screens are told, and show nothing of it any more."""


def snapshot_of(code: str) -> Snapshot:
    """Return the workshop; a closed one answers only those it knows.

    Raises NoSuchWorkshop (Erased to those who were there), TooMany (to strangers), Elsewhere, Damaged or StorageFailed.
    """
    return _found(code, read_here)


def snapshot_with_key(code: str, secret: str) -> Snapshot:
    """As `snapshot_of`; who has a key of the workshop in hand gets it at once, closed or not."""
    snapshot = _read(code, read_here) if secret else None
    if snapshot is not None and key_of(snapshot.state, secret) is not None:
        return snapshot
    return snapshot_of(code)


def facilitated(code: str) -> Snapshot:
    """As `snapshot_of`, for those who facilitate the workshop: a 403 for anybody else."""
    snapshot = snapshot_of(code)
    if not identity.facilitates(code, snapshot.state):
        abort(403)
    return snapshot


def glimpse_of(code: str) -> Snapshot:
    """As `snapshot_of`, at an address that is not the workshop's: another process may hold it."""
    return _found(code, context().service.look)


def count_wrong_link(code: str) -> None:
    """Slow down and count a link that opens nothing, unless this browser was in that workshop: its link was replaced.

    Raises TooMany.
    """
    if not identity.was_here(code):
        context().guesses.before_code(network(), code="")
        context().guesses.wrong(network())


def _found(code: str, read: Callable[[str], Snapshot]) -> Snapshot:
    """The cookie first: who holds one of this workshop guesses nothing, and is neither slowed nor counted."""
    guesses, stranger = context().guesses, not identity.was_here(code)
    if stranger:
        guesses.before_code(network(), code)
    snapshot = _read(code, read)
    if snapshot and not (stranger or _known(code, snapshot)):
        snapshot = _newest(code, read, snapshot)
    if snapshot is None or (snapshot.state.status is not Status.OPEN and not _known(code, snapshot)):
        if stranger:
            guesses.wrong(network())
        raise NoSuchWorkshop(code)
    guesses.right(network(), code)
    return snapshot


def _newest(code: str, read: Callable[[str], Snapshot], seen: Snapshot) -> Snapshot | None:
    """Return the workshop as other nodes have written it meanwhile: one of them may have let this browser in."""
    return _read(code, read) if context().service.refresh(code, seen.position) else seen


def _read(code: str, read: Callable[[str], Snapshot]) -> Snapshot | None:
    """Return the workshop, None when there is none. Raises Erased to those who were there."""
    try:
        return read(code) if is_code(code) else None
    except UnknownWorkshop:
        if identity.was_here(code) and Erasure(code, WHOLE) in noted(context().records.place):
            raise Erased(code) from None
        return None


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
