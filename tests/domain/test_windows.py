"""What is open for a while is so for about that long, also when the clock was put back in between."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.values import Phase
from tests.support.histories import FACILITATOR, T0, done, given, refused, workshop

HOUR_MS = 3_600_000
ROOM = workshop(Phase.ARTICULATIONS)
SAID = done(FACILITATOR, e.AnnouncementMade(text="Pause"), e.AnnouncementCleared())


@pytest.mark.parametrize(
    "later", [-HOUR_MS, -limits.REMOVAL_UNDO_MS - 1, limits.REMOVAL_UNDO_MS + 1, HOUR_MS]
)
def test_nothing_is_put_back_by_a_clock_set_meanwhile(later):
    given(ROOM, SAID).when(c.PutBack(removal="announcement"), at=T0 + later).then(
        refused(Code.PUT_BACK_TOO_LATE)
    )


@pytest.mark.parametrize("later", [-30_000, 0, limits.REMOVAL_UNDO_MS])
def test_a_clock_that_went_wrong_by_little_takes_nothing_away(later):
    given(ROOM, SAID).when(c.PutBack(removal="announcement"), at=T0 + later).then(
        e.AnnouncementMade(text="Pause")
    )


def test_people_of_an_hour_ahead_are_not_newcomers():
    """The idle of the last five minutes are removed: not all who came before the clock was put back."""
    room = given(ROOM)
    room.when(c.RemoveIdle(minutes=5), at=T0 - HOUR_MS).then()
    assert room.when(c.RemoveIdle(minutes=5), at=T0).outcome
