"""Reading the doctrines: one TOML file each, turned into the domain's model and checked on the way."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

from atelier.doctrines.toml_file import read
from atelier.domain.doctrine import Doctrine
from atelier.domain.limits import PURGE_DAYS_DEFAULT
from atelier.domain.setup import Setup

FOLDER = Path(__file__).parent
GROUPS_BY_DEFAULT = 3
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class DoctrineError(Exception):
    """The doctrine does not exist, or its file does not say what a doctrine needs."""


@cache
def load(slug: str) -> Doctrine:
    """Return the doctrine `slug`. Raises DoctrineError with the file's name and what is wrong in it."""
    path = FOLDER / f"{slug}.toml"
    if not _SLUG.fullmatch(slug) or not path.is_file():
        raise DoctrineError(f"no doctrine named {slug!r} in {FOLDER}")
    try:
        return read(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DoctrineError(f"{path.name}: {type(error).__name__}: {error}") from error


def doctrine_of(setup: Setup) -> Doctrine:
    """Return the doctrine that a workshop was prepared with; today's where its journal holds no copy."""
    return setup.words or load(setup.doctrine)


def slugs() -> tuple[str, ...]:
    """Return the slugs of the doctrines at hand, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def default_setup(doctrine: Doctrine, today: dt.date) -> Setup:
    """Return what one click prepares: three groups, the sheet as printed, erased ninety days later."""
    return Setup(
        doctrine=doctrine.slug,
        title=doctrine.title,
        place="",
        territory="",
        date=today.isoformat(),
        organiser="",
        purge_on=(today + dt.timedelta(days=PURGE_DAYS_DEFAULT)).isoformat(),
        groups=tuple(default_group_name(number) for number in range(1, GROUPS_BY_DEFAULT + 1)),
        minutes={script.phase: script.minutes for script in doctrine.agenda},
        actions=doctrine.actions,
        free_lines=doctrine.free_lines,
        missions=doctrine.missions,
        words=doctrine,
    )


def default_group_name(number: int) -> str:
    """What a group is called until somebody names it."""
    return f"Groupe {number}"
