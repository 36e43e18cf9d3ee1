"""Reading the doctrines: one TOML file each, turned into the domain's model and checked on the way."""

import datetime as dt
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from atelier.domain.doctrine import DefaultMission, Doctrine, Landmark, Pole, Script, SheetAction
from atelier.domain.limits import PURGE_DAYS_DEFAULT
from atelier.domain.setup import Setup
from atelier.domain.values import Phase, Side

FOLDER = Path(__file__).parent
GROUPS_BY_DEFAULT = 3
_T = TypeVar("_T")
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
        return _doctrine(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
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


def _doctrine(raw: dict[str, Any]) -> Doctrine:
    lists: dict[str, Any] = {
        "instructions": tuple(raw["instructions"]),
        "stakes": tuple(raw["stakes"]),
        "scale": _scale(raw["scale"]),
        "fs": Pole(**raw["fs"]),
        "cn": Pole(**raw["cn"]),
        "actions": tuple(_with_tuples(SheetAction, each, "examples") for each in raw["actions"]),
        "missions": tuple(
            DefaultMission(side=Side(each["side"]), text=each["text"]) for each in raw["missions"]
        ),
        "agenda": _agenda(raw["agenda"]),
        "landmarks": tuple(_with_tuples(Landmark, each, "items") for each in raw["landmarks"]),
    }
    return Doctrine(**(raw | lists))


def _scale(words: list[str]) -> tuple[str, str, str, str, str]:
    never, rarely, sometimes, regularly, always = words
    return never, rarely, sometimes, regularly, always


def _agenda(scripts: list[dict[str, Any]]) -> tuple[Script, ...]:
    agenda = tuple(
        _with_tuples(Script, each | {"phase": Phase(each["phase"])}, "say", "groups_do") for each in scripts
    )
    if [script.phase for script in agenda] != list(Phase):
        raise ValueError("the agenda must have every phase once, in order")
    return agenda


def _with_tuples(kind: type[_T], raw: dict[str, Any], *names: str) -> _T:
    return kind(**{key: tuple(value) if key in names else value for key, value in raw.items()})
