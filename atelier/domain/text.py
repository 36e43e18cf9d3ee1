"""Texts that people typed: one way to normalise, one way to refuse."""

import re
import unicodedata

from atelier.domain.refusals import Code, Refused

BLANK = "—"
"""What stands where words were erased."""

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Line breaks, tabs and the like become one space; French no-break spaces are part of the text."""
_NARROW = re.compile(" (?=[;!?])")
_WIDE = re.compile(" (?=[:»])|(?<=«) ")
_LOOK_EMPTY = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {chr(n) for n in range(0xFE00, 0xFE10)}
_PASTED: dict[int, str | None] = {
    # Direction controls; marks of objects that were not pasted along; spaces and joins without a width. The joiners
    # U+200C and U+200D stay: emojis and whole scripts are made with them.
    **dict.fromkeys(
        map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffc\u200b\u2060\ufeff"), None
    ),
    # Bullets, the arrow and the smile of Word, which only its own fonts (Symbol, Wingdings) draw.
    **dict.fromkeys(map(ord, "\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf06e\uf071"), "•"),
    0xF0E0: "→",
    0xF04A: "☺",
}
_TABBED_BULLET = re.compile(r"(^|[\r\n])[ \t]*[o§·]\t")
"""How Word pastes its other bullets as plain text."""
_LEADING_BULLETS = re.compile("^(?:[•‣⁃∙◦▪▫●○■□➢➤·][ \u00a0\u202f]*|[-–—*][ \u00a0\u202f]+)+")


def clean(raw: str, limit: int) -> str:
    """Return `raw` in NFC on one line, its spaces typographic, without its first bullets, at most `limit` characters.

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
    line = _SPACES.sub(" ", _TABBED_BULLET.sub(r"\1• ", raw.translate(_PASTED))).strip()
    text = _unbroken(_LEADING_BULLETS.sub("", unicodedata.normalize("NFC", line)).strip())
    if all(_looks_empty(c) for c in text):
        return ""
    if len(text) > limit:
        raise Refused(Code.TEXT_TOO_LONG, str(limit))
    return text


def _unbroken(line: str) -> str:
    # As many characters as were typed: a keyboard only has the space that lets a line begin with « ? ».
    return _WIDE.sub("\u00a0", _NARROW.sub("\u202f", line))


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
