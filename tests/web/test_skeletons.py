"""Pages compressed once with holes: what a browser unpacks is the page with every reader's own in its place."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from atelier.access.operation_ids import is_op
from atelier.web.render.prerendered import DoesNotFit, Hole, Skeleton

OP = re.compile(r'(?<=name="op" value=")[^"]*(?=")')
FIXED, FREE = Hole("fixed", "0fixed-stand-in0", fixed=True), Hole("free", "0free-stand-in0", fixed=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"'), max_size=60)
FORM = '<input name="op" value="abcdefghijklmnopqrstuv">'
PARTS = st.lists(
    st.one_of(TEXTS, st.sampled_from([FIXED.stand_in, FREE.stand_in, FORM, "<li>" * 40])), max_size=12
)


@given(parts=PARTS, fixed=st.text("abcXYZ019-_", min_size=16, max_size=16), free=TEXTS)
def test_a_filled_page_is_the_page_with_the_values_in_its_holes(parts, fixed, free):
    html = "".join(parts)
    filled = gzip.decompress(Skeleton(html, (FIXED, FREE)).filled({"fixed": fixed, "free": free})).decode()
    expected = html.replace(FIXED.stand_in, fixed).replace(FREE.stand_in, str(escape(free)))
    assert OP.sub("", filled) == OP.sub("", expected)
    ops = OP.findall(filled)
    assert all(is_op(op) for op in ops)
    assert len(set(ops)) == len(ops) == html.count(FORM)


def test_text_that_looks_like_what_stands_in_a_hole_is_not_taken_from_there():
    html = f"{FIXED.stand_in} and {FIXED.stand_in[:8]} and {FORM[16:-4]} and {FORM} and {FIXED.stand_in[3:]}"
    filled = gzip.decompress(Skeleton(html, (FIXED,)).filled({"fixed": "0123456789abcdef"})).decode()
    assert OP.sub("", filled) == OP.sub("", html.replace(FIXED.stand_in, "0123456789abcdef"))


def test_two_readers_never_get_the_same_operation_ids():
    skeleton = Skeleton(FORM * 3, ())
    ops = [op for _ in range(50) for op in OP.findall(gzip.decompress(skeleton.filled({})).decode())]
    assert len(set(ops)) == 150


def test_what_is_too_long_for_its_hole_is_refused():
    with pytest.raises(DoesNotFit):
        Skeleton(FIXED.stand_in, (FIXED,)).filled({"fixed": "x" * 17})


def test_a_long_value_takes_several_blocks():
    text = "é" * 70_000
    filled = Skeleton(f"<p>{FREE.stand_in}</p>", (FREE,)).filled({"free": text})
    assert gzip.decompress(filled).decode() == f"<p>{text}</p>"


def test_a_page_with_holes_is_about_as_small_as_one_without():
    html = "".join(f'<li class="card" data-line="{n}">{FORM}</li>' for n in range(50))
    assert len(Skeleton(html, ()).filled({})) < len(gzip.compress(html.encode(), 9)) + 50 * 40
