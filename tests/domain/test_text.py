"""Texts that people typed: kept as they mean them, or refused; never an error further on."""

import json
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atelier.domain.refusals import Code, Refused
from atelier.domain.text import clean, clean_optional

LOOK_EMPTY = (
    "",
    "  ",
    "•",
    "\uf0b7\t",
    "\ufffc",
    "\n",
    "\u200b",
    "\u200d \ufeff",
    "\u202e",
    "\u3164",
    "\u00ad",
    "\u2800",
    "\ufe0f",
)
UNREADABLE = ("a\x00", "\x1b[2J", "\ud800", "a\udfffb", "\x7f", "\uffff", "a\ufffe", "\ufdd0", "\U0001ffff")
LISTS = Path(__file__).resolve().parents[1] / "vectors" / "lists.json"
anything = st.text(st.characters(), max_size=400)


def refusal(raw: str, limit: int = 280) -> tuple[Code, str]:
    """Why `raw` is refused."""
    with pytest.raises(Refused) as caught:
        clean(raw, limit)
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Une affiche", "Une affiche"),
        ("  Une \n\t affiche\r\n", "Une affiche"),
        ("à faire", "à faire"),
        ("e\u0301te\u0301", "été"),
        ("👩🏽‍🦽 bravo 🇫🇷", "👩🏽‍🦽 bravo 🇫🇷"),
        ("مرحبا بكم", "مرحبا بكم"),
        ("a\u202eb\u2066c", "abc"),
        ("un\u2028deux", "un deux"),
        ("=1+1", "=1+1"),
        ("\uf0b7\tPuce de Word\ufffc", "Puce de Word"),
        ("•\u200b Une •\tdeux", "Une • deux"),
        ("o\tUne\no\tdeux", "Une • deux"),
        ("- – * Une", "Une"),
        ("\u0387 Une", "Une"),
        ("-5\u00a0% de refus", "-5\u00a0% de refus"),
        ("les usager·es", "les usager·es"),
        ("2. Une", "2. Une"),
        ("FS \uf0e0 Conum", "FS → Conum"),
        ("—", "—"),
        ("<script>", "<script>"),
        ("Qui ? Eux ; nous !", "Qui\u202f? Eux\u202f; nous\u202f!"),
        ("À deux : « en \t  5 questions » ?", "À deux\u00a0: «\u00a0en 5 questions\u00a0»\u202f?"),
    ],
)
def test_a_text_is_kept_on_one_line_in_composed_form(raw: str, kept: str) -> None:
    assert clean(raw, 280) == kept


@pytest.mark.parametrize("raw", LOOK_EMPTY)
def test_a_text_that_looks_empty_is_empty(raw: str) -> None:
    assert refusal(raw) == (Code.TEXT_EMPTY, "")
    assert clean_optional(raw, 280) == ""


@pytest.mark.parametrize("raw", UNREADABLE)
def test_what_no_store_or_document_can_carry_is_refused(raw: str) -> None:
    assert refusal(raw) == (Code.TEXT_UNREADABLE, "")


def test_the_limit_counts_characters_once_cleaned() -> None:
    assert clean(" " * 500 + "e\u0301" * 280 + " ", 280) == "é" * 280
    assert refusal("x" * 281) == (Code.TEXT_TOO_LONG, "280")
    assert refusal("x" * 100_000, 140) == (Code.TEXT_TOO_LONG, "140")


@given(anything)
@example("\u0958" * 280)
def test_any_text_is_cleaned_or_refused(raw: str) -> None:
    try:
        text = clean(raw, 280)
    except Refused:
        return
    assert 0 < len(text) <= 280
    assert text == " ".join(text.split())
    assert unicodedata.is_normalized("NFC", text)


@given(anything)
def test_cleaning_a_clean_text_changes_nothing(raw: str) -> None:
    try:
        text = clean_optional(raw, 280)
    except Refused:
        return
    assert clean_optional(text, 280) == text


@given(anything)
def test_a_clean_text_goes_through_every_store(raw: str) -> None:
    try:
        text = clean_optional(raw, 280)
    except Refused:
        return
    assert json.loads(json.dumps(text, ensure_ascii=False).encode()) == text
    with closing(sqlite3.connect(":memory:")) as store:
        assert store.execute("select ?", [text]).fetchone() == (text,)
    element = ET.Element("t")
    element.text = text
    assert (ET.fromstring(ET.tostring(element)).text or "") == text  # noqa: S314 - our own text


@pytest.mark.parametrize("case", json.loads(LISTS.read_text(encoding="utf-8")))
def test_a_line_of_a_pasted_list_is_what_the_phone_showed(case: dict[str, str | list[str]]) -> None:
    """What phones offer to send one by one (tests/js/text-lists.test.mjs) is stored as it was shown."""
    assert [clean(item, 280) for item in case["items"]] == case["items"]
