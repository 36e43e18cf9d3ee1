"""Texts that people typed: one way to normalise, one way to refuse."""

import re
import unicodedata

from atelier.domain.refusals import Code, Refused

BLANK = "—"
"""What stands where words were erased."""

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Line breaks, tabs and the like become one space; French no-break spaces are part of the text."""
_LOOK_EMPTY = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {chr(n) for n in range(0xFE00, 0xFE10)}
_DIRECTION_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def clean(raw: str, limit: int) -> str:
    """Return `raw` in NFC on one line, at most `limit` characters, never empty.

    Raises Refused when it is empty, too long, or holds what no store and no screen can carry
    (NUL and control characters, lone surrogates).
    """
    text = clean_optional(raw, limit)
    if not text:
        raise Refused(Code.TEXT_EMPTY)
    return text


def clean_optional(raw: str, limit: int) -> str:
    """Like `clean`, but an empty text is an answer."""
    if len(raw) > 40 * limit:
        raise Refused(Code.TEXT_TOO_LONG, str(limit))
    if any(_unreadable(c) for c in raw):
        raise Refused(Code.TEXT_UNREADABLE)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", raw.translate(_DIRECTION_CONTROLS)).strip())
    if all(_looks_empty(c) for c in text):
        return ""
    if len(text) > limit:
        raise Refused(Code.TEXT_TOO_LONG, str(limit))
    return text


def _looks_empty(character: str) -> bool:
    # Spaces, joiners and other format characters, fillers, variation selectors: a card without a word on it.
    return unicodedata.category(character) in ("Zs", "Cf") or character in _LOOK_EMPTY


def _unreadable(character: str) -> bool:
    # Cs: lone surrogates pass json.loads and then fail in SQLite. Cc: NUL and the like, but not line breaks and tabs.
    # Noncharacters (U+FFFE and the like) are refused by XML, so by spreadsheets and documents.
    category = unicodedata.category(character)
    point = ord(character)
    noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return noncharacter or category == "Cs" or (category == "Cc" and not character.isspace())
