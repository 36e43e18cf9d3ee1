"""A room full of people who ask for anything: mostly what makes sense just then, sometimes what does not."""

import dataclasses
import random
import typing
from collections.abc import Iterator
from enum import StrEnum

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.evolve import fold
from atelier.domain.previous import PreviousDecision
from atelier.domain.refusals import Refused
from atelier.domain.registry import RULES
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Phase, Role, Status
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    GUEST,
    HOST,
    SETUP,
    T0,
    done,
    state_of,
    workshop,
)
from tests.support.sequels import PREVIOUS

SETUPS = (
    SETUP,
    dataclasses.replace(SETUP, title="Autre", groups=("Un", "Deux"), free_lines=1),
    dataclasses.replace(SETUP, groups=()),
)
FOLLOWING = e.SetupRevised(setup=dataclasses.replace(SETUP, previous=PREVIOUS))
BEGINNINGS = (
    (*workshop(), *done(FACILITATOR, FOLLOWING, e.PhaseOpened(phase=Phase.ARTICULATIONS))),
    *[(), workshop(), workshop(Phase.REMITS), workshop(Phase.REPORT_BACK)],
    *[workshop(Phase.ARTICULATIONS)] * 8,
    *[(*workshop(Phase.ARTICULATIONS), *done(FACILITATOR, e.AnswersRequested()))] * 2,
)
PEOPLE = (*[ALICE, BASILE, FACILITATOR] * 3, CLAIRE, GUEST, HOST, Actor(Role.PARTICIPANT, GUEST.id))
SELDOM = (
    c.ResetWorkshop,
    c.EraseParticipant,
    c.CloseWorkshop,
    c.ArchiveWorkshop,
    c.Leave,
    c.RemoveIdle,
    c.PrepareWorkshop,
    c.OpenPhase,
)
"""What would end most afternoons early."""
OFTEN = (
    *(c.ReopenWorkshop, c.PostInitiative, c.AddAction, c.UndoLast, c.RevertPhase, c.HighlightInitiative),
    *(c.HideAction, c.ShowAction, c.OpenVote, c.PlaceDots, c.GatherInitiatives, c.NameGathering),
)
KINDS = tuple(kind for kind in c.NAMES.values() if kind not in SELDOM) * 3 + SELDOM + OFTEN * 6
FIXED: dict[str, tuple[typing.Any, ...]] = {
    "fs": (0, 50, 75, 100, 3, None),
    "cn": (0, 50, 75, 100, -5, None),
    "seconds": (0, 60, 60, 300, -1, 10**6),
    "page": (0, 0, 1, -1),
    "setup": SETUPS,
    "minutes": (0, 0, 1, -1),
    "due_on": ("", "2027-03-15", "demain"),
}
TEXTS = ("Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "", "x" * 700, "\x00")
PAUSES = (0, 1_000, 1_000, 20_000, 61_000)


@dataclasses.dataclass(frozen=True)
class Step:
    """One act, the state it met, and what came of it (nothing when it was refused)."""

    before: Workshop
    act: Act
    facts: tuple[Fact, ...]
    after: Workshop


def afternoon(seed: int, length: int) -> tuple[tuple[Fact, ...], list[Step]]:
    """Return what was there at the beginning, and `length` steps from it; the same ones for the same seed."""
    chance = random.Random(seed)
    beginning = chance.choice(BEGINNINGS)
    return beginning, list(_steps(chance, state_of(beginning), length))


def _steps(chance: random.Random, state: Workshop, length: int) -> Iterator[Step]:
    at = T0
    for number in range(length):
        at += chance.choice(PAUSES)
        kind = _kind(chance, state)
        by = _somebody(chance, kind)
        fresh_id = f"n{number}" if chance.random() < 0.9 else "n1"
        act = Act(command=_command(chance, state, by, kind), by=by, at=at, fresh_id=fresh_id)
        try:
            facts = done(by, *decide(state, act), at=at)
        except Refused:
            facts = ()
        after = fold(facts, state)
        yield Step(state, act, facts, after)
        state = after


def _kind(chance: random.Random, state: Workshop) -> type[c.Command]:
    # What the moment calls for, one time in five: else most afternoons would wait in vain.
    call: type[c.Command] | None = c.PutBack if state.removals else None
    call = {Status.UNPREPARED: c.PrepareWorkshop, Status.CLOSED: c.ReopenWorkshop}.get(state.status, call)
    return call if call and chance.random() < 0.2 else chance.choice(KINDS)


def _somebody(chance: random.Random, kind: type[c.Command]) -> Actor:
    roles = RULES[kind].roles
    if Role.PARTICIPANT not in roles and chance.random() < 0.8:
        return FACILITATOR if Role.FACILITATOR in roles else HOST
    return chance.choice(PEOPLE)


def _command(chance: random.Random, state: Workshop, by: Actor, kind: type[c.Command]) -> c.Command:
    hints = typing.get_type_hints(kind)
    values: dict[str, typing.Any] = {}
    for field in dataclasses.fields(kind):
        if field.name.startswith("from_") or field.name == "sure":
            continue  # pressed where the room is: what is done anyway is what is tried here
        values[field.name] = _value(chance, state, by, field.name, hints[field.name], values.get("group", 0))
    return kind(**values)


def _value(
    chance: random.Random, state: Workshop, by: Actor, name: str, hint: typing.Any, group: int
) -> typing.Any:
    if name == "group":
        own = state.people[by.id].group if by.id in state.people else chance.choice((1, 2))
        return own if chance.random() < 0.9 else chance.randint(0, 4)
    if name in FIXED:
        return chance.choice(FIXED[name])
    known = _identifiers(state, name, group)
    if known is not None:
        return chance.choice((*known, *known, "x"))
    hint = next(iter(typing.get_args(hint)), hint)  # of `… | None`
    if issubclass(hint, StrEnum):
        return chance.choice(list(hint))
    if hint is str:
        return chance.choice(TEXTS)
    return chance.choice((True, False)) if hint is bool else chance.randint(0, 4)


def _before(state: Workshop) -> tuple[PreviousDecision, ...]:
    """Return the decisions of the workshop that this one follows."""
    previous = state.setup.previous if state.setup else None
    return previous.decisions if previous else ()


def _identifiers(state: Workshop, name: str, number: int) -> tuple[str, ...] | None:
    group = state.group(number) if 1 <= number <= len(state.groups) else None
    lines = group.lines if group else {}
    every = [line for each in ([group] if group else state.groups) for line in each.lines.values()]
    gathered = [known.id for line in every for known in line.initiatives.values() if known.gathered]
    tables: dict[str, tuple[str, ...]] = {
        "action": ("orienter", *lines),
        "initiative": (*(each for line in every for each in line.initiatives), *gathered * 3),
        "other": tuple(each for line in every for each in line.initiatives),
        "vote": (state.vote.id,) if state.vote else (),
        "mission": ("", *(group.missions if group else ())),
        "decision": (*state.decisions, *(each.id for each in _before(state))),
        "participant": tuple(state.people),
        "photo": tuple(group.photos) if group else (),
        "key": tuple(state.keys),
        "removal": tuple(state.removals),
        "text_id": tuple(state.late),
    }
    return tables.get(name)
