"""« Regrouper »: initiatives that say the same, brought together by hand, shown as one, taken apart as they were."""

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import selectors, tally
from atelier.domain.acts import Act
from atelier.domain.decide import decide
from atelier.domain.erasure import redactions
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code
from atelier.domain.state import Initiative, Workshop
from atelier.domain.text import BLANK
from atelier.domain.values import Phase
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    T0,
    done,
    given,
    refused,
    state_of,
    workshop,
)


def posted(name: str, group: int = 1, action: str = "orienter") -> e.InitiativePosted:
    return e.InitiativePosted(group=group, action=action, initiative=name, text=f"Texte {name}")


def gathered(
    *names: str, key: str = "k", group: int = 0, keys: tuple[str, ...] = ()
) -> e.InitiativesGathered:
    return e.InitiativesGathered(
        action="orienter", initiatives=names, gatherings=keys or (key,) * len(names), group=group
    )


def gather(one: str, other: str, group: int = 0) -> c.GatherInitiatives:
    return c.GatherInitiatives(group=group, initiative=one, other=other)


NAMES = ("a", "b", "c", "d")
ROOM = (
    *workshop(Phase.ARTICULATIONS),
    *done(ALICE, posted("a"), posted("b"), posted("x", action="relayer")),
    *done(CLAIRE, posted("c", 2), posted("d", 2)),
)
PAIR = (*ROOM, *done(FACILITATOR, gathered("b", "a")))
NAMED = e.GatheringNamed(action="orienter", gathering="k", text="Accueil")


def together(state: Workshop) -> list[set[str]]:
    sets: dict[str, set[str]] = {}
    for name in NAMES:
        found = selectors.found_initiative(state, name)
        assert found is not None
        sets.setdefault(found.initiative.gathered or name, set()).add(name)
    return list(sets.values())


def shown(state: Workshop) -> list[Initiative]:
    return [each for _, each in selectors.across(state, "orienter")]


def test_two_texts_come_together_across_groups() -> None:
    after = given(ROOM).when(gather("c", "a"), fresh_id="k").then(gathered("a", "c"))
    assert len(shown(after)) == 3
    assert shown(after)[0].text == "«\u00a0Texte a\u00a0» · «\u00a0Texte c\u00a0»"


def test_what_is_together_grows_and_sets_unite() -> None:
    given(PAIR).when(gather("c", "a")).then(gathered("a", "b", "c"))
    two = (*PAIR, *done(FACILITATOR, gathered("c", "d", key="l")))
    given(two).when(gather("d", "a")).then(gathered("a", "b", "c", "d"))
    given(PAIR).when(gather("a", "b")).then()


def test_a_table_gathers_its_own_texts_only() -> None:
    given(ROOM).when(gather("a", "b", 1), by=BASILE, fresh_id="k").then(gathered("b", "a", group=1))
    given(ROOM).when(gather("a", "c", 1), by=BASILE).then(refused(Code.OTHER_GROUP))
    given(ROOM).when(gather("a", "c"), by=BASILE).then(refused(Code.OTHER_GROUP))


def test_texts_of_two_actions_stay_apart() -> None:
    given(ROOM).when(gather("a", "x")).then(refused(Code.OTHER_ACTION))
    given(ROOM).when(gather("a", "nothing")).then(refused(Code.UNKNOWN_INITIATIVE))


def test_one_leaves_and_two_that_part_are_both_alone() -> None:
    apart = c.SeparateInitiative(group=0, initiative="b")
    given(PAIR).when(apart).then(gathered("a", "b", key=""))
    given(PAIR, done(FACILITATOR, gathered("c"))).when(apart).then(gathered("b", key=""))
    given(ROOM).when(apart).then()


def test_a_gathering_has_a_heading_that_comes_first() -> None:
    name = c.NameGathering(group=0, initiative="a", text=" Accueil ")
    after = given(PAIR).when(name).then(NAMED)
    assert shown(after)[0].text.startswith("Accueil\u00a0: «")
    given(PAIR, done(FACILITATOR, NAMED)).when(name).then()
    given(ROOM).when(name).then(refused(Code.NOT_GATHERED))


def test_whoever_supports_any_text_counts_once() -> None:
    hearts = [
        *done(BASILE, e.InitiativeSupported(group=1, action="orienter", initiative="a")),
        *done(BASILE, e.InitiativeSupported(group=1, action="orienter", initiative="b")),
        *done(ALICE, e.InitiativeSupported(group=1, action="orienter", initiative="b")),
    ]
    state = state_of(PAIR, tuple(hearts))
    assert shown(state)[0].supporters == {"alice", "basile"}
    alone = fold(done(FACILITATOR, gathered("a", "b", key="")), state)
    assert {each.id: len(each.supporters) for each in shown(alone)}["b"] == 2


def test_an_undo_puts_everything_where_it_was() -> None:
    before = state_of(PAIR, done(FACILITATOR, gathered("c", "d", key="l")))
    act = Act(command=gather("d", "a"), by=FACILITATOR, at=T0, fresh_id="z")
    after = fold(done(FACILITATOR, *decide(before, act)), before)
    assert together(after) == [{"a", "b", "c", "d"}]
    undo = Act(command=c.UndoLast(), by=FACILITATOR, at=T0, fresh_id="u")
    back = fold(done(FACILITATOR, *decide(after, undo)), after)
    assert back.groups == before.groups


def test_what_is_being_voted_for_stays_as_it_is_and_counts_once_a_person() -> None:
    opened = done(FACILITATOR, e.VoteOpened(vote="v", each=3, starred=False))
    given(ROOM, opened).when(gather("a", "b")).then(refused(Code.VOTE_OPEN))
    placed = done(ALICE, *(e.DotsPlaced(vote="v", initiative=name, dots=1) for name in ("a", "b")))
    closed = done(FACILITATOR, e.VoteClosed(vote="v"), gathered("a", "b"))
    assert [each.dots for each in tally.tally(state_of(ROOM, opened, placed, closed)).ranked] == [1]


def test_a_moved_text_is_alone_and_an_erased_heading_is_blank() -> None:
    moved = e.InitiativeMoved(group=1, action="orienter", initiative="b", to="relayer")
    assert together(state_of(PAIR, done(ALICE, moved)))[:2] == [{"a"}, {"b"}]
    facts = [*PAIR, *done(BASILE, NAMED), *done(BASILE, e.ParticipantErased(participant="basile"))]
    assert shown(fold(facts))[0].heading == BLANK
    assert not any("Accueil" in str(fact) for _, fact in redactions(facts))


@pytest.mark.parametrize("group", [0, 1])
def test_nothing_is_gathered_by_itself(group: int) -> None:
    twin = c.PostInitiative(group=1, action="orienter", text="Texte a")
    after = (
        given(ROOM)
        .when(twin, by=ALICE, fresh_id="twin")
        .then(e.InitiativePosted(group=1, action="orienter", initiative="twin", text="Texte a"))
    )
    assert len(shown(after)) == 5


@hypothesis_given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8))
def test_any_gathering_is_undone_exactly(pairs: list[tuple[str, str]]) -> None:
    state = state_of(ROOM)
    for n, (one, other) in enumerate(pairs):
        act = Act(command=gather(one, other), by=FACILITATOR, at=T0, fresh_id=f"k{n}")
        facts = done(FACILITATOR, *decide(state, act))
        after = fold(facts, state)
        if facts:
            undo = Act(command=c.UndoLast(), by=FACILITATOR, at=T0, fresh_id="u")
            assert fold(done(FACILITATOR, *decide(after, undo)), after).groups == state.groups
        assert sorted(name for found in together(after) for name in found) == list(NAMES)
        state = after
