"""A day: several workshops under one code, with a programme. It holds nothing of what workshops say."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

VERSION = 1
"""Of what is stored."""


class Shows(StrEnum):
    """What the wall of the day shows."""

    PROGRAMME = "programme"
    SYNTHESIS = "synthesis"


class When(StrEnum):
    """Where a slot stands by the hour."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A part of the programme, with its hours (`09:30`).

    `optional`: people choose (« au choix »). `workshop`: its code, "" for none; `key`: the link by which the workshop
    lets the day read it.
    """

    id: str
    starts: str
    ends: str
    room: str = ""
    title: str = ""
    optional: bool = False
    workshop: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        """The room, else what happens there."""
        return self.room or self.title

    def when(self, hour: str) -> When:
        """Return where it stands at `hour`, of its own day."""
        if self.ends <= hour:
            return When.PAST
        return When.NOW if self.starts <= hour else When.NEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The programme of a day, and what its owner chose. `date` in ISO form.

    `shared`: whoever has the code may read the synthesis of all rooms.
    """

    code: str
    title: str
    date: str
    place: str = ""
    organiser: str = ""
    territory_code: str = ""
    slots: tuple[Slot, ...] = ()
    shows: Shows = Shows.PROGRAMME
    shared: bool = False

    def slot(self, name: str) -> Slot | None:
        """Return that slot, None when it is gone."""
        return next((slot for slot in self.slots if slot.id == name), None)

    def with_slot(self, slot: Slot) -> "Day":
        """Return the day with `slot` in the place of the one of its id."""
        return replace(self, slots=tuple(slot if each.id == slot.id else each for each in self.slots))

    def rooms(self) -> tuple[Slot, ...]:
        """Return the first slot of each workshop, in the order of the programme."""
        found: dict[str, Slot] = {}
        for slot in self.slots:
            if slot.workshop:
                found.setdefault(slot.workshop, slot)
        return tuple(found.values())

    def shown_at(self, today: str, hour: str) -> tuple[tuple[Slot, When], ...]:
        """Return the slots and where each stands, at `hour` of the day `today`."""
        if today != self.date:
            when = When.NEXT if today < self.date else When.PAST
            return tuple((slot, when) for slot in self.slots)
        return tuple((slot, slot.when(hour)) for slot in self.slots)


def ordered(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return slots by their hours; those of one hour as they come."""
    return tuple(sorted(slots, key=lambda slot: (slot.starts, slot.ends)))


def body_of(day: Day) -> dict[str, Any]:
    """Return what is stored of a day."""
    return {"version": VERSION, **asdict(day)}


def day_of(body: Mapping[str, Any]) -> Day:
    """Return the day that was stored; what a later version added besides is left out."""
    slots = tuple(Slot(**_known(Slot, slot)) for slot in body["slots"])
    return Day(**_known(Day, body) | {"slots": slots, "shows": Shows(body["shows"])})


def _known(kind: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in stored.items() if name in names}
