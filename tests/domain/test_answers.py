"""« Chacun·e répond d’abord »: unseen answers, the reveal, and that nobody is read in what it shows."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.answers import UNREAD_FROM, Spread, Step, answered, pairs_asked, spreads, step_of
from atelier.domain.erasure import redactions
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Phase, Role, Trade
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    SETUP,
    T0,
    Given,
    History,
    done,
    given,
    joined,
    refused,
    state_of,
    workshop,
)

ASKED = done(FACILITATOR, e.AnswersRequested())
DIANE = Actor(Role.PARTICIPANT, "diane")
EMILE = Actor(Role.PARTICIPANT, "emile")
FANNY = Actor(Role.PARTICIPANT, "fanny")
"""Of France services like Alice, at her table."""
TABLE = (
    workshop(Phase.ARTICULATIONS),
    ASKED,
    *(joined(who, 1) for who in (DIANE, EMILE, FANNY)),
)
REVEAL = c.RevealAnswers(group=1, action="orienter")
REVEALED = e.AnswersRevealed(group=1, action="orienter")
ANSWER = c.GiveAnswer(group=1, action="orienter", fs=75)
GIVEN = e.AnswerRecorded(group=1, action="orienter", arm="fs", reach=75)


def gave(who, reach, arm="fs"):
    return done(who, e.AnswerRecorded(group=1, action="orienter", arm=arm, reach=reach))


def revealed(*before):
    return (*TABLE, *before, done(FACILITATOR, REVEALED))


def seen(state: Workshop, arm: str = "fs") -> Spread | None:
    return next((each for each in spreads(state.group(1).lines["orienter"]) if each.arm == arm), None)


def step(state: Workshop, action: str = "orienter") -> Step:
    return step_of(state, state.group(1), state.group(1).lines[action])


def test_the_preparation_or_the_desk_asks_for_answers_first() -> None:
    setup = replace(SETUP, answers_first=True)
    assert given(e.WorkshopPrepared(setup=setup)).state.answers_first
    room = workshop(Phase.ARTICULATIONS)
    after = given(room).when(c.SetAnswersFirst(on=True)).then(e.AnswersRequested())
    assert after.answers_first
    assert not given(room, ASKED).when(c.SetAnswersFirst(on=False)).then(e.AnswersWaived()).answers_first
    given(room, ASKED).when(c.SetAnswersFirst(on=True)).then()


def test_a_revision_decides_against_the_desk_and_a_reset_keeps_what_was_chosen() -> None:
    room = (workshop(), ASKED)
    given(room).when(c.ReviseSetup(setup=SETUP)).then(e.SetupRevised(setup=SETUP))
    assert given(room).when(c.ResetWorkshop()).then(e.WorkshopCleared()).answers_first


@pytest.mark.parametrize(
    "begun",
    [
        e.ActionPlaced(group=2, action="relayer", fs=25, cn=None),
        e.ActionSetAside(group=2, action="relayer"),
        e.AnswersRevealed(group=2, action="relayer"),
        e.AnswerRecorded(group=2, action="relayer", arm="fs", reach=0),
    ],
)
def test_once_something_is_placed_or_answered_it_stays_as_it_is(begun) -> None:
    given(TABLE, done(FACILITATOR, begun)).when(c.SetAnswersFirst(on=False)).then(
        refused(Code.ALREADY_PLACED)
    )


def test_each_answers_for_their_own_trade_and_the_last_answer_counts() -> None:
    after = given(*TABLE).when(ANSWER, by=ALICE).then(GIVEN)
    line = after.group(1).lines["orienter"]
    assert answered(after, after.group(1), line) == (1, 5)
    assert spreads(line) == ()
    assert line.placement is None
    given(*TABLE, gave(ALICE, 75)).when(ANSWER, by=ALICE).then()
    given(*TABLE, gave(ALICE, 25)).when(ANSWER, by=ALICE).then(GIVEN)


def test_an_answer_is_one_reach_of_ones_own_trade_where_it_is_asked_for() -> None:
    other = c.GiveAnswer(group=1, action="orienter", cn=75)
    given(*TABLE).when(other, by=ALICE).then(refused(Code.OTHER_TRADE))
    for fs, cn in ((None, None), (0, 0), (3, None), (105, None)):
        odd = c.GiveAnswer(group=1, action="orienter", fs=fs, cn=cn)
        given(*TABLE).when(odd, by=ALICE).then(refused(Code.NOT_A_REACH))
    given(workshop(Phase.ARTICULATIONS)).when(ANSWER, by=ALICE).then(refused(Code.ANSWERS_NOT_ASKED))
    given(*TABLE).when(ANSWER, by=CLAIRE).then(refused(Code.OTHER_GROUP))
    given(*TABLE).when(c.GiveAnswer(group=1, action="x", fs=0), by=ALICE).then(refused(Code.UNKNOWN_ACTION))


def test_the_table_reveals_its_answers_and_two_of_a_trade_show() -> None:
    before = (*TABLE, gave(ALICE, 75), gave(DIANE, 20), gave(BASILE, 50, "cn"))
    after = given(*before).when(REVEAL, by=EMILE).then(REVEALED)
    assert seen(after) == Spread(arm="fs", counts=(0, 1, 0, 1, 0), late=0, held=0)
    assert seen(after, "cn") == Spread(arm="cn", counts=(0, 0, 0, 0, 0), late=0, held=1)
    assert step(after) is Step.TOGETHER
    given(*before, done(EMILE, REVEALED)).when(REVEAL, by=ALICE).then()
    given(*before).when(REVEAL, by=CLAIRE).then(refused(Code.OTHER_GROUP))
    given(*before).when(REVEAL, by=FACILITATOR).then(REVEALED)
    given(workshop(Phase.ARTICULATIONS)).when(REVEAL, by=ALICE).then()


def test_where_one_phone_places_it_reveals_too() -> None:
    limited = done(FACILITATOR, e.PensLimited())
    given(*TABLE, limited).when(REVEAL, by=ALICE).then(e.PenTaken(group=1), REVEALED)
    held = done(BASILE, e.PenTaken(group=1))
    given(*TABLE, limited, held).when(REVEAL, by=ALICE).then(refused(Code.PEN_ELSEWHERE))


def test_the_desk_reveals_one_action_or_all_of_them_at_every_table() -> None:
    elsewhere = (e.AnswersRevealed(group=number, action="orienter") for number in (2, 3))
    given(*revealed()).when(c.RevealAllAnswers(action="orienter")).then(*elsewhere)
    everything = given(*revealed()).when(c.RevealAllAnswers()).outcome
    assert isinstance(everything, tuple)
    assert len(everything) == 3 * len(SETUP.actions) - 1
    given(*TABLE).when(c.RevealAllAnswers(action="x")).then(refused(Code.UNKNOWN_ACTION))
    given(workshop(Phase.ARTICULATIONS)).when(c.RevealAllAnswers()).then()
    for mode in (Phase.REPORT_BACK, Phase.SYNTHESIS):
        later = (*TABLE, done(FACILITATOR, e.PhaseOpened(phase=mode)))
        given(*later).when(REVEAL, by=FACILITATOR).then(REVEALED)


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (
            c.PlaceAction(group=1, action="orienter", fs=75),
            e.ActionPlaced(group=1, action="orienter", fs=75, cn=None),
        ),
        (
            c.SetActionAside(group=1, action="orienter"),
            e.ActionSetAside(group=1, action="orienter"),
        ),
    ],
)
def test_a_table_that_settles_a_line_has_revealed_it(command, event) -> None:
    given(*TABLE).when(command, by=ALICE).then(REVEALED, event)
    given(*revealed()).when(command, by=ALICE).then(event)


def test_a_late_answer_waits_for_a_second_one_and_none_changes_any_more() -> None:
    before = revealed(gave(ALICE, 75), gave(DIANE, 75))
    one = given(*before).when(c.GiveAnswer(group=1, action="orienter", fs=0), by=EMILE)
    after = one.then(e.AnswerRecorded(group=1, action="orienter", arm="fs", reach=0))
    assert seen(after) == Spread(arm="fs", counts=(0, 0, 0, 2, 0), late=0, held=1)
    late = state_of(*before, gave(EMILE, 0), gave(FANNY, 100))
    assert seen(late) == Spread(arm="fs", counts=(1, 0, 0, 2, 1), late=2, held=0)
    moved = c.GiveAnswer(group=1, action="orienter", fs=25)
    given(*before).when(moved, by=ALICE).then(refused(Code.ANSWER_STANDS))
    given(*before, gave(EMILE, 0)).when(moved, by=EMILE).then(refused(Code.ANSWER_STANDS))
    given(*before).when(ANSWER, by=ALICE).then()


def test_one_answer_of_a_trade_shows_with_the_first_late_one() -> None:
    state = state_of(*revealed(gave(ALICE, 75)), gave(EMILE, 0))
    assert seen(state) == Spread(arm="fs", counts=(1, 0, 0, 1, 0), late=1, held=0)


def test_a_table_with_one_person_to_ask_does_as_usual() -> None:
    alone = state_of(workshop(Phase.ARTICULATIONS), ASKED)
    assert step_of(alone, alone.group(2), alone.group(2).lines["orienter"]) is Step.USUAL
    assert step(alone) is Step.ALONE  # Alice and Basile
    assert step(state_of(workshop(Phase.ARTICULATIONS))) is Step.USUAL
    assert step(state_of(workshop(), ASKED)) is Step.USUAL
    coordination = e.ParticipantIntroduced(participant="basile", trade=Trade.COORDINATION, name="")
    assert step(state_of(workshop(Phase.ARTICULATIONS), ASKED, done(BASILE, coordination))) is Step.USUAL
    assert step(state_of(*revealed())) is Step.USUAL  # nobody had answered


def test_what_a_line_carried_goes_when_it_is_filled_anew() -> None:
    added = e.ActionAdded(group=1, action="libre-1", label="Une", mission="")
    answer = e.AnswerRecorded(group=1, action="libre-1", arm="fs", reach=25)
    gone = e.ActionRemoved(group=1, action="libre-1")
    state = state_of(*TABLE, done(ALICE, added, answer, gone, added))
    assert not state.group(1).lines["libre-1"].answers


def test_an_erased_persons_answer_goes_from_the_sheet_and_from_history() -> None:
    facts = [
        *flat(*revealed(gave(ALICE, 75), gave(DIANE, 50), gave(EMILE, 100))),
        *done(ALICE, e.ParticipantErased(participant="alice")),
    ]
    state = fold(facts)
    assert seen(state) == Spread(arm="fs", counts=(0, 0, 1, 0, 1), late=0, held=0)
    last = fold(done(DIANE, e.ParticipantErased(participant="diane")), state)
    assert seen(last) == Spread(arm="fs", counts=(0, 0, 0, 0, 0), late=0, held=1)
    changed = dict(redactions(facts))
    told = [changed.get(n, fact) for n, fact in enumerate(facts)]
    answers = [fact.event.reach for fact in told if isinstance(fact.event, e.AnswerRecorded)]
    assert answers == [None, 50, 100]
    assert fold(told) == state
    cleared = [*facts, *done(FACILITATOR, e.WorkshopCleared())]
    rest = dict(redactions(cleared))
    erased = [rest.get(n, fact).event for n, fact in enumerate(cleared)]
    assert all(event.reach is None for event in erased if isinstance(event, e.AnswerRecorded))


def flat(*history: History) -> list[Fact]:
    found: list[Fact] = []
    for each in history:
        if isinstance(each, tuple):
            found += flat(*each)
        elif isinstance(each, Fact):
            found.append(each)
    return found


PEOPLE = tuple(Actor(Role.PARTICIPANT, f"p{n}") for n in range(7))
REACHES = st.sampled_from((0, 25, 50, 75, 100))
GESTURES = st.one_of(
    st.builds(
        lambda who, fs: (c.GiveAnswer(group=1, action="orienter", fs=fs), who),
        st.sampled_from(PEOPLE),
        REACHES,
    ),
    st.builds(
        lambda who, cn: (c.GiveAnswer(group=1, action="orienter", cn=cn), who),
        st.sampled_from(PEOPLE),
        REACHES,
    ),
    st.builds(lambda who: (REVEAL, who), st.sampled_from(PEOPLE)),
    st.builds(
        lambda who, trade: (c.Join(trade=trade, group=1), who),
        st.sampled_from(PEOPLE),
        st.sampled_from(Trade),
    ),
    st.builds(lambda who: (c.Leave(participant=who.id), who), st.sampled_from(PEOPLE)),
    st.builds(lambda who: (c.EraseParticipant(participant=who.id), who), st.sampled_from(PEOPLE)),
)
ARRIVED = tuple(joined(who, 1, list(Trade)[n % 2]) for n, who in enumerate(PEOPLE))


@drawn(st.lists(GESTURES, max_size=40))
def test_nobody_is_read_whatever_is_answered_revealed_and_erased(gestures) -> None:
    """Of a trade none or two at least are shown; a dot appears with another, and goes with its person only."""
    state = state_of(workshop(Phase.ARTICULATIONS), ASKED, *ARRIVED)
    for command, by in gestures:
        before = spreads(state.group(1).lines["orienter"])
        state = given_from(state, command, by)
        line = state.group(1).lines["orienter"]
        after = spreads(line)
        assert line.revealed or not after
        for arm in after:
            assert arm.shown == 0 or arm.shown >= UNREAD_FROM
            assert arm.shown + arm.held == sum(answer.arm == arm.arm for answer in line.answers.values())
            was = next((each.counts for each in before if each.arm == arm.arm), (0,) * 5)
            grown = [now - then for then, now in zip(was, arm.counts, strict=True)]
            if isinstance(command, c.EraseParticipant):
                assert max(grown) <= 0
            else:
                assert min(grown) >= 0
                assert sum(grown) != 1


@drawn(st.lists(GESTURES, max_size=40), st.sampled_from(PEOPLE))
def test_an_erased_person_leaves_no_answer_in_any_history(gestures, who) -> None:
    begun = flat(workshop(Phase.ARTICULATIONS), ASKED, *ARRIVED)
    facts, state = list(begun), fold(begun)
    for command, by in (*gestures, (c.EraseParticipant(participant=who.id), who)):
        made = facts_of(state, command, by)
        facts, state = [*facts, *made], fold(made, state)
    changed = dict(redactions(facts))
    told = [changed.get(n, fact) for n, fact in enumerate(facts)]
    gone = {fact.event.participant for fact in told if isinstance(fact.event, e.ParticipantErased)}
    assert all(
        (fact.event.reach is None) == (fact.by.id in gone)
        for fact in told
        if isinstance(fact.event, e.AnswerRecorded)
    )
    assert fold(told) == state
    assert gone.isdisjoint(state.group(1).lines["orienter"].answers)


def facts_of(state: Workshop, command: c.Command, by: Actor) -> tuple:
    tried = Given(state).when(command, by=by)
    return done(by, *tried.outcome, at=T0) if isinstance(tried.outcome, tuple) else ()


def given_from(state: Workshop, command: c.Command, by: Actor) -> Workshop:
    return fold(facts_of(state, command, by), state)


def test_a_table_of_two_of_a_trade_is_told_that_each_can_tell_the_others_answer() -> None:
    pair = (workshop(Phase.ARTICULATIONS), ASKED, joined(DIANE, 1))
    state = state_of(*pair)
    assert pairs_asked(state, state.group(1)) == ("fs",)
    state = state_of(*TABLE)
    assert pairs_asked(state, state.group(1)) == ()
