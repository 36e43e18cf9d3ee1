"""Only who sees a difference hears of a fact: every kind of event, against every audience."""

from collections import Counter
from itertools import chain

import pytest

from atelier.domain.events import TYPES
from atelier.domain.evolve import evolve, fold
from atelier.domain.values import Phase
from atelier.live.hub import Audience
from atelier.live.regions import Kind, Region, first_acts, stale
from atelier.service.service import Position
from atelier.service.workshop import Snapshot
from atelier.web.render import updates
from tests.support.crowd import afternoon

pytestmark = pytest.mark.slow

AUDIENCES = (Audience("phone", 1), Audience("phone", 2), Audience("wall"), Audience("desk"))
EVERYTHING = frozenset({Region(Kind.EVERYTHING)})
SEEDS, LENGTH, LOOKED_AT = 120, 200, 3
MOST = 0.9
"""Of the kinds of events, so many come up."""
NAMES = {kind: name for name, kind in TYPES.items()}
SEEN_BY_SOME = {
    "participant.joined", "participant.introduced", "participant.left", "participant.moved", "participant.erased",
    "participant.returned", "people.removed", "people.returned", "rapporteur.named",
    "text.received", "meeting.planned", "note.taken", "key.opened", "phone.shared", "action.removed",
    "answers.revealed", "answer.recorded", "announcement.made", "initiatives.gathered", "gathering.named",
}  # fmt: skip
"""Told to phones that may see nothing new: who is where (once a second at most), and what seldom comes."""
SHEETS = {Kind.LINE, Kind.LINES, Kind.INITIATIVES, Kind.MISSIONS}
ALONE = {Phase.REMITS, Phase.ARTICULATIONS}
"""The phases in which phones show their own table only."""


def facts():
    """Yield state before, fact and state after of some facts of every kind in every phase."""
    looked: Counter[tuple[type, Phase]] = Counter()
    for seed in range(SEEDS):
        before, steps = afternoon(seed, LENGTH)
        state = fold(before)
        for fact in chain.from_iterable(step.facts for step in steps):
            earlier, state = state, evolve(state, fact)
            kind = type(fact.event), state.phase
            looked[kind] += 1
            if earlier.setup and looked[kind] <= LOOKED_AT:
                yield earlier, fact, state


@pytest.fixture
def drawn(program, code, monkeypatch):
    """What an audience is told of some regions in a state, at a time that stands still."""
    here = program.app.extensions["atelier"]
    monkeypatch.setattr(program.service, "now", lambda: 1_800_000_000_000)

    def message(state, audience, regions=EVERYTHING):
        there = audience.group <= len(state.groups)
        snapshot = Snapshot(code=code, state=state, position=Position(1, "h"))
        return updates.message(here, snapshot, audience, regions) if there else None

    return message


def test_no_news_without_a_frame_and_for_phones_no_frame_without_news(drawn):
    kinds, silent, idle = set(), set(), set()
    for before, fact, after in facts():
        name = NAMES[type(fact.event)]
        kinds.add(name)
        regions = stale([fact.event]) | first_acts(before, after, [fact])
        for audience in AUDIENCES:
            news = drawn(after, audience, regions)
            same = drawn(before, audience) == drawn(after, audience)
            if news is None and not same:
                silent.add((name, audience))
            elsewhere = {region.kind for region in regions if region.group != audience.group}
            # A vote is over the initiatives of all groups.
            apart = after.phase in ALONE and not after.vote
            alone = apart and len(elsewhere) == len(regions) and elsewhere <= SHEETS
            if news and audience.surface == "phone" and (alone or (same and apart)):
                idle.add(name)
    assert len(kinds) > MOST * len(NAMES)
    assert silent == set()
    assert idle - SEEN_BY_SOME == set()


def test_who_connects_has_the_desk_draw_numbers_and_not_everybody(drawn):
    earlier = fold(afternoon(1, 60)[0])
    told = drawn(earlier, Audience("desk"), frozenset({Region(Kind.PRESENCE)}))
    assert told is not None
    assert "desk-members-" not in str(told)
