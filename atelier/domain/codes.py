"""The code of a workshop: six letters or digits that nobody takes for one another."""

import re

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def is_code(text: str) -> bool:
    """Tell whether `text` could be a workshop's code, so that it is safe as a file name too."""
    return _CODE.fullmatch(text) is not None


def normal_code(text: str) -> str:
    """Return a code as people type it (spaces, dashes, lower case) in the form it has."""
    return "".join(text.split()).replace("-", "").upper()
