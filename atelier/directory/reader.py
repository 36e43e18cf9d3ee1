"""What a reader of the page sees: doors with whom to see, places with their hours in words, what a search finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from atelier.directory.opening_hours import Unread, in_words
from atelier.directory.page import Dated, Door, Page, Task, door_words, who_text
from atelier.directory.place import Place, folded
from atelier.wording import date_text

AS_PUBLISHED = "Horaires tels qu’ils sont publiés"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTask:
    """A line of a door: what is done, by whom, how often where that is worth saying."""

    text: str
    who: str
    often: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDoor:
    """A door, whom to see behind it, what is done there, and how many places it leads to."""

    door: Door
    whom: str
    tasks: tuple[ShownTask, ...]
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlace:
    """A place with its hours, one text a line, and the words by which a search finds it."""

    place: Place
    hours: tuple[str, ...]
    topics: tuple[str, ...]
    words: str

    @property
    def dialled(self) -> str:
        """The phone number as a link dials it."""
        return "".join(sign for sign in self.place.phone if sign.isdigit())


def shown_doors(page: Page) -> list[ShownDoor]:
    """Return the doors in order."""
    return [
        ShownDoor(
            door=door, whom=door_words(page, door), places=len(page.places_under(door.id)),
            tasks=tuple(_shown_task(page, task) for task in page.tasks_under(door.id)),
        )
        for door in page.doors
    ]  # fmt: skip


def _shown_task(page: Page, task: Task) -> ShownTask:
    return ShownTask(text=task.text, who=who_text(page, task.who), often=task.often)


def shown_places(places: Iterable[Place]) -> list[ShownPlace]:
    """Return the places by commune and name."""
    return [
        shown_place(place)
        for place in sorted(places, key=lambda each: (folded(each.commune), folded(each.name)))
    ]


def shown_place(place: Place) -> ShownPlace:
    """Return one place as it is read."""
    topics = tuple(topic for topic in place.topics if "--" not in topic)
    hours, where = hours_lines(place.hours), (place.address, place.postcode, place.commune)
    told = (place.name, *where, *place.networks, *hours, place.summary, *topics, place.phone, place.mail)
    return ShownPlace(place=place, hours=hours, topics=topics, words=folded(" ".join(told)))


def hours_lines(written: str) -> tuple[str, ...]:
    """Return the hours in words, one text a line; as they are published where they are not understood whole."""
    if not written:
        return ()
    try:
        told = in_words(written)
    except Unread:
        return (f"{AS_PUBLISHED}\u00a0: {written}",)
    return tuple(f"{line[0].upper()}{line[1:]}" for line in told.split("\u202f; "))


def found(places: Iterable[ShownPlace], asked: str, door: str = "") -> list[ShownPlace]:
    """Return the places behind a door, "" for all, in which a word begins with each word that is asked for."""
    wanted = [f" {word}" for word in folded(asked).split()]
    return [
        each
        for each in places
        if (not door or door in each.place.doors) and all(word in f" {each.words}" for word in wanted)
    ]


def shown_dates(page: Page) -> list[tuple[str, str]]:
    """Return what is shown of decisions and days, each with its date in words; those without a date come last."""
    kept = sorted((each for each in page.dates if each.shown), key=lambda each: each.on or "9999")
    return [(date_text(each.on), each.what) for each in kept]


def dated(page: Page) -> Sequence[Dated]:
    """Return what a calendar holds."""
    return [each for each in page.dates if each.on]


def sources(page: Page) -> str:
    """Return where the places come from, and the latest day that one of them was brought up to date."""
    names = ", ".join(sorted({place.source for place in page.places if place.source}))
    days = [place.updated for place in page.places if place.updated]
    latest = f", à jour le {date_text(max(days))} pour le plus récent" if days else ""
    return f"{names}{latest}" if names else ""


def page_texts(page: Page) -> str:
    """Return all that a document of the page may draw, to look for what no font has."""
    doors = (text for door in page.doors for text in (door.title, door.about, door.whom))
    places = (
        text for place in page.places for text in (place.name, place.address, place.commune, place.hours)
    )
    offers = (offer for each in page.offers for offer in each)
    lines = (*(task.text for task in page.tasks), *(each.what for each in page.dates))
    plain = (page.title, page.territory, page.organiser, page.note, *page.poles)
    return " ".join((*plain, *offers, *doors, *places, *lines))
