"""What simulated people write: fields of acts, the n-th of a run, each of which changes something."""

import random
from collections import defaultdict
from collections.abc import Callable

from bench.prepared import Person

Fields = dict[str, object]
Writing = Callable[[int, Person, list[str], str], Fields]
"""The fields of the n-th act, by that person, on one of those actions, under that operation id."""

TEXT = "Idée {n} : se retrouver chaque mois pour parler ensemble des dossiers difficiles, et garder un contact direct"


def placement(n: int, person: Person, actions: list[str], _: str) -> Fields:
    """A card is placed, at other reaches than the last time."""
    return {
        "command": "place-action",
        "group": person.group,
        "action": actions[n % len(actions)],
        "fs": n // len(actions) % 21 * 5,
        # Not where it was 210 acts ago: what changes nothing is told to nobody.
        "cn": (n + n // (21 * len(actions))) % 21 * 5,
    }


def initiative(n: int, person: Person, actions: list[str], _: str) -> Fields:
    """An initiative is proposed, as long as one may be."""
    text = f"{TEXT.format(n=n)} {'et encore ' * 30}"[:279].rstrip()
    return {
        "command": "post-initiative",
        "group": person.group,
        "action": actions[n % len(actions)],
        "text": text,
    }


class Workday:
    """What a room does: mostly bars that move, some texts, some hearts."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._posted: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._hearts: set[tuple[str, str]] = set()

    def __call__(self, n: int, person: Person, actions: list[str], op: str) -> Fields:
        """Return the next act's fields."""
        kind, posted = self._chance.random(), self._posted[person.code, person.group]
        if kind < 0.1:
            text = TEXT.format(n=n)
            self._posted[person.code, person.group].append(op)
            return {
                "command": "post-initiative", "group": person.group,
                "action": self._chance.choice(actions), "text": text,
            }  # fmt: skip
        if kind < 0.3 and len(posted) > 1:
            return self._heart(n, person, actions, posted[:-1])
        return placement(n, person, actions, op)

    def _heart(self, n: int, person: Person, actions: list[str], posted: list[str]) -> Fields:
        wanted = self._chance.choice(posted)
        if (person.cookie, wanted) in self._hearts:
            return placement(n, person, actions, "")
        self._hearts.add((person.cookie, wanted))
        return {"command": "support-initiative", "group": person.group, "initiative": wanted}
