"""Workshops written before the server starts, everybody seated, and the cookies that their browsers would hold.

Joining is measured by the storms; everywhere else it would only take time.
"""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from atelier.access.keys import hash_of, secret_for
from atelier.config import secret_of
from atelier.doctrines.loading import default_setup, load
from atelier.domain import commands as c
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.values import Actor, Phase, Role, Trade
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from atelier.service.workshop import OpenWorkshop
from tests.support.ledger import Told

KEY = "bench"
TRADES = (Trade.FRANCE_SERVICES, Trade.CONSEILLER_NUMERIQUE)


@dataclass
class Person:
    """Somebody seated: where, as whom, and what the server acknowledged to them."""

    code: str
    group: int
    cookie: str
    told: list[Told] = field(default_factory=list)


@dataclass
class Workshop:
    """One prepared workshop, in its phase « Articulations »."""

    code: str
    actions: list[str]
    people: list[Person]
    desk: str
    """The facilitator's cookie."""


def prepare(sessions: Path, workshops: int, people: int, groups: int) -> list[Workshop]:
    """Write so many workshops of so many people, at the first `groups` tables, into the folder `sessions`."""
    cookies = _Cookies(secret_in(sessions))
    codes, actions = begun(sessions, workshops, groups)
    return [_seated(sessions, code, actions, cookies, people, groups) for code in codes]


def begun(sessions: Path, workshops: int, groups: int = 3) -> tuple[list[str], list[str]]:
    """Write workshops in which sheets can be filled, nobody there; return their codes and the actions' names."""
    secret = secret_in(sessions)
    service = Service(JournalFolder(sessions))
    today = dt.datetime.now(dt.UTC).date()
    setup = replace(default_setup(load("articulation"), today), expected=limits.PARTICIPANTS)
    names = (*setup.groups, *(f"Groupe {n}" for n in range(len(setup.groups) + 1, groups + 1)))
    setup = replace(setup, groups=names)
    codes = [
        service.create(setup, KEY, lambda code: hash_of(secret_for(secret, code, KEY)))
        for _ in range(workshops)
    ]
    for code in codes:
        service.handle(
            code, c.OpenPhase(phase=Phase.ARTICULATIONS), Actor(Role.FACILITATOR, KEY), "bench-open-phase"
        )
    service.close()
    return codes, [action.id for action in setup.actions]


def name_of(n: int) -> str:
    """Return the id of the n-th person, as long as real ones: pages are prerendered for those."""
    return f"person-{n:09d}"


def secret_in(sessions: Path) -> bytes:
    """Return the folder's secret; the folder is made."""
    sessions.mkdir(parents=True, exist_ok=True)
    return secret_of(sessions)


@contextmanager
def reopened(sessions: Path, code: str) -> Iterator[OpenWorkshop]:
    """Open a workshop to propose acts to it; what is not settled inside is at its end."""
    room = OpenWorkshop.replayed(code, JournalFolder(sessions).open(code))
    yield room
    settle(room)
    room.close()


def post_initiative(
    room: OpenWorkshop, workshop: Workshop, author: int, action: str, text: str, initiative: str
) -> None:
    """Propose an initiative of the person at `author`; `initiative` is its id."""
    command = c.PostInitiative(group=workshop.people[author].group, action=action, text=text)
    by, now = Actor(Role.PARTICIPANT, name_of(author)), time.time_ns() // 1_000_000
    room.propose(Act(command=command, by=by, at=now, fresh_id=initiative), lambda _: None)


def settle(room: OpenWorkshop) -> None:
    """Write what was proposed to `room`, as one transaction."""
    batch = room.take()
    recorded = [each for pending in batch for each in pending.decided.recorded]
    room.journal.append(recorded, [pending.operation for pending in batch], room.committed.position.seq)
    room.succeeded(batch)


def _seated(
    sessions: Path, code: str, actions: list[str], cookies: "_Cookies", people: int, groups: int
) -> Workshop:
    seats = [(name_of(n), n % groups + 1, TRADES[n % 2]) for n in range(people)]
    now = time.time_ns() // 1_000_000
    with reopened(sessions, code) as room:
        for name, group, trade in seats:
            room.propose(_join(name, group, trade, now), lambda _: None)
    return Workshop(
        code,
        actions,
        [Person(code, group, cookies.signed(people={code: name})) for name, group, _ in seats],
        cookies.signed(keys={code: KEY}),
    )


def _join(name: str, group: int, trade: Trade, now: int) -> Act:
    command = c.Join(trade=trade, group=group, name="")
    return Act(command=command, by=Actor(Role.GUEST, name), at=now, fresh_id=f"bench-join-{name}")


class _Cookies:
    def __init__(self, secret: bytes) -> None:
        app = Flask(__name__)
        app.secret_key = secret
        self._signer: Any = SecureCookieSessionInterface().get_signing_serializer(app)

    def signed(self, **held: dict[str, str]) -> str:
        return f"atelier={self._signer.dumps({'_permanent': True, **held})}"
