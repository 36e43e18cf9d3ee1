"""Rules of classes that carry a number: every number that a page may name, and the colours of one table."""

import re

import pytest

from atelier import numbered_css
from atelier.domain import limits
from atelier.marks import MARKS


def test_every_group_has_a_mark_of_its_own():
    assert set(MARKS) == set(range(1, limits.GROUPS + 1))
    for part in ("name", "drawing", "colour"):
        assert len({getattr(mark, part) for mark in MARKS.values()}) == len(MARKS)
    assert numbered_css.colours().startswith(":root{--group-1:#0b5d57;")


@pytest.mark.parametrize("arm", ["fs", "cn"])
def test_every_reach_has_its_class_as_a_share_of_the_arm(arm):
    found = re.findall(rf"\.{arm}-(\d+){{--{arm}-reach:([\d.]+)}}", numbered_css.rules("base"))
    assert [(int(reach), float(share)) for reach, share in found] == [(r, r / 100) for r in range(0, 101, 5)]


def test_a_wall_has_as_many_columns_and_rows_as_a_workshop_may_have():
    wall = numbered_css.rules("wall")
    assert f".cols-{limits.GROUPS}{{--cols:{limits.GROUPS}}}" in wall
    assert f".rows-{limits.LINES_WITH_FREE}{{--rows:{limits.LINES_WITH_FREE}}}" in wall


def test_a_surface_without_numbers_has_no_rules():
    assert numbered_css.rules("home") == ""
