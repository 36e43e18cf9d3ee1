"""What the sheets say together: the hand table, the properties, whom a verdict rests on, who differs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.doctrine import Doctrine
from atelier.domain.synthesis import SAYS, Apart, Row, Verdict, discuss_first, overlay, verdict_of, words_of
from atelier.domain.values import Phase, Placement, word_number
from tests.support.histories import FACILITATOR, SETUP, done, state_of, workshop
from tests.support.histories import given as given_room

Cell = Placement | str
"""What one group says: a placement, `aside` (« sans objet ») or `open` (nobody answered)."""

ASIDE, OPEN = "aside", "open"
INCOMPLETE = {Verdict.TOO_FEW, Verdict.TO_COMPLETE, Verdict.SET_ASIDE}
TOP = 4


def row(*cells: Cell | tuple[int | None, int | None]) -> Row:
    """The row of « J’oriente », in a workshop of one group a cell."""
    events: list[e.Event] = []
    for group, cell in enumerate(cells, start=1):
        if cell == ASIDE:
            events.append(e.ActionSetAside(group=group, action="orienter"))
        elif cell != OPEN:
            placement = cell if isinstance(cell, Placement) else Placement(*cell)
            events.append(e.ActionPlaced(group=group, action="orienter", fs=placement.fs, cn=placement.cn))
    setup = replace(SETUP, groups=tuple(f"Groupe {n}" for n in range(1, len(cells) + 1)))
    return overlay(state_of(e.WorkshopPrepared(setup=setup), *events))[1]


HAND = [
    ([(100, 0), (0, 100), (50, 50)], Verdict.DISCUSS),
    ([(100, 100), (100, 100), (0, 0)], Verdict.DISCUSS),
    ([(0, 0), OPEN, OPEN], Verdict.TOO_FEW),
    ([(50, 50), OPEN, ASIDE], Verdict.TOO_FEW),
    ([(25, 30)] * 3, Verdict.RARE_BOTH),
    ([(90, 65), (70, 70), (95, 65)], Verdict.SHARED),
    ([(75, None)] * 3, Verdict.TO_COMPLETE),
    ([ASIDE] * 3, Verdict.SET_ASIDE),
    ([(25, 50), (50, 25)], Verdict.CLOSE),
    ([(75, 75), ASIDE, ASIDE], Verdict.SHARED),
    ([(25, 50), (50, 50), (75, 50)], Verdict.DISCUSS),
    ([(50, 50)] * 3, Verdict.SOMETIMES_BOTH),
    ([(45, 50), (50, 45), (50, 50)], Verdict.SOMETIMES_BOTH),
    ([(75, 50)], Verdict.RATHER_FS),
    ([(75, 25)], Verdict.MOSTLY_FS),
    ([(50, 75)], Verdict.RATHER_CN),
    ([(0, 100)], Verdict.MOSTLY_CN),
    ([(50, 0)], Verdict.SOMETIMES_FS),
    ([(0, 50)], Verdict.SOMETIMES_CN),
]
"""The table of the definition, then each pair of levels once."""


@pytest.mark.parametrize(("cells", "verdict"), HAND)
def test_the_hand_table(cells: list[Cell], verdict: Verdict) -> None:
    assert row(*cells).verdict is verdict


def test_a_verdict_says_whom_it_rests_on() -> None:
    found = row((50, 50), OPEN, ASIDE, (75, None))
    assert (found.counting, found.incomplete, found.aside, found.of) == ((1,), (2, 4), (3,), 3)
    assert not found.coloured


def test_who_differs_is_named_where_it_can_be_told_in_one_way_only() -> None:
    assert row((100, 100), (100, 100), (0, 0)).apart == (Apart(groups=(3,), arms=("fs", "cn")),)
    assert row((50, 0), (50, 100), (50, 0)).apart == (Apart(groups=(2,), arms=("cn",)),)
    on_each = row((0, 50), (100, 50), (100, 50), (100, 100), (100, 50)).apart
    assert on_each == (Apart(groups=(1,), arms=("fs",)), Apart(groups=(4,), arms=("cn",)))
    for cells in ([(100, 0), (0, 100), (50, 50)], [(25, 50), (50, 50), (75, 50)]):
        assert (row(*cells).apart, row(*cells).quoted) == ((), True)
    # One side can be told, the other not: whoever reads needs each group's words.
    mixed = row((0, 0), (100, 50), (100, 100))
    assert (mixed.apart, mixed.spread, mixed.quoted) == ((), ("fs", "cn"), True)


def test_no_colour_says_what_one_group_of_several_thinks() -> None:
    only = row((75, 75), ASIDE, ASIDE)
    assert (only.alone, only.coloured) == (1, False)
    own = row((75, 75))
    assert (own.alone, own.coloured) == (0, True)
    assert not row((25, 50), (50, 25)).coloured


def test_a_large_room_discusses_what_a_quarter_of_it_sees_otherwise() -> None:
    many = [(75, 75)] * 5
    assert row(*many[:4], (0, 75)).verdict is Verdict.DISCUSS
    assert row(*many, (0, 75)).verdict is Verdict.SHARED
    assert row(*many, (0, 75), (0, 75)).verdict is Verdict.DISCUSS
    assert row(*many, *many[:4], (0, 75), (0, 75)).verdict is Verdict.SHARED


def test_the_overlay_has_the_common_actions_in_order_with_every_groups_line() -> None:
    free = e.ActionAdded(group=1, action="libre-1", label="x", mission="")
    rows = overlay(state_of(workshop(Phase.ARTICULATIONS), free))
    assert [each.action for each in rows] == ["aller-vers", "orienter", "relayer"]
    assert all(len(each.lines) == 3 for each in rows)


def test_what_is_to_discuss_can_come_first_and_the_rest_keeps_its_order() -> None:
    apart = [e.ActionPlaced(group=n, action="relayer", fs=n * 50 - 50, cn=0) for n in (1, 2, 3)]
    rows = overlay(state_of(workshop(Phase.ARTICULATIONS), *apart))
    assert [each.action for each in discuss_first(rows)] == ["relayer", "aller-vers", "orienter"]


def test_the_desk_chooses_the_order() -> None:
    first, back = c.SetDiscussFirst(on=True), c.SetDiscussFirst(on=False)
    room = given_room(workshop(Phase.SYNTHESIS))
    assert room.when(first).then(e.SynthesisSorted()).discuss_first
    room.when(back).then()
    chosen = given_room(workshop(Phase.SYNTHESIS), done(FACILITATOR, e.SynthesisSorted()))
    assert not chosen.when(back).then(e.SynthesisUnsorted()).discuss_first
    chosen.when(first).then()


@pytest.mark.parametrize(
    ("reach", "word"),
    [(0, 0), (10, 0), (15, 1), (25, 1), (35, 1), (40, 2), (60, 2), (65, 3), (85, 3), (90, 4), (100, 4)],
)
def test_a_reach_is_named_by_its_nearest_quarter(reach: int, word: int) -> None:
    doctrine = object.__new__(Doctrine)
    object.__setattr__(doctrine, "scale", ("a", "b", "c", "d", "e"))
    assert word_number(reach) == word
    assert doctrine.reach_name(reach) == "abcde"[word]


# --- properties

reaches = st.integers(0, 20).map(lambda n: n * 5)
answers = st.builds(Placement, reaches, reaches)
halves = st.one_of(st.builds(Placement, reaches, st.none()), st.builds(Placement, st.none(), reaches))
cells = st.one_of(answers, answers, halves, st.sampled_from([OPEN, ASIDE]))
rooms = st.lists(cells, min_size=1, max_size=11)

SWAPPED = {
    Verdict.RATHER_FS: Verdict.RATHER_CN,
    Verdict.MOSTLY_FS: Verdict.MOSTLY_CN,
    Verdict.SOMETIMES_FS: Verdict.SOMETIMES_CN,
}
SWAPPED |= {cn: fs for fs, cn in SWAPPED.items()}


@given(rooms)
def test_swapping_the_trades_swaps_the_words(found: list[Cell]) -> None:
    mirrored = [Placement(each.cn, each.fs) if isinstance(each, Placement) else each for each in found]
    verdict = row(*found).verdict
    assert row(*mirrored).verdict is SWAPPED.get(verdict, verdict)


@given(rooms.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_groups_is_irrelevant(both: tuple[list[Cell], list[Cell]]) -> None:
    found, shuffled = both
    assert row(*found).verdict is row(*shuffled).verdict


@given(rooms, st.one_of(st.just(OPEN), halves))
def test_one_more_group_that_has_not_answered(found: list[Cell], more: Cell) -> None:
    before, after = row(*found).verdict, row(*found, more).verdict
    if before is Verdict.SET_ASIDE:
        assert after is Verdict.TO_COMPLETE
    else:
        assert after in (before, Verdict.TOO_FEW)


@given(rooms)
def test_one_more_group_that_it_does_not_concern_changes_nothing(found: list[Cell]) -> None:
    before, after = row(*found), row(*found, ASIDE)
    assert (after.verdict, after.counting, after.of) == (before.verdict, before.counting, before.of)
    assert (after.apart, after.spread) == (before.apart, before.spread)


@given(st.data(), st.lists(st.tuples(st.integers(0, TOP), st.integers(0, TOP)), min_size=1, max_size=11))
def test_the_same_printed_words_have_one_verdict(data: st.DataObject, words: list[tuple[int, int]]) -> None:
    def reach(word: int) -> int:
        return data.draw(st.sampled_from([r for r in range(0, 101, 5) if word_number(r) == word]))

    first, second = ([Placement(reach(fs), reach(cn)) for fs, cn in words] for _ in range(2))
    assert row(*first).verdict is row(*second).verdict


@given(rooms)
def test_somebody_says_what_a_verdict_says(found: list[Cell]) -> None:
    together = row(*found).verdict
    own = {row(each).verdict for each in found if isinstance(each, Placement) and each.complete}
    assert together in SAYS | INCOMPLETE | {Verdict.CLOSE, Verdict.DISCUSS}
    assert together in own or together not in SAYS


@given(answers, st.booleans())
def test_a_group_that_answered_for_one_trade_does_not_count(placement: Placement, first: bool) -> None:
    half = replace(placement, fs=None) if first else replace(placement, cn=None)
    assert words_of(half) is None
    assert words_of(placement) is not None


def discussed(words: Iterable[int]) -> bool:
    """Whether one arm alone is to be discussed."""
    said = [(word, 0) for word in words]
    return verdict_of(said, len(said)) is Verdict.DISCUSS


def medians(words: Sequence[int]) -> set[int]:
    """The lower and the upper one."""
    ranked = sorted(words)
    return {ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]}


@pytest.mark.parametrize("n", range(2, 11))
def test_moving_towards_the_others_never_makes_it_to_discuss(n: int) -> None:
    """Every room of `n` groups (715 others at most), every group, every step towards the median of the others."""
    for others in combinations_with_replacement(range(TOP + 1), n - 1):
        for middle in medians(others):
            for word in range(TOP + 1):
                step = 1 if middle > word else -1
                for nearer in range(word, middle, step):
                    worse = not discussed((*others, nearer)) and discussed((*others, nearer + step))
                    assert not worse, (others, nearer, middle)
