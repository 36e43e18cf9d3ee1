"""Every event goes to JSON and comes back; its stored name is not its class path."""

import json
from enum import StrEnum
from typing import get_type_hints

import pytest

from atelier.domain import limits
from atelier.domain.events import TYPES, WorkshopPrepared
from atelier.journal.codec import decode, encode
from tests.support.setups import a_setup


def example(kind):
    values: dict[str, object] = {}
    for name, hint in get_type_hints(kind).items():
        if name == "setup":
            values[name] = a_setup()
        elif hint == tuple[str, ...]:
            values[name] = ("alice", "« é » 👩‍💻")
        elif issubclass(hint, StrEnum):
            values[name] = list(hint)[-1]
        else:
            values[name] = 3 if hint is int else "« é » 👩‍💻"
    return kind(**values)


@pytest.mark.parametrize("name", TYPES)
def test_every_event_survives_the_journey(name):
    event = example(TYPES[name])
    stored, version, data = encode(event)
    assert (stored, version) == (name, 1)
    assert decode(stored, version, data) == event


def test_a_wrong_type_in_the_file_is_noticed():
    name, version, data = encode(example(TYPES["action.placed"]))
    broken = json.dumps(json.loads(data) | {"fs": "50"})
    with pytest.raises(TypeError):
        decode(name, version, broken)


def test_a_setup_of_before_anybody_asked_how_many_expects_the_default():
    name, version, data = encode(WorkshopPrepared(setup=a_setup()))
    plain = json.loads(data)
    del plain["setup"]["expected"]
    event = decode(name, version, json.dumps(plain))
    assert isinstance(event, WorkshopPrepared)
    assert event.setup.expected == limits.EXPECTED_DEFAULT
