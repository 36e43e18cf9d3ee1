"""What tests are written with: a prepared workshop, its people, and given(events).when(command).then(events)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.doctrine import DefaultMission, SheetAction
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code, Refused
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Holder, Phase, Role, Side, Status, Trade

T0 = 1_782_381_600_000
"""25 June 2026, 10:00 UTC: when everything in `given` happens unless it says otherwise."""
SECOND = 1_000
MINUTE = 60 * SECOND

HOST = Actor(Role.HOST, "host")
FACILITATOR = Actor(Role.FACILITATOR, "clef-1")
ALICE = Actor(Role.PARTICIPANT, "alice")
BASILE = Actor(Role.PARTICIPANT, "basile")
CLAIRE = Actor(Role.PARTICIPANT, "claire")
GUEST = Actor(Role.GUEST, "guest")
"""Alice and Basile sit in group 1, Claire in group 2; the guest has not joined."""

SETUP = Setup(
    doctrine="articulation",
    title="Quelle doctrine pour l’articulation ?",
    place="Épinal",
    territory="Vosges",
    date="2026-06-25",
    organiser="Préfecture des Vosges",
    purge_on="2026-09-23",
    groups=("Groupe 1", "Groupe 2", "Groupe 3"),
    minutes={
        Phase.WELCOME: 0,
        Phase.REMITS: 10,
        Phase.ARTICULATIONS: 20,
        Phase.REPORT_BACK: 5,
        Phase.SYNTHESIS: 10,
    },
    actions=(
        SheetAction(id="aller-vers", short="Aller vers", label="Je pars à la rencontre des usagers"),
        SheetAction(id="orienter", short="Orienter", label="J’oriente"),
        SheetAction(id="relayer", short="Relayer", label="Je sers de relais"),
    ),
    free_lines=2,
    missions=(
        DefaultMission(side=Side.FRANCE_SERVICES, text="Favoriser l’accès aux droits"),
        DefaultMission(side=Side.CONSEILLER_NUMERIQUE, text="Favoriser la culture du numérique"),
    ),
)

History: TypeAlias = "e.Event | Fact | tuple[History, ...]"

PREPARED: tuple[e.Event, ...] = (
    e.WorkshopPrepared(setup=SETUP),
    e.KeyIssued(key=FACILITATOR.id, holder=Holder.FACILITATOR, key_hash="h1", opened=True),
)

_ENDINGS: dict[Status, tuple[e.Event, ...]] = {
    Status.OPEN: (),
    Status.CLOSED: (e.WorkshopClosed(),),
    Status.ARCHIVED: (e.WorkshopClosed(), e.WorkshopArchived()),
}


def done(by: Actor, *events: e.Event, at: int = T0) -> tuple[Fact, ...]:
    """Return `events` as facts: done by somebody, at a time."""
    return tuple(Fact(event=event, by=by, at=at) for event in events)


def joined(by: Actor, group: int, trade: Trade = Trade.FRANCE_SERVICES, name: str = "") -> tuple[Fact, ...]:
    """Return the arrival of a participant at a table."""
    return done(by, e.ParticipantJoined(participant=by.id, trade=trade, group=group, name=name))


def workshop(phase: Phase = Phase.WELCOME, status: Status = Status.OPEN) -> tuple[Fact, ...]:
    """Return the history of a workshop with Alice and Basile in group 1 and Claire in group 2."""
    if status is Status.UNPREPARED:
        return ()
    people = (
        joined(ALICE, 1, Trade.FRANCE_SERVICES, "Alice"),
        joined(BASILE, 1, Trade.CONSEILLER_NUMERIQUE, "Basile"),
        joined(CLAIRE, 2, Trade.CONSEILLER_NUMERIQUE, "Claire"),
    )
    opened = () if phase is Phase.WELCOME else done(FACILITATOR, e.PhaseOpened(phase=phase))
    return (*done(HOST, *PREPARED), *sum(people, ()), *opened, *done(FACILITATOR, *_ENDINGS[status]))


def state_of(*history: History) -> Workshop:
    """Return the state that a history adds up to."""
    return fold(_facts(history))


def given(*history: History) -> Given:
    """Begin a test with what already happened; bare events happened to the host, at T0."""
    return Given(state_of(*history))


def refused(code: Code, detail: str | None = None) -> Refusal:
    """Expect a refusal; without `detail`, whatever its detail."""
    return Refusal(code, detail)


@dataclass(frozen=True)
class Refusal:
    """What `then` is told when the act must not be accepted."""

    code: Code
    detail: str | None


@dataclass(frozen=True)
class Given:
    """A workshop in some state, waiting for an act."""

    state: Workshop

    def when(self, command: c.Command, by: Actor = FACILITATOR, at: int = T0, fresh_id: str = "new") -> When:
        """Let somebody ask for something."""
        try:
            events = decide(self.state, Act(command=command, by=by, at=at, fresh_id=fresh_id))
        except Refused as refusal:
            return When(self.state, by, at, refusal)
        return When(self.state, by, at, events)


@dataclass(frozen=True)
class When:
    """What came of it."""

    before: Workshop
    by: Actor
    at: int
    outcome: tuple[e.Event, ...] | Refused

    def then(self, *expected: e.Event | Refusal) -> Workshop:
        """Check the outcome; return the state after it. Nothing expected means: accepted, nothing happens."""
        if expected and isinstance(expected[0], Refusal):
            assert isinstance(self.outcome, Refused), f"accepted: {self.outcome}"
            assert self.outcome.code is expected[0].code
            assert expected[0].detail in (None, self.outcome.detail)
            return self.before
        assert not isinstance(self.outcome, Refused), f"refused: {self.outcome.code}"
        assert self.outcome == expected
        return fold(done(self.by, *self.outcome, at=self.at), self.before)


def _facts(history: Iterable[History]) -> Iterator[Fact]:
    for each in history:
        if isinstance(each, tuple):
            yield from _facts(each)
        elif isinstance(each, Fact):
            yield each
        else:
            yield Fact(event=each, by=HOST, at=T0)
