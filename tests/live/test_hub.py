"""The hub and the sockets: who hears what, and that a reader who missed something ends up the same."""

import threading
from types import SimpleNamespace

import pytest

from atelier.live.regions import Kind
from atelier.service.service import Position
from tests.support.listening import all_heard, connected, heard, listen, phone, place, quiet, settle
from tests.support.waiting import wait_until


def test_a_change_is_heard_by_its_group_the_wall_and_the_desk_and_by_no_other_group(program, desk, code):
    writer, other = phone(program, code, 1), phone(program, code, 2)
    near, far = listen(program, writer, code, "phone", 1), listen(program, other, code, "phone", 2)
    wall, animate = listen(program, desk, code, "wall"), listen(program, desk, code, "desk")
    settle(program, near, far, wall, animate)
    answer = place(writer, code, 1, 75)
    for client in (near, wall, animate):
        message = heard(client)[-1]
        assert message["to"] == answer["seq"]
        assert [1, "orienter", 75, 50, "placed", 0] in [list(bar) for bar in message["bars"]]
    assert not any(message.get("bars") for message in all_heard(program, far))


def test_a_desk_that_connects_is_told_the_network_cards_which_no_position_tells(program, desk, code):
    animate, wall = listen(program, desk, code, "desk"), listen(program, desk, code, "wall")
    assert 'id="desk-network"' in "".join(str(each.get("html")) for each in heard(animate))
    assert 'id="wall-footer"' in "".join(str(each.get("html")) for each in heard(wall))


def test_messages_of_a_room_follow_each_other_without_a_gap(program, desk, code):
    writer = phone(program, code, 1)
    client = listen(program, writer, code, "phone", 1)
    settle(program, client)
    before = program.service.read(code).position.seq
    for n in range(20):  # as many as one person may at once
        place(writer, code, 1, n * 5)
    position = before
    for message in all_heard(program, client):
        assert message["from"] <= position
        position = message["to"]
    assert position == program.service.read(code).position.seq


def test_a_reader_that_missed_everything_catches_up_to_the_same_bars(program, desk, code):
    writer = phone(program, code, 1)
    start = program.service.read(code).position
    for n in range(3):
        place(writer, code, 1, n * 25)
    caught = writer.get(f"/a/{code}/depuis?audience=phone&group=1&seq={start.seq}&head={start.head}").json
    assert caught["known"]
    assert [1, "orienter", 50, 50, "placed", 0] in caught["bars"]
    assert caught["to"] == program.service.read(code).position.seq


def test_a_position_that_the_journal_never_held_gets_everything(program, desk, code):
    reader = phone(program, code, 1)
    told = reader.get(f"/a/{code}/depuis?audience=phone&group=1&seq=3&head=another").json
    assert not told["known"]
    assert len(told["bars"]) >= 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("audience", "group"), [("desk", 0), ("wall", 0), ("phone", 2), ("phone", 99), ("x", 1)]
)
def test_nobody_listens_to_what_is_not_theirs(program, desk, code, audience, group):
    stranger = phone(program, code, 1)
    assert not listen(program, stranger, code, audience, group).is_connected()


@pytest.mark.slow
@pytest.mark.parametrize(
    "auth", [None, "x", {}, {"code": 1, "audience": "phone", "group": 1}, {"code": "ABC234"}]
)
def test_a_socket_without_a_proper_introduction_is_refused(program, desk, code, auth):
    client = program.socketio.test_client(program.app, flask_test_client=desk.client, auth=auth)
    assert not client.is_connected()


def test_presence_is_counted_and_told_to_the_desk(program, desk, code):
    watcher = listen(program, desk, code, "desk")
    one = phone(program, code, 1)
    settle(program, watcher)
    client = listen(program, one, code, "phone", 1)
    assert heard(watcher)
    assert connected(program, code) == {1: 1}
    client.disconnect()
    assert connected(program, code) == {}


def test_the_desk_hears_of_a_first_act_and_is_not_told_again_at_each(program, desk, code):
    """« Retirer ceux qui n’ont rien fait » counts one less; a busy room does not redraw it at every act."""
    writer = phone(program, code, 1)
    animate = listen(program, desk, code, "desk")
    settle(program, animate)
    told = []
    for fs in (75, 60):
        answer = place(writer, code, 1, fs)
        messages = heard(animate)
        assert messages[-1]["to"] == answer["seq"]
        told.append("desk-idle-people" in "".join(each.get("html", "") for each in messages))
    assert told == [True, False]


def test_two_tabs_are_one_person_and_what_a_phone_holds_is_told(program, desk, code):
    one = phone(program, code, 1)
    tabs = [listen(program, one, code, "phone", 1) for _ in range(2)]
    watcher = listen(program, desk, code, "desk")
    settle(program, watcher)
    assert connected(program, code) == {1: 1}
    tabs[0].emit("phone:holding", {"count": 3})
    assert "3\u00a0envois" in heard(watcher)[-1]["html"]
    for nonsense in (None, {"count": -1}, {"count": "3"}, {"count": 10**9}, [3]):
        tabs[1].emit("phone:holding", nonsense)
    assert list(program.app.extensions["atelier"].people(code).values()) == [3]
    tabs[0].disconnect()
    assert list(program.app.extensions["atelier"].people(code).values()) == [0]


def test_a_workshop_that_nobody_watches_costs_the_hub_nothing(program, desk, code):
    client = listen(program, phone(program, code, 1), code, "phone", 1)
    assert program.hub.watched() == [code]
    client.disconnect()
    wait_until(lambda: not program.hub._workshops and not program.hub._readers, 60, "still watched")
    again = listen(program, writer := phone(program, code, 1), code, "phone", 1)
    settle(program, again)
    answer = place(writer, code, 1, 75)
    assert heard(again)[-1]["to"] == answer["seq"]


def first_heard(program, browser, code, group, position, audience="phone"):
    """What a reader hears on connection, when it says where its page is and others have been told all."""
    quiet(program)
    auth = {"code": code, "audience": audience, "group": group, "seq": position.seq, "head": position.head}
    client = program.socketio.test_client(program.app, flask_test_client=browser.client, auth=auth)
    return [(each["name"], each["args"][0]) for each in client.get_received()[:2]]


def test_a_phone_that_missed_arrivals_only_is_taken_along(program, desk, code):
    reader = phone(program, code, 1)
    then = program.service.read(code).position
    for group in (1, 2, 3):
        phone(program, code, group)
    now = program.service.read(code).position
    assert first_heard(program, reader, code, 1, then) == [
        ("workshop:position", {"seq": then.seq, "head": then.head}),
        ("workshop:changed", {"from": then.seq, "to": now.seq, "head": now.head}),
    ]


def test_who_missed_more_than_arrivals_is_told_where_the_journal_is(program, desk, code):
    reader = phone(program, code, 1)
    then = program.service.read(code).position
    place(phone(program, code, 1), code, 1, 75)
    now = program.service.read(code).position
    told = ("workshop:position", {"seq": now.seq, "head": now.head})
    assert first_heard(program, reader, code, 1, then)[0] == told
    assert first_heard(program, reader, code, 1, now)[0] == told
    assert first_heard(program, desk, code, 0, then, "desk")[0] == told


def test_who_missed_what_another_table_did_is_taken_along(program, code):
    reader = phone(program, code, 1)
    then = program.service.read(code).position
    place(phone(program, code, 2), code, 2, 75)
    now = program.service.read(code).position
    position, changed = first_heard(program, reader, code, 1, then)
    assert position == ("workshop:position", {"seq": then.seq, "head": then.head})
    assert changed == ("workshop:changed", {"from": then.seq, "to": now.seq, "head": now.head})


@pytest.mark.slow
@pytest.mark.parametrize(
    "elsewhere", [Position(3, "another"), Position(10**9, "x"), Position(-1, ""), Position(0, "")]
)
def test_who_is_where_the_journal_never_was_is_told_where_it_is(program, desk, code, elsewhere):
    reader = phone(program, code, 1)
    now = program.service.read(code).position
    told = ("workshop:position", {"seq": now.seq, "head": now.head})
    assert first_heard(program, reader, code, 1, elsewhere)[0] == told


def test_a_room_that_asks_as_one_gets_one_drawing_and_the_time_of_each(program, desk, code):
    reader, other = phone(program, code, 1), phone(program, code, 1)
    desk.act(code, "start-clock", seconds=600)
    start = program.service.read(code).position
    place(reader, code, 1, 75)
    ask = f"/a/{code}/depuis?audience=phone&group=1&seq={start.seq}&head={start.head}"
    first, second = reader.get(ask).json, other.get(ask).json
    assert first.pop("clock")["remaining"] >= second.pop("clock")["remaining"] > 0
    assert first == second
    place(reader, code, 1, 25)
    third = other.get(ask).json
    assert third["bars"] == [[1, "orienter", 25, 50, "placed", 0]]


def test_a_screen_leaves_a_workshop_that_was_erased_meanwhile(program, code):
    writer = phone(program, code, 1)
    client = listen(program, writer, code, "phone", 1)
    settle(program, client)
    program.service.erase(code)
    program.hub.erased(code)
    client.disconnect()
    assert program.hub.watched() == []


def test_every_screen_of_an_erased_workshop_is_told_and_no_other(program, desk, code):
    writer, elsewhere = phone(program, code, 1), desk.prepare()
    screens = [listen(program, writer, code, "phone", 1), listen(program, desk, code, "wall")]
    other = listen(program, desk, elsewhere, "wall")
    settle(program, *screens, other)
    desk.act(code, "close-workshop")
    desk.post(f"/animer/{code}/effacer", {"code": code}, 200)
    for screen in screens:
        assert heard(screen, wanted="workshop:erased") == [{}]
    assert all_heard(program, other, "workshop:erased") == []


def test_a_workshop_that_opens_slowly_holds_up_no_other(program, desk, code):
    reader = phone(program, code, 1)
    listen(program, reader, code, "phone", 1)
    hub, read = program.hub, program.service.read
    begun, opening = threading.Event(), threading.Event()
    with hub._wake:
        hub._workshops.clear()

    def slow(wanted):
        begun.set()
        assert opening.wait(60)
        return read(wanted)

    hub._service = SimpleNamespace(read=slow)
    waiting = threading.Thread(target=lambda: hub.touch(code, Kind.PEOPLE))
    waiting.start()
    assert begun.wait(60)
    assert hub._wake.acquire(timeout=60), "the lock of all workshops is held while a file opens"
    hub._wake.release()
    opening.set()
    waiting.join(60)
    assert code in hub._workshops
