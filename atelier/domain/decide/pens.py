"""« Une plume par table »: whether one phone of each table places, and which."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Act
from atelier.domain.decide import finding
from atelier.domain.refusals import Code, Refused
from atelier.domain.selectors import pen_holder
from atelier.domain.state import Workshop
from atelier.domain.values import Role


def set_one_pen(state: Workshop, act: Act, command: c.SetOnePen) -> tuple[e.Event, ...]:
    """One phone a table places, or every phone again. What was placed stays."""
    if state.one_pen == command.on:
        return ()
    return (e.PensLimited() if command.on else e.PensFreed(),)


def take_pen(state: Workshop, act: Act, command: c.TakePen) -> tuple[e.Event, ...]:
    """Take it, from whoever holds it: the table agrees aloud."""
    holder = pen_holder(state, finding.group(state, command.group))
    if not state.one_pen or (holder and holder.id == act.by.id):
        return ()
    return (e.PenTaken(group=command.group),)


def claimed(state: Workshop, act: Act, group: int) -> tuple[e.Event, ...]:
    """Who may not place is refused; who places first at a table takes its pen. Facilitators need none."""
    if not state.one_pen or act.by.role is not Role.PARTICIPANT:
        return ()
    holder = pen_holder(state, finding.group(state, group))
    if holder is None:
        return (e.PenTaken(group=group),)
    if holder.id != act.by.id:
        raise Refused(Code.PEN_ELSEWHERE)
    return ()
