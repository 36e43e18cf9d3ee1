"""Words that the server writes and a script keeps true: both say the same (tests/js/words.test.mjs)."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from atelier import wording
from atelier.doctrines.loading import load
from atelier.domain.doctrine import SheetAction
from atelier.domain.selectors import Progress
from atelier.domain.state import Line
from atelier.domain.values import Placement
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
    assert tuple(WORDS["scale"]) == DOCTRINE.scale
    assert word == DOCTRINE.reach_name(reach)


@pytest.mark.parametrize(("line", "words"), WORDS["line"])
def test_a_card_in_words(line: dict[str, Any], words: str) -> None:
    placed = Placement(line["fs"], line["cn"], tuple(line["unsure"].split()))
    action = SheetAction(id="a", short="A", label="A")
    card = Line(action=action, placement=placed if line["state"] == "placed" else None)
    drawn = render_macro("phone/sheet.html", "words", view=SimpleNamespace(doctrine=DOCTRINE), line=card)
    assert drawn.strip() == words


@pytest.mark.parametrize(("counts", "words"), WORDS["progress"])
def test_how_far_a_group_has_come(counts: list[int], words: str) -> None:
    complete, half, aside, of = counts
    progress = Progress(complete=complete, half=half, aside=aside, of=of, initiatives=0, free_lines=0)
    assert wording.progress_text(progress) == words


@pytest.mark.parametrize(("text", "label"), WORDS["label"])
def test_a_long_text_named_by_its_first_words(text: str, label: str) -> None:
    cut = environment().from_string('{{ text | truncate(40, leeway=0, end="…") }}')
    assert f"Soutenir «\u00a0{cut.render(text=text)}\u00a0»" == label


@pytest.mark.parametrize(("condition", "held"), WORDS["condition"])
def test_conditions(condition: str, held: bool) -> None:
    assert Shown(WORDS["flags"]).holds(condition) is held
