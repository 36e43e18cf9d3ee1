"""« Une plume par table »: whether one phone of each table places, and which."""

from atelier.domain import lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, with_group
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import WRITING, facilitators, participants
from atelier.domain.selectors import pen_holder
from atelier.domain.state import Workshop
from atelier.domain.values import Role

# --- commands


@command(facilitators())
class SetOnePen(Command):
    """« Une plume par table »: one phone a table places, or all do. What was placed stays."""

    on: bool


@command(participants(WRITING))
class TakePen(Command):
    """Place for the table from now on, whoever did before: the table agrees aloud. Without the option it changes
    nothing."""

    group: int


# --- events


@event("pens.limited", stale=(Kind.PENS,), story="une plume par table")
class PensLimited(Event):
    """One phone a table places; nobody holds a pen yet."""


@event("pens.freed", stale=(Kind.PENS,), story="chacun·e place à nouveau")
class PensFreed(Event):
    """Every phone places again."""


@event("pen.taken", stale=(Part(Kind.PENS, ("group",)),), story="groupe {group} : prend la plume")
class PenTaken(Event):
    """Whoever did it places for the table; also comes with a first placement."""

    group: int


# --- deciding


@decides
def set_one_pen(state: Workshop, act: Act, command: SetOnePen) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if state.one_pen == command.on:
        return ()
    return (PensLimited() if command.on else PensFreed(),)


@decides
def take_pen(state: Workshop, act: Act, command: TakePen) -> tuple[Event, ...]:
    """Nothing changes where they hold it already."""
    holder = pen_holder(state, lookup.group(state, command.group))
    if not state.one_pen or (holder and holder.id == act.by.id):
        return ()
    return (PenTaken(group=command.group),)


def pen_claimed(state: Workshop, act: Act, group: int) -> tuple[Event, ...]:
    """Who may not place is refused; who places first at a table takes its pen. Facilitators need none."""
    if not state.one_pen or act.by.role is not Role.PARTICIPANT:
        return ()
    holder = pen_holder(state, lookup.group(state, group))
    if holder is None:
        return (PenTaken(group=group),)
    if holder.id != act.by.id:
        raise Refused(Code.PEN_ELSEWHERE)
    return ()


# --- evolving


@evolves
def pens_limited(state: Workshop, fact: Fact, event: PensLimited) -> Workshop:
    """Every pen lies on its table."""
    return changed(state, one_pen=True)


@evolves
def pens_freed(state: Workshop, fact: Fact, event: PensFreed) -> Workshop:
    """Who held a pen is forgotten."""
    return changed(state, one_pen=False, groups=tuple(changed(group, pen="") for group in state.groups))


@evolves
def pen_taken(state: Workshop, fact: Fact, event: PenTaken) -> Workshop:
    """From whoever held it."""
    return with_group(state, event.group, pen=fact.by.id)
