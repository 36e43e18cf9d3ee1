"""Photos of paper sheets go where their journal goes: into copies and quarantine, and away with who may be on them."""

import hashlib

import pytest

from atelier.access.operation_ids import new_op
from atelier.domain import commands as c
from atelier.retention.backup import back_up, look_at, restore
from atelier.service.service import HOST
from tests.support.places import START, Place

BODY = b"\xff\xd8\xff a photo on which names can be read \xff\xd9"
NAMES = "names can be read"


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    yield place
    place.service.close()


def with_a_photo(place: Place) -> tuple[str, str]:
    """Return a workshop where Nadia sits at the table whose paper was photographed, and the photo's id."""
    code, photo = place.workshop(), new_op()
    place.join(code, "nadia", "Nadia")
    keep = c.KeepPhoto(group=1, digest=hashlib.sha256(BODY).hexdigest())
    place.service.handle(code, keep, HOST, photo, BODY)
    return code, photo


def test_a_copy_holds_it_and_brings_it_back(place: Place) -> None:
    code, photo = with_a_photo(place)
    copies, _ = back_up(place.sessions, place.sessions.parent / "copies", START)
    place.service.handle(code, c.RemovePhoto(group=1, photo=photo), HOST, new_op())
    assert place.service.attachment(code, photo) is None
    place.service.close()
    restore(copies[0], place.sessions, force=True)
    place.start()
    assert place.service.attachment(code, photo) == BODY


def test_a_journal_set_aside_loses_it_with_her_words(place: Place) -> None:
    code, _ = with_a_photo(place)
    copies, _ = back_up(place.sessions, place.sessions.parent / "copies", START)
    place.service.close()
    restore(copies[0], place.sessions, force=True)
    place.start()
    assert len(place.holding(NAMES)) == 2
    place.service.handle(code, c.EraseParticipant(participant="nadia"), HOST, new_op())
    assert place.holding(NAMES) == []


def test_it_waits_in_quarantine_and_is_erased_with_the_workshop(place: Place) -> None:
    code, photo = with_a_photo(place)
    place.service.close()
    place.quarantine.take(code)
    assert photo in look_at(place.sessions / "quarantaine" / code / f"{code}.db").state.group(1).photos
    place.start()
    place.eraser.erase(code)
    assert place.holding(NAMES) == []
