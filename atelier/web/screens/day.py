"""The programme of a day as its pages show it: where each part stands by the hour, how its room does."""

from dataclasses import dataclass

from atelier.domain.day import Slot, When
from atelier.domain.values import Status
from atelier.web.http.day_cache import Held, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """A slot by the hour. `room`: how its workshop stands, None where it has none."""

    slot: Slot
    when: When
    room: Standing | None

    @property
    def open(self) -> bool:
        """True when one may come in."""
        state = self.room.state if self.room else None
        return state is not None and state.status is Status.OPEN


def programme_rows(held: Held, today: str, hour: str) -> list[ProgrammeRow]:
    """Return the programme, at `hour` of the day `today`."""
    return [
        ProgrammeRow(slot=slot, when=when, room=held.room(slot.workshop))
        for slot, when in held.day.shown_at(today, hour)
    ]
