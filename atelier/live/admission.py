"""Authorisation of listeners: which audience a browser may join, checked on connection and after changes of rights.

A browser is identified by its signed cookie only; it says itself only which page it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from atelier.domain import events as e
from atelier.domain.rights import holds
from atelier.domain.state import Participant, Workshop
from atelier.domain.values import Actor, Holder, Role
from atelier.live.hub import Audience

_FOR_EVERYBODY = (
    e.WorkshopPrepared,
    e.SetupRevised,
    e.WorkshopClosed,
    e.WorkshopReopened,
    e.WorkshopArchived,
    e.WorkshopCleared,
    e.PeopleReturned,
)
"""Events that may change anybody's rights; tests/live/test_admission.py finds what is missing here."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser in one workshop, as its signed cookie names it; « » is nobody, and no key."""

    person: str = ""
    key: str = ""
    wall: str = ""

    @property
    def subjects(self) -> frozenset[str]:
        """The ids by which events name this browser's participant and keys."""
        return frozenset({self.person, self.key, self.wall} - {""})


@dataclass(frozen=True, slots=True)
class Seat:
    """What a browser may listen to; `person` is empty for those who take no part (walls, desks).

    `actors`: as whom it may write there, once the rules are asked; a facilitator's browser may be a participant's too.
    """

    code: str
    audience: Audience
    visitor: Visitor
    person: str = ""
    actors: tuple[Actor, ...] = ()


def facilitates(state: Workshop, visitor: Visitor) -> bool:
    """Tell whether this browser holds a working facilitator's key."""
    return holds(state, visitor.key, Holder.FACILITATOR)


def may_project(state: Workshop, visitor: Visitor) -> bool:
    """Tell whether this browser may show the wall."""
    return facilitates(state, visitor) or holds(state, visitor.wall, Holder.WALL)


def person_of(state: Workshop, visitor: Visitor) -> Participant | None:
    """Return who this browser is there, whether present or gone; who has no identity is nobody."""
    return state.people.get(visitor.person) if visitor.person else None


def seated(state: Workshop, visitor: Visitor) -> int:
    """Return the group where this browser's participant sits, 0 for none."""
    person = person_of(state, visitor)
    return 0 if person is None or person.left else person.group


def participant(state: Workshop, visitor: Visitor) -> Actor:
    """Return this browser as a participant, or as a guest before it joined."""
    known = person_of(state, visitor) is not None
    return Actor(Role.PARTICIPANT if known else Role.GUEST, visitor.person)


def facilitator(visitor: Visitor) -> Actor:
    """Return this browser as the facilitator; the domain checks that the key works."""
    return Actor(Role.FACILITATOR, visitor.key)


def audience_of(state: Workshop, visitor: Visitor, surface: str, group: int) -> Audience | None:
    """Return the audience of the page `surface` of `group`, or None when this browser may not listen to it."""
    if surface == "desk" and facilitates(state, visitor):
        return Audience("desk")
    if surface == "wall" and may_project(state, visitor):
        return Audience("wall")
    if surface != "phone" or not 1 <= group <= len(state.groups):
        return None
    may = seated(state, visitor) == group or facilitates(state, visitor)
    return Audience("phone", group) if may else None


def seat_of(state: Workshop, code: str, visitor: Visitor, surface: str, group: int) -> Seat | None:
    """Return the seat of this browser on that page, or None when it may not have one."""
    audience = audience_of(state, visitor, surface, group)
    if audience is None:
        return None
    if audience.surface != "phone":
        return Seat(code, audience, visitor)
    person = visitor.person if seated(state, visitor) == group else ""
    return Seat(code, audience, visitor, person, (participant(state, visitor), facilitator(visitor)))


def same_seat(state: Workshop, seat: Seat) -> Seat | None:
    """Return what has become of `seat` in `state`: itself, another for the same page, or None."""
    return seat_of(state, seat.code, seat.visitor, seat.audience.surface, seat.audience.group)


def subjects(events: Iterable[e.Event]) -> frozenset[str] | None:
    """Return whose rights these events may change, as `Visitor.subjects` names them; None: anybody's."""
    ids: set[str] = set()
    for event in events:
        if isinstance(event, _FOR_EVERYBODY):
            return None
        ids |= {getattr(event, name) for name in ("participant", "key") if hasattr(event, name)}
        ids.update(getattr(event, "participants", ()))
    return frozenset(ids)
