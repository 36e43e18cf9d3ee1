"""A page « Qui fait quoi ? » of a territory as the library keeps it: doors, who does what, dates, places, logos."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from atelier.directory.place import Place
from atelier.directory.rows import NETWORKS

VERSION = 1
FS, CN, BOTH, NEITHER, UNDECIDED = "fs", "cn", "both", "neither", ""
"""Who does something; `UNDECIDED` says nothing anywhere until somebody decides."""
WHO = (UNDECIDED, FS, CN, BOTH, NEITHER)


class BadPage(ValueError):  # noqa: N818 - what was kept is
    """What was kept is no page that this version reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What a person wants. `whom`: whom to see for it, in the owner’s words; "" for what the lines below say."""

    id: str
    title: str
    about: str = ""
    whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that is done for people, by whom (one of `WHO`), how often if that is worth saying; its door’s id."""

    id: str
    text: str
    who: str = UNDECIDED
    often: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A decision or a day in common; `on`: its ISO date, "" for none. Both are in the calendar, `shown` on the page."""

    id: str
    what: str
    on: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture kept beside the page by the name `blob`, and what it shows, in words."""

    blob: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole page. `poles`, `offers`: of both schemes, their names and what each offers.

    `colours`: of both schemes where their doctrine has its own. `origin`: the workshop that it comes from, in words.
    `feed`: which of its calendar’s links works, 0 for none; `feeds`: how many there ever were.
    """

    title: str
    territory: str
    organiser: str
    poles: tuple[str, str]
    offers: tuple[tuple[str, ...], tuple[str, ...]]
    doors: tuple[Door, ...]
    tasks: tuple[Task, ...]
    dates: tuple[Dated, ...] = ()
    places: tuple[Place, ...] = ()
    logos: tuple[Logo, ...] = ()
    phone: str = ""
    note: str = ""
    origin: str = ""
    doctrine: str = ""
    colours: tuple[str, str] = ("", "")
    published: bool = False
    feed: int = 0
    feeds: int = 0

    def door_of(self, task: Task) -> str:
        """Return the door under which a task stands: its own, or the last."""
        return task.door if any(door.id == task.door for door in self.doors) else self.doors[-1].id

    def tasks_under(self, door: str) -> list[Task]:
        """Return what is decided of a door, in order."""
        return [task for task in self.tasks if task.who and self.door_of(task) == door]

    def places_under(self, door: str) -> list[Place]:
        """Return the places of a door, in order."""
        return [place for place in self.places if door in place.doors]

    @property
    def undecided(self) -> list[Task]:
        """What nobody has decided yet."""
        return [task for task in self.tasks if not task.who]

    def as_json(self) -> dict[str, Any]:
        """Return the page as the library keeps it."""
        return {"version": VERSION} | dataclasses.asdict(self)


def page_from(body: Mapping[str, Any]) -> Page:
    """Return the page that the library kept. Raises BadPage."""
    if body.get("version") != VERSION:
        raise BadPage(f"version {body.get('version')!r}")
    try:
        parts = {name: tuple(_made(kind, body.get(name, ()))) for name, kind in _PARTS.items()}
        plain = {field.name: body[field.name] for field in dataclasses.fields(Page) if field.name in body}
        pairs: dict[str, Any] = {name: tuple(body.get(name, ("", ""))) for name in ("poles", "colours")}
        pairs["offers"] = tuple(tuple(each) for each in body["offers"])
        return Page(**(plain | parts | pairs))
    except (KeyError, TypeError) as error:
        raise BadPage(str(error)) from error


_PARTS: dict[str, Any] = {"doors": Door, "tasks": Task, "dates": Dated, "places": Place, "logos": Logo}


def _made(kind: Any, kept: Any) -> Iterator[Any]:
    for each in kept:
        yield kind(
            **{name: tuple(value) if isinstance(value, list) else value for name, value in each.items()}
        )


def who_text(page: Page, who: str) -> str:
    """Return who does something, by the names of both schemes."""
    fs, cn = page.poles
    told = {FS: fs, CN: cn, BOTH: f"{fs} et {cn}", NEITHER: "Ni l’un ni l’autre, d’ordinaire", UNDECIDED: ""}
    return told[who]


def door_words(page: Page, door: Door) -> str:
    """Return whom to see behind a door: the owner’s words, else those who do most of what is under it, "" if nobody."""
    if door.whom:
        return door.whom
    who = [task.who for task in page.tasks_under(door.id)]
    fs, cn = (sum(each in (BOTH, one) for each in who) for one in (FS, CN))
    if not (fs or cn):
        return ""
    return who_text(page, BOTH if fs == cn else FS if fs > cn else CN)


def networks_of(page: Page) -> list[str]:
    """Return the networks that the page's places belong to, and those that files commonly name, each once."""
    return sorted({each for place in page.places for each in place.networks} | set(NETWORKS.values()))


def with_place(page: Page, place: Place) -> Page:
    """Return the page with a place in the stead of the one of its id."""
    return replace(page, places=tuple(place if each.id == place.id else each for each in page.places))
