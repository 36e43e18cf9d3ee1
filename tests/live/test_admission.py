"""Who may listen to what: the table visitor × page, whatever the phase, before and after each fact that ends a right.

Written by hand as it is said in the room; it never reads the rule. The sockets themselves: test_readmission.py.
"""

import dataclasses

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from atelier.domain import events as e
from atelier.domain.evolve import fold
from atelier.domain.values import Holder, Phase, Role, Status, Trade
from atelier.live.admission import Visitor, audience_of, same_seat, seat_of, subjects
from tests.support.crowd import afternoon
from tests.support.histories import ALICE, FACILITATOR, SETUP, done, state_of, workshop

CODE = "ABC234"
PAGES = {"desk": ("desk", 0), "wall": ("wall", 0), "1": ("phone", 1), "2": ("phone", 2), "3": ("phone", 3)}
"""Besides, nobody may listen to what no page is."""
NOWHERE = (("phone", 0), ("phone", 4), ("phone", -1), ("desks", 0), ("", 1))

KEYS = done(
    FACILITATOR,
    e.KeyIssued(key="co", holder=Holder.FACILITATOR, key_hash="h2"),
    e.KeyIssued(key="screen", holder=Holder.WALL, key_hash="h3"),
)
VISITORS = {
    "facilitator": Visitor(key="clef-1"),
    "co": Visitor(key="co"),
    "wall": Visitor(wall="screen"),
    "alice": Visitor(person="alice"),
    "claire": Visitor(person="claire"),
    "alice who facilitates": Visitor(person="alice", key="co"),
    "guest": Visitor(person="guest"),
    "nobody": Visitor(),
    "a wall's key as a facilitator's": Visitor(key="screen"),
    "a facilitator's key as a wall's": Visitor(wall="clef-1"),
}
ALL = "desk wall 1 2 3"
BEFORE = {
    "facilitator": ALL,
    "co": ALL,
    "wall": "wall",
    "alice": "1",
    "claire": "2",
    "alice who facilitates": ALL,
    "guest": "",
    "nobody": "",
    "a wall's key as a facilitator's": "",
    "a facilitator's key as a wall's": "",
}
NOBODY_SEATED = {"alice": "", "claire": ""}
AFTER = {
    "the co-facilitator's key was revoked": (
        done(FACILITATOR, e.KeyRevoked(key="co")),
        {"co": "", "alice who facilitates": "1"},
    ),
    "the wall's key was revoked": (done(FACILITATOR, e.KeyRevoked(key="screen")), {"wall": ""}),
    "alice left": (done(ALICE, e.ParticipantLeft(participant="alice", group=1)), {"alice": ""}),
    "alice was moved": (
        done(FACILITATOR, e.ParticipantMoved(participant="alice", from_group=1, to_group=2)),
        {"alice": "2"},
    ),
    "alice sat elsewhere": (
        done(ALICE, e.ParticipantJoined(participant="alice", trade=Trade.OTHER, group=3, name="")),
        {"alice": "3"},
    ),
    "alice was erased": (done(FACILITATOR, e.ParticipantErased(participant="alice")), {"alice": ""}),
    "alice and claire were shown out": (
        done(FACILITATOR, e.PeopleRemoved(removal="r", participants=("alice", "claire"))),
        NOBODY_SEATED,
    ),
    "the workshop was reset": (done(FACILITATOR, e.WorkshopCleared()), NOBODY_SEATED),
    "the setup has two groups": (
        done(FACILITATOR, e.SetupRevised(setup=dataclasses.replace(SETUP, groups=("Un", "Deux")))),
        {
            "facilitator": "desk wall 1 2",
            "co": "desk wall 1 2",
            "alice who facilitates": "desk wall 1 2",
        },
    ),
    "the guest joined": (
        done(ALICE, e.ParticipantJoined(participant="guest", trade=Trade.OTHER, group=3, name="")),
        {"guest": "3"},
    ),
    "another key was issued": (
        done(FACILITATOR, e.KeyIssued(key="new", holder=Holder.FACILITATOR, key_hash="h4")),
        {},
    ),
}


def heard_by(state, visitor):
    """Return the pages that this visitor may listen to."""
    return " ".join(name for name, page in PAGES.items() if audience_of(state, visitor, *page))


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("status", [Status.OPEN, Status.CLOSED, Status.ARCHIVED])
def test_who_may_listen_to_what_whatever_the_phase(phase, status):
    state = state_of((*workshop(phase, status), *KEYS))
    assert {name: heard_by(state, visitor) for name, visitor in VISITORS.items()} == BEFORE
    for page in NOWHERE:
        assert not any(audience_of(state, visitor, *page) for visitor in VISITORS.values())


@pytest.mark.parametrize("what", AFTER)
def test_who_may_listen_to_what_after(what):
    facts, changed = AFTER[what]
    before = state_of((*workshop(Phase.WELCOME), *KEYS))
    after = fold(facts, before)
    assert {name: heard_by(after, visitor) for name, visitor in VISITORS.items()} == BEFORE | changed
    for name in changed:
        assert concerns(subjects(fact.event for fact in facts), VISITORS[name])


def test_who_moves_away_from_a_page_that_they_may_still_see_takes_no_part_there():
    visitor = VISITORS["alice who facilitates"]
    before = state_of((*workshop(Phase.WELCOME), *KEYS))
    seat = seat_of(before, CODE, visitor, "phone", 1)
    assert seat is not None
    assert seat.person == "alice"
    after = fold(AFTER["alice was moved"][0], before)
    assert same_seat(after, seat) == dataclasses.replace(seat, person="")


@generated(st.integers(0, 2**32), st.integers(1, 150))
def test_no_fact_ends_a_right_without_saying_whose(seed, length):
    check_afternoon(seed, length)


def check_afternoon(seed, length):
    for step in afternoon(seed, length)[1]:
        named = subjects(fact.event for fact in step.facts)
        for visitor in visitors_of(step.before, step.after):
            if heard_by(step.before, visitor) != heard_by(step.after, visitor):
                assert concerns(named, visitor), step.facts


@pytest.mark.slow
def test_no_fact_of_hundreds_of_afternoons_ends_a_right_without_saying_whose():
    for seed in range(300):
        check_afternoon(seed, 300)


def visitors_of(*states):
    keys = {key for state in states for key in state.keys}
    people = {person for state in states for person in state.people}
    yield from (Visitor(key=key) for key in keys)
    yield from (Visitor(wall=key) for key in keys)
    yield from (Visitor(person=person) for person in people)
    yield Visitor()


def concerns(named, visitor):
    return named is None or bool(named & visitor.subjects)


def test_a_participant_acts_as_one_and_a_guest_as_a_guest():
    state = state_of(workshop())
    for name, role in (("alice", Role.PARTICIPANT), ("facilitator", Role.GUEST)):
        seat = seat_of(state, CODE, VISITORS[name], "phone", 1)
        assert seat is not None
        assert [actor.role for actor in seat.actors] == [role, Role.FACILITATOR]
