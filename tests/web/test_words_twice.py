"""Words that the server writes and a script keeps true: both say the same (tests/js/words.test.mjs)."""

import json
from pathlib import Path

import pytest

from atelier import wording
from atelier.doctrines.loading import load
from atelier.web.render.templating import environment, render_macro
from atelier.web.screens.desk.flags import Shown

WORDS = json.loads(
    (Path(__file__).resolve().parents[1] / "vectors" / "words.json").read_text(encoding="utf-8")
)
DOCTRINE = load("articulation")


@pytest.mark.parametrize(("remaining_ms", "text"), WORDS["clock"])
def test_the_clock(remaining_ms: int, text: str) -> None:
    assert wording.clock_text(remaining_ms) == text


@pytest.mark.parametrize(("remaining_ms", "words"), WORDS["left"])
def test_what_is_left(remaining_ms: int, words: str) -> None:
    assert wording.left_words(remaining_ms) == words


@pytest.mark.parametrize(("age_ms", "words"), WORDS["age"])
def test_how_long_ago(age_ms: int, words: str) -> None:
    assert render_macro("phone/sheet.html", "age", ms=age_ms).strip() == words


@pytest.mark.parametrize(("reach", "word"), WORDS["reach"])
def test_the_word_for_a_reach(reach: int, word: str) -> None:
    assert tuple(WORDS["scale"]) == DOCTRINE.scale == wording.REACHES
    assert word == DOCTRINE.reach_name(reach) == wording.reach_name(reach)


@pytest.mark.parametrize(("text", "label"), WORDS["label"])
def test_a_long_text_named_by_its_first_words(text: str, label: str) -> None:
    cut = environment().from_string('{{ text | truncate(40, leeway=0, end="…") }}')
    assert f"Soutenir «\u00a0{cut.render(text=text)}\u00a0»" == label


@pytest.mark.parametrize(("condition", "held"), WORDS["condition"])
def test_conditions(condition: str, held: bool) -> None:
    assert Shown(WORDS["flags"]).holds(condition) is held
