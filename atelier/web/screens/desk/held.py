"""Unsent acts at closing: those that phones still hold, and phones out of reach that may hold some."""

from collections.abc import Mapping
from dataclasses import dataclass

from atelier.domain.state import Participant, Workshop
from atelier.wording import participant_name

NAMED = 6


@dataclass(frozen=True, slots=True)
class Held:
    """`phones` hold `acts` for certain; `away` are participants whose phone is not connected."""

    phones: tuple[Participant, ...]
    acts: int
    away: tuple[Participant, ...]

    @property
    def worth_saying(self) -> bool:
        """False when everything arrived and everybody is there."""
        return bool(self.phones or self.away)


def held(state: Workshop, people: Mapping[str, int]) -> Held:
    """Return what phones hold, from the presence `people`: participant → acts that wait."""
    present = list(state.present())
    holding = tuple(person for person in present if people.get(person.id))
    away = tuple(person for person in present if person.id not in people)
    return Held(holding, sum(people[person.id] for person in holding), away)


def named(people: tuple[Participant, ...]) -> str:
    """Return « Nadia (groupe 1), Paul (groupe 2)… », a few of them."""
    told = [f"{participant_name(person, 'sans prénom')} (groupe {person.group})" for person in people[:NAMED]]
    return ", ".join(told) + ("…" if len(people) > NAMED else "")
