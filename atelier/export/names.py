"""Names of documents: `2026-06-25_Val-de-Briey_articulation_groupe-1.pdf`, behind the code in our own folder."""

import re
import unicodedata

from atelier.doctrines.loading import default_group_name
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop

LONGEST = 40


def readable(setup: Setup, ending: str, *, before: bool = False) -> str:
    """Return the name by which a document is handed over: day, place, sheet (none `before` the workshop), `ending`."""
    sheet = "" if before else plain(setup.doctrine)
    return "_".join(filter(None, (setup.date, plain(setup.place or setup.territory), sheet, ending)))


def stored(code: str, name: str) -> str:
    """Return its name in the folder of documents; erasing a workshop looks for names that begin like this."""
    return f"atelier-{code}-{name}"


def group_ending(state: Workshop, number: int) -> str:
    """Return what the name of a group's document says of it: `groupe-1`, `groupe-1-Deodatie` where it has a name."""
    name = state.group(number).name
    return f"groupe-{number}" + ("" if name == default_group_name(number) else f"-{plain(name)}".rstrip("-"))


def plain(text: str) -> str:
    """Return `text` in letters, figures and hyphens that every system takes in a file's name; "" when none is left."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"[^A-Za-z0-9]+", "-", bare)[:LONGEST].strip("-")
