"""Days as they stand: their programme, their rooms, the synthesis of these; read once for everybody who asks."""

import gzip
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from atelier.doctrines.loading import doctrine_of
from atelier.domain.day import Day, Slot, day_of
from atelier.domain.doctrine import Doctrine
from atelier.domain.plenary import Room, folded, hidden
from atelier.domain.setup import Setup
from atelier.domain.state import Workshop
from atelier.domain.values import Holder
from atelier.library.items import Item, Kind, UnknownItem
from atelier.library.library import Library
from atelier.limits import DAY_KEPT_S
from atelier.service.service import Damaged, Service, StorageFailed, UnknownWorkshop
from atelier.web.http.following import mark_of
from atelier.web.screens.plenary import Plenary, plenary_of


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A workshop of the day. `state`: None where it is gone, has left the day, or cannot be read now."""

    slot: Slot
    state: Workshop | None
    told: str = ""

    @property
    def people(self) -> int:
        """How many people are in it."""
        return sum(1 for _ in self.state.present()) if self.state else 0


@dataclass(frozen=True, kw_only=True)
class Held:
    """A day as it stood when it was read."""

    item: Item
    day: Day
    rooms: tuple[Standing, ...]

    _packed: dict[str, bytes] = field(default_factory=dict)
    """Pages that are the same for everybody, by their address."""

    def packed(self, address: str, draw: Callable[[], str]) -> bytes:
        """Return a page as `draw` makes it, drawn and compressed once for everybody."""
        if address not in self._packed:
            self._packed[address] = gzip.compress(draw().encode(), 6, mtime=0)
        return self._packed[address]

    @property
    def id(self) -> str:
        """Its name in the library."""
        return self.item.id

    def room(self, code: str) -> Standing | None:
        """Return how the workshop of that code stands, None for one that is no part of the day."""
        return next((room for room in self.rooms if room.slot.workshop == code), None)

    @cached_property
    def alike(self) -> tuple[Standing, ...]:
        """The rooms whose sheets can be read together: those with the sheet and the words of the first."""
        readable = [room for room in self.rooms if room.state]
        first = next((_sheet(room.state) for room in readable if room.state), None)
        return tuple(room for room in readable if room.state and _sheet(room.state) == first)

    @cached_property
    def open_rooms(self) -> tuple[Standing, ...]:
        """The rooms whose results may be handed over, whatever their sheet is."""
        return tuple(room for room in self.rooms if room.state and not hidden(room.state))

    @cached_property
    def counted(self) -> tuple[Room, ...]:
        """The rooms that the synthesis counts: those that do not keep what they say to themselves for now."""
        found = ((room.slot, room.state) for room in self.alike if room.state and not hidden(room.state))
        return tuple(Room(name=slot.name, code=slot.workshop, state=state) for slot, state in found)

    @cached_property
    def doctrine(self) -> Doctrine | None:
        """The words of the rooms that are counted."""
        return doctrine_of(self.counted[0].state.prepared) if self.counted else None

    @cached_property
    def plenary(self) -> Workshop | None:
        """All groups of the day as one workshop; None while no room can be read."""
        return folded(self.counted, self._setup(self.counted[0].state)) if self.counted else None

    @cached_property
    def words(self) -> Plenary | None:
        """The synthesis of all rooms in words; None while no room can be read."""
        if self.plenary is None or self.doctrine is None:
            return None
        counted = {room.code for room in self.counted}
        waiting = [room.slot.name for room in self.rooms if room.slot.workshop not in counted]
        return plenary_of(self.plenary, self.doctrine, self.counted, waiting)

    @cached_property
    def mark(self) -> str:
        """A short name of the synthesis, the same as long as it is."""
        return mark_of(self.item.revision, self.words)

    def _setup(self, first: Workshop) -> Setup:
        day = self.day
        return replace(
            first.prepared,
            title=day.title,
            place=day.place,
            date=day.date,
            organiser=day.organiser,
            territory="",
            territory_code=day.territory_code,
        )


@dataclass(slots=True)
class Days:
    """The days that were read lately, by code. Thread-safe."""

    clock: Callable[[], float] = time.monotonic
    _held: dict[str, tuple[float, Held]] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _listed: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, service: Service, library: Library, code: str, *, fresh: bool = False) -> Held | None:
        """Return the day as it stood at most `DAY_KEPT_S` ago, or now; None when there is none."""
        with self._lock:  # whoever else asks waits for the one who reads, and gets the same
            self._drop_old()
            held = None if fresh else self._held.get(code)
            if held is not None:
                return held[1]
            found = self._read(service, library, code)
            self._held.pop(code, None)
            if found is not None:
                self._held[code] = self.clock(), found
            return found

    def _drop_old(self) -> None:
        """Let go of what is old: rooms may have been erased since, and take memory."""
        since = self.clock() - DAY_KEPT_S
        self._held = {code: held for code, held in self._held.items() if held[0] > since}

    def _read(self, service: Service, library: Library, code: str) -> Held | None:
        name = self._id(library, code)
        try:
            item = library.get(Kind.DAY, name) if name else None
        except UnknownItem:
            self._ids.pop(code, None)
            return None
        if item is None:
            return None
        day = day_of(item.body)
        return Held(item=item, day=day, rooms=tuple(_standing(service, slot) for slot in day.rooms()))

    def _id(self, library: Library, code: str) -> str:
        if code not in self._ids and self.clock() - self._listed >= DAY_KEPT_S:
            self._ids = {item.body["code"]: item.id for item in library.items(Kind.DAY)}
            self._listed = self.clock()
        return self._ids.get(code, "")

    def knows(self, library: Library, code: str) -> bool:
        """Tell whether there is such a day."""
        with self._lock:
            return bool(self._id(library, code))

    def forget(self, code: str) -> None:
        """Read a day anew when it is asked for next."""
        with self._lock:
            self._held.pop(code, None)

    def added(self, code: str, name: str) -> None:
        """Know a day that was just made."""
        with self._lock:
            self._ids[code] = name


def _standing(service: Service, slot: Slot) -> Standing:
    try:
        state = service.look(slot.workshop).state
    except UnknownWorkshop:
        return Standing(slot=slot, state=None, told="Cet atelier n’existe plus.")
    except (Damaged, StorageFailed):
        return Standing(slot=slot, state=None, told="Cet atelier ne peut pas être lu pour l’instant.")
    key = state.keys.get(slot.key)
    if key is None or key.revoked or key.holder is not Holder.DAY:
        return Standing(slot=slot, state=None, told="Cet atelier a quitté la journée.")
    return Standing(slot=slot, state=state)


def _sheet(state: Workshop) -> tuple[object, ...]:
    doctrine = doctrine_of(state.prepared)
    return doctrine.slug, doctrine.fs.name, doctrine.cn.name, doctrine.scale
