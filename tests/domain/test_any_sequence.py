"""Whatever anybody asks for, in whatever order: it is refused or it replays, and the rules of the room hold."""

import dataclasses
import typing
from enum import StrEnum
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act, Fact
from atelier.domain.decide import decide
from atelier.domain.evolve import EVOLVERS, evolve, fold
from atelier.domain.refusals import Refused
from atelier.domain.selectors import highlighted, progress, starting_line, suggested_group
from atelier.domain.setup import Setup
from atelier.domain.state import Initiative, Workshop, initial_state
from atelier.domain.synthesis import overlay
from atelier.domain.values import Actor, Phase, Placement, Role, Scene, Status, Trade, is_reach
from atelier.live.regions import stale
from tests.support import (
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

ACTORS = (ALICE, BASILE, CLAIRE, GUEST, FACILITATOR, HOST, Actor(Role.PARTICIPANT, "guest"))
IDS = ("a1", "a2", "a3", "fs-1", "clef-1")
SETUPS = (
    SETUP,
    dataclasses.replace(SETUP, title="Autre", groups=("Un", "Deux"), free_lines=1),
    dataclasses.replace(SETUP, groups=()),
)
PLAUSIBLE: dict[str, st.SearchStrategy[typing.Any]] = {
    "group": st.sampled_from([1, 1, 1, 2, 3, 0, 4]),
    "to_group": st.sampled_from([1, 2, 3, 4]),
    "action": st.sampled_from(["orienter", "relayer", "libre-1", "libre-2", "x", ""]),
    "initiative": st.sampled_from(IDS),
    "mission": st.sampled_from([*IDS, ""]),
    "decision": st.sampled_from(IDS),
    "participant": st.sampled_from(["alice", "basile", "guest", "x"]),
    "key": st.sampled_from(IDS),
    "fs": st.sampled_from([0, 50, 75, 3]),
    "cn": st.sampled_from([0, 50, 100, -5]),
    "seconds": st.sampled_from([0, 60, 300, -1, 10**6]),
    "page": st.sampled_from([0, 1, -1]),
    "setup": st.sampled_from(SETUPS),
}
BY_TYPE: dict[type, st.SearchStrategy[typing.Any]] = {
    bool: st.booleans(),
    int: st.integers(),
    str: st.sampled_from(["Une", "Deux", "", "x" * 700, "\x00"]),
}
WILD: dict[type, st.SearchStrategy[typing.Any]] = {
    bool: st.booleans(),
    int: st.integers() | st.sampled_from([1, 2]),
    str: st.text(st.characters(), max_size=50) | st.sampled_from(["orienter", "alice", *IDS]),
    Setup: st.builds(
        Setup,
        groups=st.lists(st.text(max_size=9), max_size=14).map(tuple),
        minutes=st.dictionaries(st.sampled_from(Phase), st.integers()),
        date=st.text(max_size=12) | st.just("2026-06-25"),
        purge_on=st.dates().map(str) | st.text(max_size=12),
    ),
}


def commands(
    named: dict[str, st.SearchStrategy[typing.Any]], typed: dict[type, st.SearchStrategy[typing.Any]]
) -> st.SearchStrategy[c.Command]:
    """Commands of every kind, with the values of `named` by field, of `typed` otherwise."""

    def of(kind: type[c.Command]) -> st.SearchStrategy[c.Command]:
        hints = typing.get_type_hints(kind)
        values = {field.name: value(field.name, hints[field.name]) for field in dataclasses.fields(kind)}
        return st.builds(kind, **values)

    def value(name: str, hint: type) -> st.SearchStrategy[typing.Any]:
        if name in named:
            return named[name]
        return st.sampled_from(hint) if issubclass(hint, StrEnum) else typed[hint]

    return st.one_of(*(of(kind) for kind in c.NAMES.values()))


acts = st.builds(
    lambda command, by, pause, fresh_id: (command, by, pause, fresh_id),
    commands(PLAUSIBLE, BY_TYPE),
    st.sampled_from(ACTORS),
    st.sampled_from([0, 1_000, 30_000, 61_000]),
    st.sampled_from(IDS),
)
beginnings = st.sampled_from([(), *(workshop(phase) for phase in (Phase.WELCOME, Phase.REMITS))]) | st.just(
    workshop(Phase.ARTICULATIONS)
)
sequences = st.lists(acts, max_size=40)
Asked = list[tuple[c.Command, Actor, int, str]]
many = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


def played(
    beginning: tuple[Fact, ...], asked: Asked
) -> typing.Iterator[tuple[Workshop, Act, tuple[Fact, ...]]]:
    """Ask for one thing after the other; yield the state before each, the act, and what came of it."""
    state, at = state_of(beginning), T0
    for command, by, pause, fresh_id in asked:
        at += pause
        act = Act(command=command, by=by, at=at, fresh_id=fresh_id)
        try:
            facts = done(by, *decide(state, act), at=at)
        except Refused:
            facts = ()
        yield state, act, facts
        state = fold(facts, state)


@many
@given(beginnings, sequences)
def test_any_sequence_replays_to_the_same_state(beginning: tuple[Fact, ...], asked: Asked) -> None:
    journal = list(beginning)
    state = state_of(beginning)
    for before, _, facts in played(beginning, asked):
        assert before == state
        for fact in facts:
            state = evolve(state, fact)
        journal.extend(facts)
    assert fold(journal) == state
    half = len(journal) // 2
    assert fold(journal[half:], fold(journal[:half])) == state


@many
@given(beginnings, sequences)
def test_the_rules_of_the_room_hold_whatever_happens(beginning: tuple[Fact, ...], asked: Asked) -> None:
    for before, act, facts in played(beginning, asked):
        after = fold(facts, before)
        check_room(after)
        check_rights(before, act, facts)
        stale(fact.event for fact in facts)
        if act.by.role is not Role.HOST and facts and isinstance(act.command, c.UndoLast):
            assert act.by.id not in after.last_acts


def check_room(state: Workshop) -> None:
    """What is true of every workshop at every moment."""
    if state.status is Status.UNPREPARED:
        assert state == initial_state()
        return
    groups = range(1, len(state.groups) + 1)
    assert [group.number for group in state.groups] == list(groups)
    assert all(person.group in groups for person in state.present())
    assert state.presenting in (0, *groups)
    check_wall(state)
    check_sheets(state)
    # Every question that a surface asks has an answer.
    assert suggested_group(state, Trade.OTHER) in groups
    assert all(0 <= starting_line(state, n) < len(state.prepared.actions) for n in groups)
    assert len(overlay(state)) == len(state.prepared.actions)
    assert all(each.visible for _, _, each in highlighted(state))
    assert all(0 <= progress(group).done <= progress(group).of for group in state.groups)


def check_wall(state: Workshop) -> None:
    """The wall shows something that is there."""
    if state.wall.scene in (Scene.GROUP, Scene.ACTION):
        group = state.group(state.wall.group)
        if state.wall.scene is Scene.ACTION:
            assert not group.lines[state.wall.action].removed
    assert state.wall.scene is not Scene.MESSAGE or state.announcement
    assert state.clock.total_ms >= 0


def check_sheets(state: Workshop) -> None:
    """Sheets hold together."""
    known = set(state.people) | set(state.keys) | {HOST.id}
    for group in state.groups:
        assert sum(line.free for line in group.lines.values()) <= state.prepared.free_lines
        for key, line in group.lines.items():
            assert key == line.action.id
            assert not (line.placement and line.set_aside)
            assert line.placement is None or well_placed(line.placement)
            assert all(well_kept(each, known) for each in line.initiatives.values())
            if line.removed:
                assert line.free
                assert all(each.withdrawn for each in line.initiatives.values())
        identifiers = [each for line in group.lines.values() for each in line.initiatives]
        assert len(identifiers) == len(set(identifiers))


def well_placed(placement: Placement) -> bool:
    """Both arms reach somewhere on the scale."""
    return is_reach(placement.fs) and is_reach(placement.cn)


def well_kept(initiative: Initiative, known: set[str]) -> bool:
    """Its author and its supporters exist, it says something, and is not highlighted where nobody sees it."""
    return (
        {initiative.author, *initiative.supporters} <= known
        and 0 < len(initiative.text) <= 280
        and not (initiative.highlighted and not initiative.visible)
    )


def check_rights(before: Workshop, act: Act, facts: tuple[Fact, ...]) -> None:
    """Participants write in their own group, while the workshop is open; guests only arrive."""
    if act.by.role in (Role.FACILITATOR, Role.HOST):
        return
    for event in (fact.event for fact in facts):
        assert before.status is Status.OPEN
        if isinstance(event, e.ParticipantJoined):
            assert event.participant == act.by.id
            continue
        assert act.by.role is Role.PARTICIPANT
        assert getattr(event, "participant", act.by.id) == act.by.id
        own = before.people[act.by.id].group
        assert getattr(event, "group", own) == own


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    commands({}, WILD),
    st.sampled_from(ACTORS),
    st.sampled_from([(), workshop(Phase.ARTICULATIONS), workshop(Phase.WELCOME)]),
    st.text(max_size=5),
)
def test_any_command_with_any_values_is_decided_or_refused(
    command: c.Command, by: Actor, beginning: tuple[Fact, ...], fresh_id: str
) -> None:
    state = state_of(beginning)
    try:
        decided = decide(state, Act(command=command, by=by, at=T0, fresh_id=fresh_id))
    except Refused:
        return
    fold(done(by, *decided), state)


@many
@given(sequences)
def test_deciding_and_evolving_change_nothing_in_place(asked: Asked) -> None:
    kept = [(before, repr(before)) for before, _, _ in played(workshop(Phase.ARTICULATIONS), asked)]
    assert all(repr(state) == then for state, then in kept)
    assert all(one is not other or one == other for (one, _), (other, _) in pairwise(kept))


def test_evolve_knows_every_event() -> None:
    assert set(EVOLVERS) == set(e.TYPES.values()) == set(typing.get_args(e.Event))
