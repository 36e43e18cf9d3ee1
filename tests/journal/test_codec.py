"""Every event goes to JSON and comes back; its stored name is not its class path."""

import json
from dataclasses import replace

import pytest

from atelier.doctrines.loading import doctrine_of, load
from atelier.domain import limits
from atelier.domain.events import TYPES, ActionPlaced, WorkshopPrepared
from atelier.journal.codec import decode, encode
from tests.support.event_samples import example, samples
from tests.support.setups import a_setup


@pytest.mark.parametrize("name", TYPES)
def test_every_event_survives_the_journey(name):
    event = example(TYPES[name])
    stored, version, data = encode(event)
    assert (stored, version) == (name, 2 if name == "action.placed" else 1)
    assert decode(stored, version, data) == event


def test_every_kind_of_event_has_a_sample_that_opens_for_ever():
    stored = samples()
    missing = set(TYPES) - {name for name, *_ in stored}
    assert not missing, "run: python -m tests.support.event_samples"
    for name, version, data in stored:
        _, now, again = encode(decode(name, version, data))
        assert now > version or _still_in(json.loads(data), json.loads(again)), name


def _still_in(before, again):
    """Tell whether all that was stored is stored again; fields that came since have their defaults."""
    if isinstance(before, dict):
        return all(name in again and _still_in(value, again[name]) for name, value in before.items())
    if isinstance(before, list):
        return len(before) == len(again) and all(map(_still_in, before, again))
    return before == again


def test_a_wrong_type_in_the_file_is_noticed():
    name, version, data = encode(example(TYPES["action.placed"]))
    broken = json.dumps(json.loads(data) | {"fs": "50"})
    with pytest.raises(TypeError):
        decode(name, version, broken)


@pytest.mark.parametrize(
    ("fs", "cn", "unsure"), [(75, 0, ("cn",)), (0, 0, ("fs", "cn")), (75, 50, ()), (0, 5, ("fs",))]
)
def test_a_zero_of_before_may_be_no_answer(fs, cn, unsure):
    """Version 1 filled the arm that nobody had answered with 0, which was also « jamais »."""
    before = json.dumps({"group": 1, "action": "orienter", "fs": fs, "cn": cn})
    assert decode("action.placed", 1, before) == ActionPlaced(
        group=1, action="orienter", fs=fs, cn=cn, unsure=unsure
    )


def test_a_zero_of_today_is_an_answer_and_nothing_is_nothing():
    placed = ActionPlaced(group=1, action="orienter", fs=0, cn=None)
    assert decode(*encode(placed)) == placed


def test_the_doctrine_is_kept_as_it_read_when_the_workshop_was_prepared():
    prepared = WorkshopPrepared(setup=replace(a_setup(), words=load("articulation")))
    name, version, data = encode(prepared)
    assert decode(name, version, data) == prepared
    plain = json.loads(data)
    del plain["setup"]["words"]
    event = decode(name, version, json.dumps(plain))
    assert isinstance(event, WorkshopPrepared)
    assert doctrine_of(event.setup) == load(event.setup.doctrine)


def test_a_setup_of_before_anybody_asked_how_many_expects_the_default():
    name, version, data = encode(WorkshopPrepared(setup=a_setup()))
    plain = json.loads(data)
    del plain["setup"]["expected"]
    event = decode(name, version, json.dumps(plain))
    assert isinstance(event, WorkshopPrepared)
    assert event.setup.expected == limits.EXPECTED_DEFAULT
