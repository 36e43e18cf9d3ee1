"""What people read: a sentence for every refusal, every event and every small vocabulary, in good typography."""

import re
from pathlib import Path

from atelier import wording
from atelier.doctrines.loading import load
from atelier.domain.refusals import Code
from atelier.domain.registry import STORIES
from atelier.domain.synthesis import Verdict
from atelier.domain.values import Phase, Side, Trade
from tests.support.tree import PROGRAM, on_each, ours, text

SPACES = re.compile(r"(?<![\s\u00a0\u202f])[;:!?»]|«(?![\u00a0\u202f])|[ ][;:!?»]")
DOCTRINE = load("articulation")
TIMES = re.compile(r"\d:\d|https?:")


@on_each(Code)
def test_every_reason_to_refuse_is_a_french_sentence(code: Code) -> None:
    sentence = wording.refusal_sentence(code, "7")
    assert len(sentence) > 20
    assert sentence[0].isupper()
    assert sentence.rstrip("\u00a0»").endswith((".", "!", "?"))
    assert "{" not in sentence
    assert "'" not in sentence
    assert not SPACES.search(TIMES.sub("", sentence)), sentence


@on_each(["groups", "actions", "free-lines", "lines", "agenda", "date", "purge", "expected"])
def test_a_setup_refused_says_which_part(detail: str) -> None:
    assert wording.refusal_sentence(Code.NOT_A_SETUP, detail) != wording.refusal_sentence(Code.NOT_A_SETUP)


def test_every_small_vocabulary_has_its_words() -> None:
    assert all(
        wording.trade_name(trade, DOCTRINE) and wording.trade_short(trade, DOCTRINE) for trade in Trade
    )
    assert all(wording.phase_name(phase) for phase in Phase)
    assert all(wording.side_name(side, DOCTRINE) for side in Side)
    assert all(wording.verdict_name(verdict, DOCTRINE) for verdict in Verdict)


@on_each(STORIES.values())
def test_what_the_journal_tells_is_in_good_typography(sentence: str) -> None:
    """That every event has its sentence, and that it names fields of the event, is held on import (registry.py)."""
    assert not SPACES.search(sentence), sentence
    assert "'" not in sentence


TAGS = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>", re.S)
BREAKING = re.compile(r".{0,30} [:;!?»]|« .{0,30}")


@on_each(ours(".html", under=PROGRAM / "templates"))
def test_no_line_breaks_before_a_french_sign(path: Path) -> None:
    assert BREAKING.findall(TAGS.sub("¤", text(path))) == []
