"""Whoever may hear a fact no more has left before it is told, whatever comes between: held in its exact moments."""

import threading
from typing import Any

import pytest

from atelier.live.hub import Audience
from atelier.live.regions import Kind
from atelier.web import live_adapter
from tests.support.listening import connected, heard, listen, phone, place, settle
from tests.support.waiting import wait_until


@pytest.fixture
def reader(program, code):
    """Somebody at table 1."""
    return phone(program, code, 1)


def person(program, code):
    return next(iter(program.service.read(code).state.people))


def rooms(program, code, audience):
    manager = program.socketio.server.manager
    return [sid for sid, _ in manager.get_participants("/", audience.room(code))]


def move(desk, program, code):
    desk.act(code, "change-group", participant=person(program, code), to_group=2)


@pytest.mark.slow
def test_the_room_is_left_before_the_hub_hears_of_the_fact(program, desk, code, reader, monkeypatch):
    listen(program, reader, code, "phone", 1)
    assert len(rooms(program, code, Audience("phone", 1))) == 1
    ring: Any = program.hub.ring
    there: list[str] = []

    def ring_and_look(*told):
        there.extend(rooms(program, code, Audience("phone", 1)))
        ring(*told)

    monkeypatch.setattr(program.hub, "ring", ring_and_look)
    move(desk, program, code)
    assert there == []
    assert connected(program, code) == {}


def test_a_right_that_ends_while_a_seat_is_given_gives_none(program, desk, code, reader, monkeypatch):
    seat_of = live_adapter.seat_of

    def slowly(*asked):
        seat = seat_of(*asked)
        move(desk, program, code)
        return seat

    monkeypatch.setattr(live_adapter, "seat_of", slowly)
    assert not listen(program, reader, code, "phone", 1).is_connected()
    assert rooms(program, code, Audience("phone", 1)) == []
    assert connected(program, code) == {}
    assert program.hub.watched() == []


def test_nothing_is_drawn_of_a_fact_whose_bells_still_wait(program, desk, code, reader, monkeypatch):
    """Presence is drawn from the newest state, which may be ahead of what the bells have rung for."""
    listen(program, reader, code, "phone", 1)
    with monkeypatch.context() as patch:
        patch.setattr(program.service, "_published", lambda *_: None)
        patch.setattr(program.service._committer, "_published", lambda *_: None)
        move(desk, program, code)
    assert len(rooms(program, code, Audience("phone", 1))) == 1
    program.hub._workshops.clear()
    program.hub.touch(code, Kind.PEOPLE)
    assert rooms(program, code, Audience("phone", 1)) == []


def test_a_page_that_is_turned_away_is_told_where_the_journal_is_so_that_it_asks(
    program, desk, code, reader, monkeypatch
):
    # Greenlets have no turn in a test: a thread says goodbye.
    monkeypatch.setattr(
        program.socketio, "start_background_task", lambda work: threading.Thread(target=work).start()
    )
    client = listen(program, reader, code, "phone", 1)
    settle(program, client)
    move(desk, program, code)
    position = program.service.read(code).position
    wait_until(lambda: not client.is_connected(), 60, "still connected")
    told = [each["args"] for each in client.queue if each["name"] != "server:beat"]
    assert told == [[{"seq": position.seq, "head": position.head}]]
    told = reader.get(f"/a/{code}/depuis?audience=phone&group=1&seq={position.seq}&head={position.head}", 403)
    assert told.json == {"known": True, "group": 2}


def test_a_facilitator_who_also_sits_there_keeps_the_page_and_is_counted_no_more(program, desk, code):
    desk.join(code)
    client = listen(program, desk, code, "phone", 1)
    assert connected(program, code) == {1: 1}
    move(desk, program, code)
    assert connected(program, code) == {}
    settle(program, client)
    place(phone(program, code, 1), code, 1, 75)
    assert heard(client)
