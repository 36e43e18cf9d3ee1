"""Whatever anybody asks for, in whatever order: it is refused or it replays, and the rules of the room hold."""

import dataclasses
import types
import typing
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act
from atelier.domain.decide import decide
from atelier.domain.evolve import evolve, fold
from atelier.domain.refusals import Refused
from atelier.domain.regions import region_of
from atelier.domain.registry import STALE
from atelier.domain.selectors import highlighted, progress, starting_line, suggested_group, trades_by_group
from atelier.domain.setup import Setup
from atelier.domain.state import Initiative, Workshop, initial_state
from atelier.domain.synthesis import overlay
from atelier.domain.values import Phase, Placement, Role, Scene, Status, Trade, is_reach
from tests.support.crowd import PEOPLE, Step, afternoon
from tests.support.histories import HOST, T0, done, state_of, workshop

seeds = st.integers(0, 2**32)
lengths = st.integers(1, 150)


@given(seeds, lengths)
def test_any_sequence_replays_to_the_same_state(seed: int, length: int) -> None:
    beginning, steps = afternoon(seed, length)
    journal = [*beginning, *(fact for step in steps for fact in step.facts)]
    assert fold(journal) == steps[-1].after
    half = len(journal) // 2
    assert fold(journal[half:], fold(journal[:half])) == steps[-1].after


@given(seeds, lengths)
def test_the_rules_of_the_room_hold_whatever_happens(seed: int, length: int) -> None:
    for step in afternoon(seed, length)[1]:
        check_room(step.after)
        check_rights(step)
        check_undo(step)
        for event in (fact.event for fact in step.facts):
            assert all(region_of(part, event).kind for part in STALE[type(event)])


@given(seeds, lengths)
def test_nobody_undoes_what_somebody_else_changed_since(seed: int, length: int) -> None:
    beginning, steps = afternoon(seed, length)
    # Who changed each thing, one after the other; who takes their own change back leaves it to the one before.
    hands: dict[object, list[str]] = defaultdict(list)
    for fact in beginning:
        hands[touched(fact.event)].append(fact.by.id)
    for step in steps:
        for fact in step.facts:
            if isinstance(step.act.command, c.UndoLast) and not isinstance(fact.event, e.LastActUndone):
                own = hands[touched(fact.event)]
                assert touched(fact.event)[0] == "heart" or own[-1:] == [fact.by.id]
                del own[-1:]
                continue
            hands[touched(fact.event)].append(fact.by.id)
            if isinstance(fact.event, e.PhaseOpened):
                for n in (1, 2, 3):
                    hands["ready", n].append(fact.by.id)


@given(seeds, st.integers(1, 60))
def test_no_state_is_ever_changed_in_place(seed: int, length: int) -> None:
    beginning, steps = afternoon(seed, length)
    told = repr(state_of(beginning))
    for step in steps:
        assert repr(step.before) == told
        told = repr(step.after)
    assert [repr(step.after) for step in steps] == [repr(step.after) for step in afternoon(seed, length)[1]]


@pytest.mark.slow
def test_hundreds_of_long_afternoons() -> None:
    for seed in range(300):
        beginning, steps = afternoon(seed, 300)
        for step in steps:
            check_room(step.after)
            check_rights(step)
        assert fold([*beginning, *(fact for step in steps for fact in step.facts)]) == steps[-1].after


AFTERNOONS = 2_000
"""Many times more than what it takes until each event came up once (91 in November 2026)."""


@pytest.mark.slow
def test_every_event_comes_up_in_some_afternoon() -> None:
    missing = set(e.TYPES.values())
    for seed in range(AFTERNOONS):
        missing -= {type(fact.event) for step in afternoon(seed, 150)[1] for fact in step.facts}
        if not missing:
            return
    names = sorted(kind.__name__ for kind in missing)
    pytest.fail(f"the crowd of tests/support/crowd.py never brings about {names}: add a command to OFTEN")


def test_a_tenth_of_what_is_asked_for_in_an_afternoon_is_done() -> None:
    steps = [step for seed in range(40) for step in afternoon(seed, 150)[1]]
    assert sum(bool(step.facts) for step in steps) > len(steps) / 10


# --- what is true at every moment


def check_room(state: Workshop) -> None:
    """What is true of every workshop."""
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
    assert suggested_group(trades_by_group(state), Trade.OTHER) in groups
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
    # Hearts stay when somebody is erased.
    known = {each.id for each in PEOPLE} | set(state.keys)
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
    """An arm at least reaches somewhere on the scale."""
    known = [reach for reach in (placement.fs, placement.cn) if reach is not None]
    return bool(known) and all(map(is_reach, known))


def well_kept(initiative: Initiative, known: set[str]) -> bool:
    """Its author and its supporters exist, it says something, and is not highlighted where nobody sees it."""
    return (
        {initiative.author, *initiative.supporters} <= known
        and 0 < len(initiative.text) <= 280
        and not (initiative.highlighted and not initiative.visible)
    )


EVEN_CLOSED = (e.TextReceived, e.ParticipantErased)
"""What a participant may bring about once the workshop is closed: it changes nobody else's words."""


def check_rights(step: Step) -> None:
    """Participants write in their own group, while the workshop is open; guests only arrive."""
    by, before = step.act.by, step.before
    if by.role in (Role.FACILITATOR, Role.HOST):
        return
    for event in (fact.event for fact in step.facts):
        assert before.status is Status.OPEN or isinstance(event, EVEN_CLOSED)
        if isinstance(event, e.ParticipantJoined):
            assert event.participant == by.id
            continue
        assert by.role is Role.PARTICIPANT
        assert getattr(event, "participant", by.id) == by.id
        own = before.people[by.id].group
        assert getattr(event, "group", own) == own
        assert by.id == author_of(before, event) or may_be_shared(event)


TEXTS = (
    e.InitiativePosted, e.InitiativeEdited, e.InitiativeMoved, e.InitiativeWithdrawn, e.InitiativeRestored,
)  # fmt: skip
LINES = (e.ActionPlaced, e.ActionUnplaced, e.ActionSetAside, e.ActionAdded)
NAMES = (e.ActionRenamed, e.ActionRemoved, e.ActionRestored)


def touched(event: typing.Any) -> tuple[object, ...]:
    """What an event changes; hearts and moderation are other things than the text they are about."""
    if isinstance(event, TEXTS):
        return ("initiative", event.group, event.initiative)
    if isinstance(event, LINES + NAMES):
        return ("line", event.group, event.action)
    if hasattr(event, "mission"):
        return ("mission", event.group, event.mission)
    if isinstance(event, e.GroupSaidReady | e.GroupSaidNotReady):
        return ("ready", event.group)
    if isinstance(event, e.InitiativeSupported | e.InitiativeUnsupported):
        return ("heart", event.group, event.initiative)
    return ("other",)


def author_of(state: Workshop, event: e.Event) -> str:
    """Who wrote the text that this event changes, or nobody."""
    group = getattr(event, "group", 0)
    if isinstance(event, e.MissionEdited | e.MissionWithdrawn | e.MissionRestored):
        return state.group(group).missions[event.mission].author
    if isinstance(event, e.InitiativeEdited | e.InitiativeWithdrawn | e.InitiativeRestored):
        return state.group(group).lines[event.action].initiatives[event.initiative].author
    return ""


def may_be_shared(event: e.Event) -> bool:
    """Tell whether the event changes something other than a text of somebody's own."""
    own = (
        e.MissionEdited | e.MissionWithdrawn | e.MissionRestored
        | e.InitiativeEdited | e.InitiativeWithdrawn | e.InitiativeRestored
    )  # fmt: skip
    return not isinstance(event, own)


def check_undo(step: Step) -> None:
    """Once done, an undo leaves nothing to undo; what somebody did last is remembered until then."""
    if isinstance(step.act.command, c.UndoLast) and step.facts:
        assert step.act.by.id not in step.after.last_acts
    assert set(step.after.last_acts) <= set(step.after.people) | set(step.after.keys) | {HOST.id}


# --- any values at all

IDS = ("orienter", "alice", "clef-1", "fs-1")
WILD: dict[type, st.SearchStrategy[typing.Any]] = {
    bool: st.booleans(),
    int: st.integers() | st.sampled_from([1, 2]),
    int | None: st.none() | st.integers() | st.sampled_from([0, 75]),  # type: ignore[dict-item]
    str: st.text(st.characters(), max_size=50) | st.sampled_from(IDS),
    Setup: st.builds(
        Setup,
        groups=st.lists(st.text(max_size=9), max_size=14).map(tuple),
        minutes=st.dictionaries(st.sampled_from(Phase), st.integers()),
        date=st.text(max_size=12) | st.just("2026-06-25"),
        purge_on=st.dates().map(str) | st.text(max_size=12),
    ),
}


def wild(kind: type[c.Command]) -> st.SearchStrategy[c.Command]:
    """Commands of that kind with any values that their types allow."""
    hints = typing.get_type_hints(kind)
    values = {field.name: any_of(hint) for field in dataclasses.fields(kind) for hint in [hints[field.name]]}
    return st.builds(kind, **values)


def any_of(hint: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Any value of a field with this type, None where it may be left out."""
    if hint in WILD:
        return WILD[hint]
    if isinstance(hint, types.UnionType):
        return st.one_of(
            st.none(), *(any_of(each) for each in typing.get_args(hint) if each is not types.NoneType)
        )
    return st.sampled_from(hint)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(list(c.NAMES.values())).flatmap(wild),
    st.sampled_from(PEOPLE),
    st.sampled_from([(), workshop(Phase.ARTICULATIONS), workshop(Phase.WELCOME)]),
    st.text(max_size=5),
)
def test_any_command_with_any_values_is_decided_or_refused(
    command: c.Command, by: typing.Any, beginning: typing.Any, fresh_id: str
) -> None:
    state = state_of(beginning)
    act = Act(command=command, by=by, at=T0, fresh_id=fresh_id)
    try:
        decided = decide(state, act)
    except Refused:
        return
    for fact in done(by, *decided):
        state = evolve(state, fact)
