"""What the sheets say together: means, verdicts, on how many groups they rest."""

import pytest

from atelier.domain import events as e
from atelier.domain.doctrine import Doctrine
from atelier.domain.synthesis import Row, Verdict, overlay
from atelier.domain.values import Phase, Placement
from tests.support.histories import state_of, workshop


def orienter(*placements: tuple[int, int] | None) -> Row:
    """The row of « J’oriente » with one placement a group; None sets it aside; missing ones are to place."""
    events: list[e.Event] = []
    for group, reaches in enumerate(placements, start=1):
        if reaches is None:
            events.append(e.ActionSetAside(group=group, action="orienter"))
        else:
            fs, cn = reaches
            events.append(e.ActionPlaced(group=group, action="orienter", fs=fs, cn=cn))
    return overlay(state_of(workshop(Phase.ARTICULATIONS), *events))[1]


@pytest.mark.parametrize(
    ("fs", "cn", "verdict"),
    [
        (100, 100, Verdict.SHARED),
        (50, 50, Verdict.SHARED),
        (70, 50, Verdict.SHARED),
        (45, 50, Verdict.BETWEEN),
        (30, 30, Verdict.BETWEEN),
        (30, 10, Verdict.BETWEEN),
        (25, 25, Verdict.RARE_BOTH),
        (25, 0, Verdict.RARE_BOTH),
        (0, 0, Verdict.RARE_BOTH),
        (75, 50, Verdict.RATHER_FS),
        (50, 10, Verdict.RATHER_FS),
        (55, 10, Verdict.MOSTLY_FS),
        (100, 0, Verdict.MOSTLY_FS),
        (50, 75, Verdict.RATHER_CN),
        (10, 55, Verdict.MOSTLY_CN),
    ],
)
def test_a_verdict_follows_from_the_two_means(fs: int, cn: int, verdict: Verdict) -> None:
    assert orienter((fs, cn)).verdict is verdict


def test_the_mean_is_that_of_the_groups_that_placed_it() -> None:
    row = orienter((100, 0), (50, 50))
    assert (row.mean, row.placed, row.of) == (Placement(75, 25), 2, 3)
    assert row.verdict is Verdict.MOSTLY_FS


@pytest.mark.parametrize(
    ("first", "second", "mean"), [((20, 25), (25, 30), Placement(23, 28)), ((0, 5), (5, 10), Placement(3, 8))]
)
def test_halves_are_rounded_up_always(
    first: tuple[int, int], second: tuple[int, int], mean: Placement
) -> None:
    assert orienter(first, second).mean == mean


def test_a_group_that_set_the_action_aside_is_not_waited_for() -> None:
    row = orienter((50, 50), None)
    assert (row.placed, row.of) == (1, 2)


def test_what_no_group_placed_is_to_place_or_without_object() -> None:
    assert orienter().verdict is Verdict.TO_PLACE
    assert orienter(None, None).verdict is Verdict.TO_PLACE
    row = orienter(None, None, None)
    assert (row.verdict, row.of, row.mean) == (Verdict.SET_ASIDE, 0, None)


def test_the_overlay_has_the_common_actions_in_order_with_every_groups_line() -> None:
    free = e.ActionAdded(group=1, action="libre-1", label="x", mission="")
    rows = overlay(state_of(workshop(Phase.ARTICULATIONS), free))
    assert [row.action for row in rows] == ["aller-vers", "orienter", "relayer"]
    assert all(len(row.lines) == 3 for row in rows)


@pytest.mark.parametrize(
    ("reach", "word"),
    [
        (0, "a"),
        (10, "a"),
        (15, "b"),
        (25, "b"),
        (35, "b"),
        (40, "c"),
        (60, "c"),
        (65, "d"),
        (90, "e"),
        (100, "e"),
    ],
)
def test_a_reach_is_named_by_its_nearest_quarter(reach: int, word: str) -> None:
    doctrine = object.__new__(Doctrine)
    object.__setattr__(doctrine, "scale", ("a", "b", "c", "d", "e"))
    assert doctrine.reach_name(reach) == word
