"""An act is the same act by POST and over an open socket: same shape, limits, rights, words, and once in all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier import limits
from atelier.service.service import Service, StorageFailed
from tests.support.visitors import Browser, next_op

WAYS = ("post", "socket")


class Phone(Browser):
    """A participant's browser with its page open."""

    def __init__(self, program, code, group=1):
        super().__init__(program.app)
        self.join(code, group=group)
        auth = {"code": code, "audience": "phone", "group": group}
        self.socket = program.socketio.test_client(program.app, flask_test_client=self.client, auth=auth)
        self.code = code

    def send(self, way, form, version=None):
        """Send a form by `way`; return status and body."""
        if way == "socket":
            told = [form] if version is None else [form, version]
            answer = self.socket.emit("phone:act", *told, callback=True)
            return answer["status"], answer["body"]
        query = {} if version is None else {"version": version}
        path = f"/a/{self.code}/actes"
        answer = self.client.post(path, data=form, query_string=query, headers={"Accept": "application/json"})
        return answer.status_code, answer.get_json()


def an_act(command="post-initiative", **fields):
    usual = {"group": "1", "action": "orienter", "text": "Se voir chaque mois"}
    fields = usual | fields if command == "post-initiative" else fields
    return {"command": command, "op": next_op(), **fields}


@pytest.fixture
def code(desk):
    code = desk.prepare(title="Essai", place="Épinal")
    desk.act(code, "open-phase", phase="articulations")
    return code


@pytest.fixture
def phone(paced, code):
    return Phone(paced, code)


@pytest.fixture
def program(paced):
    return paced


def written(program, code):
    return program.service.read(code).position.seq


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), [WAYS, WAYS[::-1], ("socket", "socket")])
def test_an_act_repeated_by_whichever_way_counts_once(program, phone, first, second):
    form = an_act()
    status, body = phone.send(first, form)
    assert (status, set(body)) == (200, {"seq", "head"})
    assert phone.send(second, form) == (200, body)
    assert written(program, phone.code) == body["seq"]


WRONG = {
    "no command": {"op": next_op()},
    "an unknown command": an_act("dance"),
    "a command with an address of its own": an_act("issue-key"),
    "no operation id": an_act() | {"op": "x"},
    "a field too few": {"command": "place-action", "op": next_op(), "group": "1"},
    "a field too many": an_act() | {"colour": "red"},
    "a number in words": an_act(group="un"),
}
REFUSED = {
    "another group": (an_act(group="2"), 403),
    "for facilitators": (an_act("announce", text="Ici"), 403),
    "no text": (an_act(text=" "), 422),
    "a text too long": (an_act(text="x" * 281), 422),
    "a text that nobody can read": (an_act(text="a\0b"), 422),
    "an unknown action": (an_act(action="danser"), 409),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", [*WRONG, *REFUSED])
def test_what_is_refused_is_refused_in_the_same_words(program, phone, what):
    form, status = (WRONG[what], 400) if what in WRONG else REFUSED[what]
    before = written(program, phone.code)
    by_post, by_socket = (phone.send(way, form) for way in WAYS)
    assert by_post == by_socket
    assert (by_post[0], written(program, phone.code)) == (status, before)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_page_of_another_version_may_say_more(phone, way):
    assert phone.send(way, an_act() | {"colour": "red"}, "-")[0] == 200


def test_both_ways_share_one_pace(phone, clock):
    clock.now += 60
    for n in range(limits.WRITES_AT_ONCE):
        assert phone.send(WAYS[n % 2], an_act(text=f"{n}"))[0] == 200
    told = [phone.send(way, an_act()) for way in WAYS]
    assert [status for status, _ in told] == [429, 429]
    assert told[0] == told[1]
    clock.now += told[0][1]["retry_after_ms"] / 1000
    assert phone.send("socket", an_act())[0] == 200


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_who_was_taken_out_writes_nothing_over_what_is_still_open(program, desk, phone, way):
    (person,) = program.service.read(phone.code).state.people
    desk.act(phone.code, "erase-participant", participant=person)
    before = written(program, phone.code)
    status, _ = phone.send(way, an_act())
    assert (status, written(program, phone.code)) == (403 if way == "post" else 503, before)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_who_sits_elsewhere_now_writes_there_only(program, desk, phone, way):
    (person,) = program.service.read(phone.code).state.people
    desk.act(phone.code, "change-group", participant=person, to_group=2)
    assert phone.send(way, an_act())[0] in (403, 503)


def test_after_the_close_both_say_so(desk, phone):
    desk.act(phone.code, "close-workshop")
    by_post, by_socket = (phone.send(way, an_act()) for way in WAYS)
    assert by_post == by_socket
    assert by_post[1]["refusal"] == "workshop-closed"


def test_a_disk_that_takes_nothing_is_told_by_both(phone, monkeypatch):
    def full(*_):
        raise StorageFailed("full")

    monkeypatch.setattr(Service, "handle", full)
    by_post, by_socket = (phone.send(way, an_act()) for way in WAYS)
    assert by_post == by_socket
    assert by_post[0] == 503


def test_half_a_character_is_replaced_as_browsers_do_in_forms(program, phone):
    assert phone.send("socket", an_act(text="coupé \ud83d"))[0] == 200
    texts = [
        each.text
        for each in program.service.read(phone.code).state.group(1).lines["orienter"].initiatives.values()
    ]
    assert texts == ["coupé \ufffd"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FORMS = ANYTHING | st.dictionaries(
    st.sampled_from(["command", "op", "group", "action", "text", "back", "on"]),
    ANYTHING | st.sampled_from(["place-action", "say-ready", "undo-last", "orienter", "1", "x" * 20]),
)


@pytest.mark.slow
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(form=FORMS, version=ANYTHING)
def test_whatever_is_said_gets_an_answer(phone, clock, form, version):
    clock.now += 10
    status, body = phone.send("socket", form, version)
    assert status in (200, 400, 403, 404, 409, 422)
    assert isinstance(body, dict)
