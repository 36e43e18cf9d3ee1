"""The entrance: open at a pace, open to everybody, or shut; and showing out who came in and did nothing."""

from atelier.domain import selectors
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves, looks_at, names_removal, restores
from atelier.domain.rules import facilitators
from atelier.domain.state import Restoration, Workshop
from atelier.domain.values import Entrance
from atelier.domain.windows import is_open

_MINUTE_MS = 60_000

# --- commands


@command(facilitators())
class SetEntrance(Command):
    """`closed`: nobody new comes in, who ever came in comes back; `paced`: a crowd that nobody expected comes in at a
    pace; `free`: everybody at once."""

    entrance: Entrance


@command(facilitators())
class RemoveIdle(Command):
    """Forget everybody who wrote, placed, supported nothing; with `minutes`, those who came in during the last ones.
    They may come in again."""

    minutes: int = 0


# --- events


@event(
    "people.removed",
    stale=(Kind.PEOPLE, Kind.REMOVALS),
    story="les personnes qui n’ont rien fait sont retirées ({participants})",
)
class PeopleRemoved(Event):
    """They did nothing and are strangers again; their places are free."""

    removal: str
    participants: tuple[str, ...]


@event(
    "people.returned",
    stale=(Kind.PEOPLE, Kind.REMOVALS),
    story="les personnes retirées reviennent à leur place",
)
class PeopleReturned(Event):
    """Put back: they are where they stood."""

    removal: str


@event("entrance.closed", stale=(Kind.ENTRANCE,), story="l’entrée est fermée")
class EntranceClosed(Event):
    """Nobody new comes in."""


@event("entrance.opened", stale=(Kind.ENTRANCE,), story="l’entrée est ouverte")
class EntranceOpened(Event):
    """As many as were expected come in at once, a crowd at a pace."""


@event(
    "entrance.freed",
    stale=(Kind.ENTRANCE,),
    story="l’entrée est ouverte à tout le monde, sans attente",
)
class EntranceFreed(Event):
    """Everybody comes in at once, however many were expected."""


# --- deciding


@decides
def set_entrance(state: Workshop, act: Act, command: SetEntrance) -> tuple[Event, ...]:
    """Nothing changes where it stands like that already."""
    return () if state.entrance is command.entrance else (_SET[command.entrance],)


@decides
def remove_idle(state: Workshop, act: Act, command: RemoveIdle) -> tuple[Event, ...]:
    """A false crowd takes nobody's place."""
    window_ms = max(0, command.minutes) * _MINUTE_MS
    idle = tuple(
        person.id
        for person in selectors.idle(state)
        if not window_ms or is_open(window_ms, person.joined_at, act.at)
    )
    return (PeopleRemoved(removal=act.fresh_id, participants=idle),) if idle else ()


_SET: dict[Entrance, Event] = {
    Entrance.PACED: EntranceOpened(),
    Entrance.FREE: EntranceFreed(),
    Entrance.CLOSED: EntranceClosed(),
}


# --- evolving


@evolves
def people_removed(state: Workshop, fact: Fact, event: PeopleRemoved) -> Workshop:
    """They were never here."""
    gone = set(event.participants)
    return changed(state, people={key: person for key, person in state.people.items() if key not in gone})


@evolves
def people_returned(state: Workshop, fact: Fact, event: PeopleReturned) -> Workshop:
    """Who came in again meanwhile stays as they came."""
    removal = state.removals.get(f"people-{event.removal}")
    people = {**(removal.people if removal else {}), **state.people}
    return changed(state, people=dict(sorted(people.items(), key=lambda each: each[1].joined_at)))


@evolves
def entrance_closed(state: Workshop, fact: Fact, event: EntranceClosed) -> Workshop:
    """For newcomers."""
    return changed(state, entrance=Entrance.CLOSED)


@evolves
def entrance_opened(state: Workshop, fact: Fact, event: EntranceOpened) -> Workshop:
    """As it was prepared."""
    return changed(state, entrance=Entrance.PACED)


@evolves
def entrance_freed(state: Workshop, fact: Fact, event: EntranceFreed) -> Workshop:
    """Without a pace."""
    return changed(state, entrance=Entrance.FREE)


# --- putting back


@names_removal
def _people(event: PeopleRemoved | PeopleReturned) -> str:
    return f"people-{event.removal}"


@restores
def _who_was_removed(before: Workshop, event: PeopleRemoved) -> Restoration:
    people = {each: before.people[each] for each in event.participants if each in before.people}
    return Restoration(remedies=(PeopleReturned(removal=event.removal),), people=people)


@looks_at
def _whoever_came_meanwhile(state: Workshop, event: PeopleReturned) -> object:
    return None  # they come back beside whoever came in meanwhile
