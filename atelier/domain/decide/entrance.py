"""The entrance: open at a pace, open to everybody, or shut; and showing out who came in and did nothing."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import selectors
from atelier.domain.acts import Act
from atelier.domain.state import Workshop
from atelier.domain.values import Entrance

_MINUTE_MS = 60_000
_SET: dict[Entrance, e.Event] = {
    Entrance.PACED: e.EntranceOpened(),
    Entrance.FREE: e.EntranceFreed(),
    Entrance.CLOSED: e.EntranceClosed(),
}


def set_entrance(state: Workshop, act: Act, command: c.SetEntrance) -> tuple[e.Event, ...]:
    """Shut it or open it; who ever came in comes back as ever."""
    return () if state.entrance is command.entrance else (_SET[command.entrance],)


def remove_idle(state: Workshop, act: Act, command: c.RemoveIdle) -> tuple[e.Event, ...]:
    """Forget everybody who did nothing, so that a false crowd takes nobody's place. They may come in again."""
    since = act.at - command.minutes * _MINUTE_MS if command.minutes > 0 else 0
    idle = tuple(person.id for person in selectors.idle(state, since))
    return (e.PeopleRemoved(removal=act.fresh_id, participants=idle),) if idle else ()
