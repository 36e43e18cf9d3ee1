"""A place where people are helped, as a directory of a territory shows it, and the networks that it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from atelier.domain.territories import without_accents


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place. `hours`: OSM opening_hours as published, or words; `topics`: services or themes as the file names them.

    `networks`: labels by which people know them; `doors`: the doors of the page under which it stands, by their ids.
    """

    id: str
    name: str
    commune: str
    insee: str = ""
    postcode: str = ""
    address: str = ""
    phone: str = ""
    mail: str = ""
    site: str = ""
    hours: str = ""
    booking: str = ""
    networks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    summary: str = ""
    source: str = ""
    updated: str = ""

    def under(self, doors: tuple[str, ...]) -> "Place":
        """Return the place under these doors."""
        return replace(self, doors=doors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A row that was not taken, or of which something was left out (`taken`): where it stands in the file, and why."""

    where: str
    cause: str
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a file of places holds."""

    places: tuple[Place, ...]
    faults: tuple[Fault, ...]

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that its places belong to, each once, by their names."""
        return tuple(sorted({each for place in self.places for each in place.networks}))


def chosen(
    places: Iterable[Place], territory: str = "", communes: str = "", network: str = ""
) -> list[Place]:
    """Return the places of a territory, communes and network; an empty one asks for nothing.

    `territory`: how INSEE codes begin, that of a département; `communes`: names or INSEE codes, separated by commas,
    semicolons or line ends.
    """
    wanted = {
        folded(each) for part in communes.splitlines() for each in part.replace(";", ",").split(",")
    } - {""}
    return [
        place
        for place in places
        if (not territory or (place.insee or place.postcode).startswith(territory))
        and (not wanted or folded(place.commune) in wanted or place.insee.casefold() in wanted)
        and (not network or network in place.networks)
    ]


def folded(text: str) -> str:
    """Return the text as it is searched: without case, accents, hyphens and apostrophes; saint and sainte in full."""
    plain = without_accents(text.replace("œ", "oe").replace("Œ", "oe"))
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)
