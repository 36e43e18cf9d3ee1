"""« Gommettes »: so many dots a person over the initiatives of all groups, secret until they are revealed."""

from dataclasses import replace

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits, tally
from atelier.domain.erasure import redactions
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Phase, Role, Scene, Trade, VoteStatus
from tests.support.crowd import afternoon
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    MINUTE,
    T0,
    done,
    given,
    joined,
    refused,
    state_of,
    workshop,
)


def posted(number: int, group: int = 1, action: str = "orienter") -> e.InitiativePosted:
    return e.InitiativePosted(group=group, action=action, initiative=f"i{number}", text=f"Idée {number}")


def dots(initiative: str, number: int = 1) -> e.DotsPlaced:
    return e.DotsPlaced(vote="v", initiative=initiative, dots=number)


def place(initiative: str, number: int = 1) -> c.PlaceDots:
    return c.PlaceDots(vote="v", initiative=initiative, dots=number)


WALL = e.WallViewChosen(scene=Scene.VOTE, group=0, action="", page=0)
OPENED = e.VoteOpened(vote="v", each=3, starred=False)
CLOSED, REVEALED = e.VoteClosed(vote="v"), e.VoteRevealed(vote="v")
REOPENED, WITHDRAWN, RESTORED = e.VoteReopened(vote="v"), e.VoteWithdrawn(vote="v"), e.VoteRestored(vote="v")
SHARED = e.PhoneShared(participant="alice", people=3)
HIDDEN = e.InitiativeHidden(group=1, action="orienter", initiative="i1")
FACES = done(ALICE, *(posted(n) for n in (1, 2, 3)), posted(4, 2), posted(5, 3))
ROOM = (*workshop(Phase.SYNTHESIS), *FACES)
VOTING = (*ROOM, *done(FACILITATOR, OPENED, WALL))
THREE = done(ALICE, dots("i1"), dots("i4"), dots("i5"))


def ballot(state: Workshop, who: str = "alice") -> dict[str, int]:
    assert state.vote is not None
    return dict(state.vote.ballots.get(who, {}))


def test_the_desk_opens_a_vote_and_the_wall_shows_it() -> None:
    after = given(ROOM).when(c.OpenVote(), fresh_id="v").then(OPENED, WALL)
    assert after.wall.scene is Scene.VOTE
    assert [choice.id for choice in tally.choices(after)] == ["i1", "i2", "i3", "i4", "i5"]


def test_a_second_vote_only_once_the_first_was_withdrawn() -> None:
    given(VOTING).when(c.OpenVote()).then(refused(Code.VOTE_EXISTS))
    again = e.VoteOpened(vote="w", each=5, starred=True)
    given(VOTING, done(FACILITATOR, WITHDRAWN)).when(c.OpenVote(each=5, starred=True), fresh_id="w").then(
        again, WALL
    )


@pytest.mark.parametrize("each", [0, limits.DOTS + 1])
def test_a_vote_has_one_to_ten_dots(each: int) -> None:
    given(ROOM).when(c.OpenVote(each=each)).then(refused(Code.NOT_A_VOTE, str(limits.DOTS)))


def test_dots_go_to_any_group_and_are_taken_back() -> None:
    given(VOTING).when(place("i4"), by=ALICE).then(dots("i4"))
    given(VOTING, THREE).when(place("i4", 0), by=ALICE).then(dots("i4", 0))
    given(VOTING, THREE).when(place("i4"), by=ALICE).then()


def test_nobody_has_more_dots_than_the_vote_gives() -> None:
    given(VOTING, THREE).when(place("i2"), by=ALICE).then(refused(Code.NO_DOT_LEFT, "3"))
    given(VOTING).when(place("i1", 2), by=ALICE).then(refused(Code.NOT_A_VOTE, "1"))


def test_what_is_not_to_be_seen_is_not_to_be_voted_for() -> None:
    given(VOTING, done(FACILITATOR, HIDDEN)).when(place("i1"), by=BASILE).then(refused(Code.NOT_ON_BALLOT))
    only_starred = done(FACILITATOR, replace(OPENED, starred=True))
    given(ROOM, only_starred).when(place("i1"), by=BASILE).then(refused(Code.NOT_ON_BALLOT))
    star = e.InitiativeHighlighted(group=1, action="orienter", initiative="i1")
    given(ROOM, only_starred, done(FACILITATOR, star)).when(place("i1"), by=BASILE).then(dots("i1"))


def test_what_is_hidden_frees_its_dots_for_good_once_another_is_placed() -> None:
    after = given(VOTING, THREE, done(FACILITATOR, HIDDEN)).when(place("i2"), by=ALICE).then(dots("i2"))
    assert ballot(after) == {"i4": 1, "i5": 1, "i2": 1}


def test_late_dots_are_refused_with_the_reason() -> None:
    given(VOTING, done(FACILITATOR, CLOSED)).when(place("i1"), by=ALICE).then(refused(Code.VOTE_OVER))
    given(VOTING, done(FACILITATOR, WITHDRAWN)).when(place("i1"), by=ALICE).then(refused(Code.UNKNOWN_VOTE))


def test_closing_reopening_and_revealing() -> None:
    given(VOTING).when(c.CloseVote(vote="v")).then(CLOSED)
    closed = (*VOTING, *done(FACILITATOR, CLOSED))
    given(closed).when(c.CloseVote(vote="v")).then()
    given(closed).when(c.ReopenVote(vote="v")).then(REOPENED)
    given(closed).when(c.RevealVote(vote="v")).then(REVEALED)
    given(VOTING).when(c.RevealVote(vote="v")).then(CLOSED, REVEALED)
    seen = (*closed, *done(FACILITATOR, REVEALED))
    given(seen).when(c.RevealVote(vote="v")).then()
    given(seen).when(c.ReopenVote(vote="v")).then(refused(Code.VOTE_OVER))


def test_a_withdrawn_vote_leaves_the_wall_and_can_be_put_back_with_its_dots() -> None:
    after = given(VOTING, THREE).when(c.WithdrawVote(vote="v")).then(WITHDRAWN)
    assert (after.vote, after.wall.scene) == (None, Scene.OVERVIEW)
    gone = (*VOTING, *THREE, *done(FACILITATOR, WITHDRAWN))
    back = given(gone).when(c.PutBack(removal="vote"), at=T0 + 1).then(RESTORED)
    assert ballot(back) == {"i1": 1, "i4": 1, "i5": 1}
    given(gone).when(c.PutBack(removal="vote"), at=T0 + MINUTE + 1).then(refused(Code.PUT_BACK_TOO_LATE))
    another = done(FACILITATOR, replace(OPENED, vote="w"))
    given(gone, another).when(c.PutBack(removal="vote"), at=T0 + 1).then(refused(Code.NOTHING_TO_UNDO))


def test_a_phone_that_serves_a_table_votes_for_its_people() -> None:
    given(VOTING).when(c.SharePhone(participant="alice", people=3)).then(SHARED)
    shared = (*VOTING, *done(FACILITATOR, SHARED))
    given(shared).when(c.SharePhone(participant="alice", people=3)).then()
    given(shared).when(place("i1", 3), by=ALICE).then(dots("i1", 3))
    given(shared).when(place("i1", 4), by=ALICE).then(refused(Code.NOT_A_VOTE, "3"))
    all_nine = done(ALICE, dots("i1", 3), dots("i2", 3), dots("i3", 3))
    given(shared, all_nine).when(place("i4"), by=ALICE).then(refused(Code.NO_DOT_LEFT, "9"))
    fewer = fold(done(FACILITATOR, replace(SHARED, people=2)), state_of(shared, all_nine))
    assert (ballot(fewer), tally.people_voted(fewer)) == ({"i1": 2, "i2": 2, "i3": 2}, 2)


@pytest.mark.parametrize("people", [0, limits.PEOPLE_A_PHONE + 1])
def test_a_phone_serves_one_to_thirty(people: int) -> None:
    command = c.SharePhone(participant="alice", people=people)
    given(VOTING).when(command).then(refused(Code.NOT_A_VOTE, str(limits.PEOPLE_A_PHONE)))


def test_erasure_removes_somebodys_dots_from_the_count_and_from_the_journal() -> None:
    erased = done(ALICE, e.ParticipantErased(participant="alice"))
    facts = [*VOTING, *done(FACILITATOR, posted(6)), *THREE, *done(BASILE, dots("i6")), *erased]
    after = fold(facts)
    assert tally.people_voted(after) == 1
    clean = dict(redactions(facts))
    history = [clean.get(n, fact) for n, fact in enumerate(facts)]
    placed = [fact.event for fact in history if isinstance(fact.event, e.DotsPlaced)]
    assert placed == [dots("", 0), dots("", 0), dots("", 0), dots("i6")]
    assert fold(history).vote == after.vote


def crowd(number: int, trade: Trade) -> list[Actor]:
    return [Actor(Role.PARTICIPANT, f"{trade.value}-{n}") for n in range(number)]


def test_dots_are_counted_by_trade_and_what_both_put_first_is_told() -> None:
    fs, cn = crowd(3, Trade.FRANCE_SERVICES), crowd(2, Trade.CONSEILLER_NUMERIQUE)
    people = [fact for each in fs for fact in joined(each, 1)]
    people += [fact for each in cn for fact in joined(each, 2, Trade.CONSEILLER_NUMERIQUE)]
    votes = [fact for each in (*fs, *cn) for fact in done(each, dots("i1"))]
    votes += [*done(fs[0], dots("i2")), *done(fs[1], dots("i2")), *done(cn[0], dots("i2"))]
    found = tally.tally(state_of(VOTING, tuple(people), tuple(votes)))
    assert found.people == 5
    assert [(each.choice.id, each.dots, each.agreed) for each in found.ranked] == [
        ("i1", 5, True),
        ("i2", 3, False),
    ]
    assert dict(found.ranked[0].by_trade) == {Trade.FRANCE_SERVICES: 3, Trade.CONSEILLER_NUMERIQUE: 2}


def test_only_the_first_five_of_a_trade_are_agreed() -> None:
    fs, cn = crowd(8, Trade.FRANCE_SERVICES), crowd(8, Trade.CONSEILLER_NUMERIQUE)
    people = [fact for each in fs for fact in joined(each, 1)]
    people += [fact for each in cn for fact in joined(each, 2, Trade.CONSEILLER_NUMERIQUE)]
    ideas = [posted(n) for n in range(1, 8)]
    wide = replace(OPENED, each=10)
    # i1 … i6: 8, 7, 6, 5, 4, 3 dots of France services, as many of the others; i7: 2.
    votes = [
        fact
        for trade in (fs, cn)
        for n in range(1, 8)
        for each in trade[: 9 - n]
        for fact in done(each, dots(f"i{n}"))
    ]
    state = state_of(workshop(), done(ALICE, *ideas), done(FACILITATOR, wide), tuple(people), tuple(votes))
    assert [each.choice.id for each in tally.tally(state).ranked if each.agreed] == [
        f"i{n}" for n in range(1, 6)
    ]


@hypothesis_given(st.integers(0, 2**32), st.integers(1, 150))
def test_never_more_dots_than_one_has_and_never_two_of_one_person_on_the_same(seed: int, length: int) -> None:
    for step in afternoon(seed, length)[1]:
        vote = step.after.vote
        for voter, placed in (vote.ballots if vote else {}).items():
            person = step.after.people[voter]
            assert vote is not None
            assert sum(placed.values()) <= tally.allowance(vote, person)
            assert all(0 < each <= person.people for each in placed.values())


def test_a_status_tells_how_far_it_is() -> None:
    vote = state_of(VOTING).vote
    assert vote is not None
    assert vote.status is VoteStatus.OPEN
    assert CLAIRE.id not in vote.ballots
