"""Names of documents: `2026-06-25_Val-de-Briey_articulation_groupe-1.pdf`, behind the code in our own folder."""

import re
import unicodedata

from atelier.domain.setup import Setup

LONGEST = 40


def readable(setup: Setup, ending: str) -> str:
    """Return the name by which a document is handed over: day, place, sheet, then `ending`."""
    parts = (setup.date, plain(setup.place or setup.territory), plain(setup.doctrine), ending)
    return "_".join(filter(None, parts))


def stored(code: str, setup: Setup, ending: str) -> str:
    """Return its name in the folder of documents; erasing a workshop looks for names that begin like this."""
    return f"atelier-{code}-{readable(setup, ending)}"


def plain(text: str) -> str:
    """Return `text` in letters, figures and hyphens that every system takes in a file's name; "" when none is left."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"[^A-Za-z0-9]+", "-", bare)[:LONGEST].strip("-")
