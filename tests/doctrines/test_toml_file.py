"""A doctrine as a file: what is written is read again, and what is wrong is found with its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.doctrines.checking import FaultyDoctrine, doctrine_of_plain, plain_of
from atelier.doctrines.loading import load
from atelier.doctrines.toml_file import line_of, read, written
from atelier.domain import limits
from atelier.domain.colours import PAPER, TEXT, contrast
from tests.support.doctrines import INVENTED

FILE = written(INVENTED)


@pytest.mark.parametrize("doctrine", [INVENTED, load("articulation")])
def test_what_is_written_is_read_again(doctrine):
    assert read(written(doctrine)) == doctrine
    assert doctrine_of_plain(plain_of(doctrine)) == doctrine


WRONG = {
    "text-too-long": ('short = "Ludo"', f'short = "{"L" * (limits.POLE_SHORT_CHARACTERS + 1)}"'),
    "unknown-key": ('short = "Ludo"', 'short = "Ludo"\ncouleur = "#123456"'),
    "empty": ('short = "Ranger"', 'short = "  "'),
    "not-text": ('short = "Ranger"', "short = 12"),
    "not-a-number": ("minutes = 21", "minutes = 2100"),
    "not-a-slug": ('id = "orienter"', 'id = "Les Rayons"'),
    "not-a-colour": ('"#1d6b3a"', '"vert"'),
    "too-pale": ('"#1d6b3a"', '"#7fd3a0"'),
    "alike": ('"#1d6b3a"', '"#7a2f5c"'),
    "twin": ('"une fois"', '"Souvent"'),
    "not-a-choice": ('phase = "remits"', 'phase = "pause"'),
    "not-toml": ('short = "Ranger"', 'short = "Ranger'),
}
PLACES = {
    "not-a-colour": "colour",
    "alike": "colour",
    "too-pale": "colour",
    "unknown-key": "couleur",
    "twin": "souvent",
}


@pytest.mark.parametrize("reason", WRONG)
def test_the_line_that_is_wrong_is_found(reason):
    text = FILE.replace(*WRONG[reason], 1)
    with pytest.raises(FaultyDoctrine) as caught:
        read(text)
    [fault] = caught.value.faults
    assert fault.reason == reason
    expected = PLACES.get(reason, WRONG[reason][1])
    assert expected in text.splitlines()[line_of(text, fault.path) - 1], fault


def test_every_fault_is_told_at_once_and_what_is_missing_at_its_table():
    text = re.sub(r"^(plural|trade|say) .*?(?=^\w|^\n)", "", FILE, count=2, flags=re.M | re.S)
    with pytest.raises(FaultyDoctrine) as caught:
        read(text.replace("minutes = 21", "minutes = true"))
    told = [(fault.reason, text.splitlines()[line_of(text, fault.path) - 1]) for fault in caught.value.faults]
    assert ("missing", "[fs]") in told
    assert ("not-a-number", "minutes = 21") in told


def test_a_colour_that_is_too_pale_comes_with_one_that_is_not():
    with pytest.raises(FaultyDoctrine) as caught:
        read(FILE.replace("#1d6b3a", "#7fd3a0"))
    assert contrast(caught.value.faults[0].detail, PAPER) >= TEXT


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(plain_of(INVENTED))), inner),
    max_leaves=8,
))  # fmt: skip
def test_no_plain_value_is_worse_than_faulty(plain):
    with pytest.raises(FaultyDoctrine):
        doctrine_of_plain(plain)


@given(
    st.integers(0, len(FILE)),
    st.sampled_from(['"', "[", "]", "=", "\n", "'''", "#", "{", "é", "[[actions]]\n"]),
)
def test_a_file_with_a_sign_too_many_has_its_lines_too(at, sign):
    text = FILE[:at] + sign + FILE[at:]
    lines = [line_of(text, fault.path) for fault in faults(text)]
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


def faults(text):
    try:
        read(text)
    except FaultyDoctrine as faulty:
        return faulty.faults
    return ()
