"""The French fonts hold what our pages are written with; whatever else the whole fonts hold is asked of these."""

import re

import pytest
from fontTools.ttLib import TTFont

from tests.support.tree import PROGRAM, ours, text
from tools import print_fonts
from tools.french_fonts import FONTS, FRENCH, NAME, WEIGHTS

OURS = [*ours(".html", ".toml", ".js", under=PROGRAM), PROGRAM / "wording.py"]


def spelled(ranges):
    found = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def held(kind, weight):
    with TTFont(FONTS / NAME.format(kind, weight)) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_french_font_is_the_whole_one_without_what_french_does_not_need(weight):
    assert held("french", weight) == held("latin", weight) & spelled(FRENCH)


def test_our_pages_are_written_with_the_french_font():
    written = {ord(sign) for path in OURS for sign in text(path)}
    assert len(written) > 100
    assert {chr(sign) for sign in written & held("latin", 400) - spelled(FRENCH)} == set()


def test_every_character_of_the_whole_font_is_in_one_of_the_ranges():
    css = text(PROGRAM / "static" / "css" / "base" / "fonts.css")
    faces = re.findall(r"5\.3\.0-(french|latin)-(\d+)\.woff2.*?unicode-range:\s+([^;]+);", css, re.S)
    assert [(kind, weight) for kind, weight, _ in faces] == [
        (kind, str(weight)) for kind in ("latin", "french") for weight in WEIGHTS
    ]
    for kind, weight, ranges in faces:
        if kind == "french":
            assert spelled(ranges) == spelled(FRENCH)
        else:
            # Told twice, a character would have both files fetched.
            assert not spelled(ranges) & spelled(FRENCH)
            assert held("latin", int(weight)) <= spelled(ranges) | spelled(FRENCH)


def test_the_coverage_is_what_the_fonts_of_the_documents_draw():
    assert text(print_fonts.COVERAGE) == print_fonts.spelled(print_fonts.drawn())


def test_every_font_of_the_documents_is_named_in_their_styles():
    css = text(PROGRAM / "static" / "css" / "print" / "fonts.css")
    assert [name for name in (*print_fonts.OURS, *print_fonts.made()) if name not in css] == []
