"""A repeat is known, however old; and an act that is none asks no disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.access.operation_ids import is_op
from atelier.domain import commands as c
from atelier.domain.values import Actor, Role
from atelier.journal.folder import JournalFolder
from atelier.service.operation_filter import OperationFilter
from atelier.service.service import Service
from tests.support.setups import a_setup

DESK = Actor(Role.FACILITATOR, "key-1")
ACTS, NOW = 20, 1_782_345_600_000


@given(st.sets(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=50))
def test_what_was_taken_in_is_never_denied(keys):
    found = OperationFilter()
    for key in keys:
        found.add(key)
    assert all(key in found for key in keys)


def test_of_fifty_thousand_few_are_mistaken():
    found = OperationFilter()
    for n in range(50_000):
        found.add(("person", f"op-{n}"))
    assert sum(("person", f"new-{n}") in found for n in range(10_000)) < 400


@pytest.fixture
def service(tmp_path, monkeypatch):
    monkeypatch.setattr("atelier.service.workshop.LATE_READER_FACTS", 3)
    service = Service(JournalFolder(tmp_path), lambda: NOW)
    yield service
    service.close()


def announce(service, code, n):
    return service.handle(code, c.Announce(text=f"Annonce {n}"), DESK, op(n))


def op(n):
    made = f"operation-{n:08d}"
    assert is_op(made)
    return made


@pytest.mark.parametrize("reopened", [False, True])
def test_repeats_of_any_age_are_known_and_new_acts_leave_the_disk_alone(service, reopened):
    code = service.create(a_setup(), DESK.id, lambda _: "hash")
    first = [announce(service, code, n) for n in range(ACTS)]
    if reopened:
        assert service.release(code)
    journal = service._room(code).journal
    asked, really = [], journal.accepted

    def accepted(*key):
        asked.append(key)
        return really(*key)

    journal.accepted = accepted
    first += [announce(service, code, n) for n in range(ACTS, 2 * ACTS)]
    assert asked == []
    before = service.read(code).position
    assert [announce(service, code, n) for n in range(2 * ACTS)] == first
    assert service.read(code).position == before
    assert len(asked) >= ACTS
