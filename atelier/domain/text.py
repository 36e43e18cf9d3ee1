"""Texts that people typed: one way to normalise, one way to refuse."""

import unicodedata

from atelier.domain.refusals import Code, Refused

_BLANK = "\u200b\u200c\u200d\u2060\ufeff"
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
    text = unicodedata.normalize("NFC", " ".join(raw.translate(_DIRECTION_CONTROLS).split()))
    if not text.strip(_BLANK + " "):
        return ""
    if len(text) > limit:
        raise Refused(Code.TEXT_TOO_LONG, str(limit))
    return text


def _unreadable(character: str) -> bool:
    # Cs: lone surrogates pass json.loads and then fail in SQLite. Cc: NUL and the like, but not line breaks and tabs.
    category = unicodedata.category(character)
    return category == "Cs" or (category == "Cc" and not character.isspace())
