"""The French that several surfaces share."""

import re
from zoneinfo import ZoneInfo

import pytest

from atelier import wording
from atelier.doctrines.loading import load
from atelier.domain.refusals import Code
from atelier.domain.values import Phase, Side, Trade

DOCTRINE = load("articulation")


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_has_a_whole_sentence_in_good_typography(code: Code):
    sentence = wording.refusal_sentence(code, "280")
    assert sentence.endswith((".", "\u202f?"))  # « leaves-early » asks
    assert "{" not in sentence
    assert not re.search(r"['\"]| [;!?:»]|« |[^\s\u00a0\u202f][;!?»:]", sentence)


def test_a_refusal_says_the_number():
    assert "280\u00a0caractères" in wording.refusal_sentence(Code.TEXT_TOO_LONG, "280").replace(" ", "\u00a0")
    assert "1\u202f500" in wording.refusal_sentence(Code.WORKSHOP_FULL, "1500")


@pytest.mark.parametrize("detail", ["groups", "actions", "free-lines", "lines", "agenda", "date", "purge"])
def test_a_setup_that_does_not_work_says_what_to_change(detail: str):
    assert wording.refusal_sentence(Code.NOT_A_SETUP, detail) != wording.refusal_sentence(Code.NOT_A_SETUP)


def test_every_vocabulary_has_its_words():
    assert set(wording.PHASES) == set(Phase)


def test_names_take_stored_values_too():
    assert wording.trade_name("cn", DOCTRINE) == "Conseiller numérique"
    assert wording.trade_short(Trade.CONSEILLER_NUMERIQUE, DOCTRINE) == "Conum"
    assert wording.phase_name("remits") == "Missions"
    assert wording.side_name(Side.BOTH, DOCTRINE) == "Les deux"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 initiative"), (1, "1 initiative"), (2, "2 initiatives"), (1500, "1\u202f500 initiatives")],
)
def test_plural(count: int, text: str):
    assert wording.plural(count, "initiative").replace("\u00a0", " ") == text


def test_plural_of_several_words_and_of_odd_ones():
    assert wording.plural(3, "mission commune").endswith("missions communes")
    assert wording.plural(3, "fois").endswith("fois")
    assert wording.plural(3, "métier principal", "métiers principaux").endswith("métiers principaux")


@pytest.mark.parametrize(
    ("ms", "text"), [(767_000, "12:47"), (766_001, "12:47"), (1, "0:01"), (0, "0:00"), (-35_000, "+0:35")]
)
def test_clock_text(ms: int, text: str):
    assert wording.clock_text(ms) == text


@pytest.mark.parametrize(
    ("iso", "text"), [("2026-06-25", "25 juin 2026"), ("2026-08-01", "1er août 2026"), ("bientôt", "bientôt")]
)
def test_date_text(iso: str, text: str):
    assert wording.date_text(iso) == text.replace(" ", "\u00a0")


def test_time_and_code():
    assert wording.time_text(1_782_400_000_000, ZoneInfo("Europe/Paris")) == "17\u00a0h\u00a006"
    assert wording.time_text(1_782_400_000_000, ZoneInfo("Pacific/Noumea")) == "2\u00a0h\u00a006"
    assert wording.code_text("KTZ4MP") == "KTZ 4MP"
