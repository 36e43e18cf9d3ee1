"""Commands that move the room say from where they were pressed: refused, and nothing done, once it is elsewhere."""

from dataclasses import fields

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import preconditions
from atelier.domain.acts import Fact
from atelier.domain.refusals import Code
from atelier.domain.values import Actor, ClockStatus, Holder, Phase, Role, Scene, Status
from tests.support.histories import (
    ALICE,
    FACILITATOR,
    MINUTE,
    SECOND,
    T0,
    done,
    given,
    refused,
    workshop,
)

COLLEAGUE = Actor(Role.FACILITATOR, "clef-2")
TWENTY = 20 * MINUTE
STARTED = e.ClockStarted(total_ms=TWENTY, deadline=T0 + TWENTY)
PAUSED = e.ClockPaused(remaining_ms=MINUTE)
OVERVIEW = e.WallViewChosen(scene=Scene.OVERVIEW, group=0, action="", page=0)
WRITING, REPORTING = Phase.ARTICULATIONS, Phase.REPORT_BACK


def room(phase: Phase, *events: e.Event) -> tuple[Fact, ...]:
    """A workshop in `phase`, with a second facilitator, and what was done then."""
    colleague = e.KeyIssued(key=COLLEAGUE.id, holder=Holder.FACILITATOR, key_hash="h2")
    return (*workshop(phase), *done(FACILITATOR, colleague, *events))


def on_wall(scene: Scene, group: int = 0, action: str = "", page: int = 0) -> e.WallViewChosen:
    """The choice of a view."""
    return e.WallViewChosen(scene=scene, group=group, action=action, page=page)


STAYED = [
    (room(Phase.REMITS), c.OpenPhase(phase=WRITING, from_phase=Phase.REMITS)),
    (room(Phase.REMITS, e.PhaseOpened(phase=WRITING)), c.RevertPhase(from_phase=WRITING)),
    (room(WRITING), c.StartClock(from_phase=WRITING, from_presenting=0, from_clock=ClockStatus.STOPPED)),
    (room(WRITING, STARTED), c.PauseClock(from_phase=WRITING, from_clock=ClockStatus.RUNNING)),
    (room(WRITING, STARTED, PAUSED), c.ResumeClock(from_phase=WRITING, from_clock=ClockStatus.PAUSED)),
    (room(WRITING, STARTED), c.StopClock(from_phase=WRITING, from_clock=ClockStatus.RUNNING)),
    (room(WRITING), c.ExtendClock(seconds=60, from_phase=WRITING, from_presenting=0, from_total=TWENTY)),
    (room(REPORTING), c.PresentGroup(group=1, from_phase=REPORTING, from_presenting=0)),
    (room(WRITING, OVERVIEW), c.ShowOnWall(scene=Scene.OVERVIEW, page=1, from_view="overview/0//0")),
    (room(WRITING), c.CloseWorkshop(from_status=Status.OPEN)),
    (room(WRITING, e.WorkshopClosed()), c.ReopenWorkshop(from_status=Status.CLOSED)),
    (room(WRITING, e.WorkshopClosed()), c.ArchiveWorkshop(from_status=Status.CLOSED)),
]
"""Every guarded command where it was pressed: it does what it says."""

LEFT = [
    (room(WRITING), c.OpenPhase(phase=REPORTING, from_phase=Phase.REMITS)),
    (room(WRITING), c.OpenPhase(phase=WRITING, from_phase=Phase.REMITS)),
    (room(Phase.REMITS, e.PhaseOpened(phase=WRITING)), c.RevertPhase(from_phase=Phase.REMITS)),
    (room(Phase.REMITS), c.RevertPhase(from_phase=WRITING)),
    (room(REPORTING), c.StartClock(from_phase=WRITING)),
    (room(REPORTING, e.GroupPresented(group=2)), c.StartClock(from_phase=REPORTING, from_presenting=1)),
    (room(WRITING, STARTED), c.StartClock(from_clock=ClockStatus.STOPPED)),
    (room(WRITING, STARTED, PAUSED), c.PauseClock(from_clock=ClockStatus.RUNNING)),
    (room(WRITING, STARTED), c.ResumeClock(from_clock=ClockStatus.PAUSED)),
    (room(WRITING, STARTED, PAUSED), c.StopClock(from_clock=ClockStatus.RUNNING)),
    (room(WRITING), c.StopClock(from_clock=ClockStatus.RUNNING)),
    (room(REPORTING), c.ExtendClock(seconds=60, from_phase=WRITING)),
    (room(REPORTING, e.GroupPresented(group=2)), c.ExtendClock(seconds=60, from_presenting=1)),
    (room(REPORTING, e.GroupPresented(group=1)), c.PresentGroup(group=2, from_presenting=0)),
    (room(Phase.SYNTHESIS), c.PresentGroup(group=2, from_phase=REPORTING, from_presenting=0)),
    (room(WRITING, on_wall(Scene.BLANK)), c.ShowOnWall(scene=Scene.OVERVIEW, page=1, from_view="overview/0//0")),
    (room(WRITING, on_wall(Scene.BLANK)), c.ShowOnWall(scene=Scene.GROUP, group=1, from_view="group/2//0")),
    (room(WRITING, e.WorkshopClosed()), c.CloseWorkshop(from_status=Status.OPEN)),
    (room(WRITING), c.ReopenWorkshop(from_status=Status.CLOSED)),
    (room(WRITING), c.ArchiveWorkshop(from_status=Status.CLOSED)),
]  # fmt: skip
"""Every guarded command once the room went elsewhere."""


@pytest.mark.parametrize(("history", "command"), STAYED)
def test_a_press_is_taken_where_the_room_still_is(history: tuple[Fact, ...], command: c.Command) -> None:
    outcome = given(history).when(command).outcome
    assert isinstance(outcome, tuple)
    assert outcome != ()


@pytest.mark.parametrize(("history", "command"), LEFT)
def test_a_press_does_nothing_once_the_room_has_moved_on(
    history: tuple[Fact, ...], command: c.Command
) -> None:
    given(history).when(command).then(refused(Code.MOVED_ON))


def test_every_guarded_command_and_every_guard_is_tried() -> None:
    guarded = {kind for kind in c.NAMES.values() if any(f.name.startswith("from_") for f in fields(kind))}
    assert {type(command) for _, command in STAYED} == {type(command) for _, command in LEFT} == guarded
    names = {field.name for kind in guarded for field in fields(kind) if field.name.startswith("from_")}
    assert names == set(preconditions._NOW) | {"from_total"}


def test_rights_come_before_where_the_room_is() -> None:
    elsewhere = c.OpenPhase(phase=REPORTING, from_phase=Phase.REMITS)
    given(room(WRITING)).when(elsewhere, by=ALICE).then(refused(Code.NOT_ALLOWED))
    revoked = room(WRITING, e.KeyRevoked(key=COLLEAGUE.id))
    given(revoked).when(elsewhere, by=COLLEAGUE).then(refused(Code.NOT_ALLOWED))


def test_old_forms_that_say_nothing_are_taken_anywhere() -> None:
    given(room(WRITING)).when(c.OpenPhase(phase=REPORTING)).then(
        e.PhaseOpened(phase=REPORTING), on_wall(Scene.OVERVIEW)
    )


# --- « +1 min », which means the same twice

MORE = c.ExtendClock(seconds=60, from_total=TWENTY)
EXTENDED = e.ClockExtended(by_ms=MINUTE)


def test_a_minute_added_by_two_facilitators_at_once_counts_once() -> None:
    history = room(WRITING, STARTED, EXTENDED)
    given(history).when(MORE, by=COLLEAGUE, at=T0 + SECOND - 1).then()
    given(history).when(MORE, by=COLLEAGUE, at=T0 + SECOND).then(EXTENDED)


def test_a_minute_added_twice_by_one_facilitator_counts_twice() -> None:
    given(room(WRITING, STARTED, EXTENDED)).when(MORE, at=T0 + 100).then(EXTENDED)


def test_a_minute_added_to_what_a_colleague_had_already_made_longer_counts() -> None:
    seen = c.ExtendClock(seconds=60, from_total=TWENTY + MINUTE)
    given(room(WRITING, STARTED, EXTENDED)).when(seen, by=COLLEAGUE, at=T0 + 100).then(EXTENDED)


def test_another_time_added_at_once_counts() -> None:
    five = c.ExtendClock(seconds=300, from_total=TWENTY)
    given(room(WRITING, STARTED, EXTENDED)).when(five, by=COLLEAGUE, at=T0 + 100).then(
        e.ClockExtended(by_ms=5 * MINUTE)
    )


def test_two_at_once_after_an_overrun_count_once_too() -> None:
    late = T0 + 23 * MINUTE
    overrun = done(FACILITATOR, e.ClockExtended(by_ms=4 * MINUTE), at=late)
    given(room(WRITING, STARTED), overrun).when(MORE, by=COLLEAGUE, at=late + 100).then()
