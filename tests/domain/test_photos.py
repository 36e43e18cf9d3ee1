"""Photos of a group's sheet of paper: the desk keeps and deletes them, and they go with who may be on them."""

from dataclasses import replace

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.selectors import photo_ids
from atelier.domain.values import Phase
from tests.support.histories import ALICE, BASILE, FACILITATOR, T0, done, given, refused, workshop

ROOM = workshop(Phase.ARTICULATIONS)
KEEP = c.KeepPhoto(group=1, digest="d1")
KEPT = e.PhotoAdded(group=1, photo="p1", digest="d1")
WITH_ONE = (*ROOM, *done(FACILITATOR, KEPT, at=T0 + 1))
REMOVED = e.PhotoRemoved(group=1, photo="p1")


def test_the_desk_keeps_a_photo_with_the_group_once() -> None:
    after = given(*ROOM).when(KEEP, by=FACILITATOR).then(e.PhotoAdded(group=1, photo="new", digest="d1"))
    assert list(after.group(1).photos) == ["new"]
    given(*WITH_ONE).when(KEEP, by=FACILITATOR).then()
    given(*WITH_ONE).when(replace(KEEP, group=2), by=FACILITATOR).then(
        e.PhotoAdded(group=2, photo="new", digest="d1")
    )
    given(*ROOM).when(replace(KEEP, group=9), by=FACILITATOR).then(refused(Code.UNKNOWN_GROUP))


def test_no_more_than_a_group_may_have_and_each_under_an_id_of_its_own() -> None:
    many = [replace(KEPT, photo=f"p{n}", digest=str(n)) for n in range(limits.PHOTOS_PER_GROUP)]
    full = (*ROOM, *done(FACILITATOR, *many))
    given(*full).when(KEEP, by=FACILITATOR).then(refused(Code.TOO_MANY_PHOTOS))
    used = (*ROOM, *done(FACILITATOR, replace(KEPT, group=2, photo="new", digest="d2")))
    given(*used).when(KEEP, by=FACILITATOR).then(refused(Code.ALREADY_USED))


@pytest.mark.parametrize("command", [KEEP, c.RemovePhoto(group=1, photo="p1")])
def test_nobody_but_the_desk(command: c.Command) -> None:
    given(*WITH_ONE).when(command, by=ALICE).then(refused(Code.NOT_ALLOWED))
    closed = (*WITH_ONE, *done(FACILITATOR, e.WorkshopClosed(), e.WorkshopArchived()))
    given(*closed).when(command, by=FACILITATOR).then(refused(Code.WORKSHOP_ARCHIVED))


def test_a_deleted_photo_is_gone() -> None:
    after = given(*WITH_ONE).when(c.RemovePhoto(group=1, photo="p1"), by=FACILITATOR).then(REMOVED)
    assert photo_ids(after) == set()
    given(*ROOM).when(c.RemovePhoto(group=1, photo="p1"), by=FACILITATOR).then()


def test_photos_go_with_who_may_have_written_on_the_paper_and_with_a_rehearsal() -> None:
    other = done(FACILITATOR, replace(KEPT, group=2, photo="p2"))
    erased = done(FACILITATOR, e.ParticipantErased(participant="alice"))
    elsewhere = done(ALICE, e.InitiativePosted(group=2, action="orienter", initiative="i", text="Là"))
    room = (*WITH_ONE, *other)
    assert photo_ids(given(*room, *erased).state) == {"p2"}
    assert photo_ids(given(*room, *elsewhere, *erased).state) == set()
    after = given(*room).when(c.ResetWorkshop(), by=FACILITATOR).then(e.WorkshopCleared())
    assert photo_ids(after) == set()
    assert BASILE.id in given(*room, *erased).state.people
