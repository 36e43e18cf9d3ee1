"""An arm while it is pulled: who sees it, how often, and that nothing of it is kept."""

import pytest

from atelier.limits import PREVIEW_WINDOW_S, PREVIEWS_PER_S
from atelier.live.previews import Previews, Pull, drop_in, pull_in
from atelier.web.screens.wall.page import shows_arms
from tests.support.listening import all_heard, heard, listen, phone, place, settle
from tests.support.waiting import wait_until

TURN_S = 1 / PREVIEWS_PER_S
PREVIEWED = "bar:previewed"


# --- pace and folding, with a clock of ours


class Heard:
    """What was sent, and to which room."""

    def __init__(self):
        self.sent = []

    def __call__(self, name, body, room):
        assert name == PREVIEWED
        self.sent.append((room, body["bars"]))

    def taken(self):
        taken, self.sent = self.sent, []
        return taken


@pytest.fixture
def sent():
    return Heard()


@pytest.fixture
def previews(sent):
    return Previews(lambda code: False, sent)


def test_the_first_place_is_shown_at_once_and_the_last_one_always(previews, sent):
    previews.pulled("A", "nadia", 1, Pull("orienter", 5, 0))
    previews.flush(100.0)
    assert sent.taken() == [("A/phone/1", [[1, "orienter", 5, 0]])]
    for fs in (10, 15, 20):
        previews.pulled("A", "nadia", 1, Pull("orienter", fs, 0))
        previews.flush(100.0 + TURN_S - 0.001)
    assert sent.taken() == []
    previews.flush(100.0 + TURN_S)
    assert sent.taken() == [("A/phone/1", [[1, "orienter", 20, 0]])]


def test_nobody_is_shown_more_often_than_promised_however_fast_they_tell(previews, sent):
    for millisecond in range(0, 1000, 4):
        previews.pulled("A", "nadia", 1, Pull("orienter", millisecond % 20 * 5, 0))
        previews.flush(millisecond / 1000)
    assert len(sent.taken()) == PREVIEWS_PER_S


def test_several_people_who_pull_make_one_message_an_audience_and_a_window(previews, sent):
    previews.pulled("A", "nadia", 1, Pull("orienter", 5, 0))
    previews.flush(100.0)
    sent.taken()
    previews.pulled("A", "paul", 1, Pull("former", 0, 5))
    previews.pulled("A", "lina", 1, Pull("relayer", 5, 5))
    previews.pulled("A", "aicha", 2, Pull("former", 50, 5))
    previews.flush(100.0 + PREVIEW_WINDOW_S / 2)
    assert sent.taken() == []
    previews.flush(100.0 + PREVIEW_WINDOW_S)
    assert dict(sent.taken()) == {
        "A/phone/1": [[1, "former", 0, 5], [1, "relayer", 5, 5]],
        "A/phone/2": [[2, "former", 50, 5]],
    }


def test_another_workshop_does_not_wait_for_the_window_of_this_one(previews, sent):
    previews.pulled("A", "nadia", 1, Pull("orienter", 5, 0))
    previews.flush(100.0)
    previews.pulled("B", "paul", 1, Pull("orienter", 5, 0))
    previews.flush(100.001)
    assert [room for room, _ in sent.taken()] == ["A/phone/1", "B/phone/1"]


def test_a_pull_that_ends_for_nothing_is_told_with_what_else_waits(previews, sent):
    previews.pulled("A", "nadia", 1, Pull("orienter", 5, 0))
    previews.flush(100.0)
    sent.taken()
    previews.pulled("A", "nadia", 1, Pull("orienter", dropped=True))
    previews.pulled("A", "nadia", 1, Pull("former", 25, 0))
    previews.flush(100.0 + TURN_S)
    assert sent.taken() == [("A/phone/1", [[1, "orienter"], [1, "former", 25, 0]])]


def test_hands_that_rest_are_forgotten(previews, sent):
    for n in range(50):
        previews.pulled("A", f"person-{n}", 1, Pull("orienter", 5, 0))
    previews.flush(100.0)
    previews.pulled("B", "paul", 1, Pull("orienter", 5, 0))
    previews.flush(101.0)
    assert set(previews._workshops) == {"B"}


@pytest.mark.parametrize(
    "told", [None, [], "x", {}, {"action": 1, "fs": 5, "cn": 5}, {"action": None}, {"fs": 5, "cn": 5}]
)
def test_what_names_no_action_is_neither_a_pull_nor_the_end_of_one(told):
    assert pull_in(told) is None
    assert drop_in(told) is None


def test_an_arm_that_nobody_answered_stays_so_while_the_other_is_pulled():
    pull = pull_in({"action": "orienter", "fs": None, "cn": 5})
    assert pull is not None
    assert pull.told(1) == [1, "orienter", None, 5]
    assert pull_in({"action": "orienter", "fs": None, "cn": None}) is None


@pytest.mark.parametrize("fs", [5.0, True, "5", [5]])
def test_a_reach_that_is_no_number_is_no_pull(fs):
    assert pull_in({"action": "orienter", "fs": fs, "cn": 5}) is None
    assert pull_in({"action": "orienter", "fs": 5, "cn": fs}) is None


# --- real sockets


def pull(client, action="orienter", fs=40, cn=10):
    client.emit("bar:pulled", {"action": action, "fs": fs, "cn": cn})


def previewed(client):
    return heard(client, PREVIEWED)


def all_previewed(program, client):
    return all_heard(program, client, PREVIEWED)


@pytest.fixture
def room(program, desk, code):
    """Two phones of group 1 and one of group 2, the wall on the overview, the desk."""
    desk.act(code, "show-on-wall", scene="overview")
    people = [phone(program, code, group) for group in (1, 1, 2)]
    clients = [
        listen(program, who, code, "phone", group) for who, group in zip(people, (1, 1, 2), strict=True)
    ]
    clients += [listen(program, desk, code, audience) for audience in ("wall", "desk")]
    settle(program, *clients)
    return people, clients


def test_a_pull_is_seen_by_its_table_and_the_wall_and_the_journal_knows_nothing_of_it(program, code, room):
    _, (puller, neighbour, other, wall, desk) = room
    before = program.service.read(code).position
    pull(puller)
    for client in (neighbour, wall):
        assert previewed(client) == [{"bars": [[1, "orienter", 40, 10]]}]
    assert all_previewed(program, other) == all_previewed(program, desk) == []
    assert program.service.read(code).position == before
    puller.emit("bar:dropped", {"action": "orienter"})
    for client in (neighbour, wall):
        assert previewed(client) == [{"bars": [[1, "orienter"]]}]
    assert program.service.read(code).position == before


def test_what_is_not_a_place_on_the_sheet_is_not_passed_on(program, room):
    _, (puller, neighbour, *_) = room
    pull(puller, action="inconnue")
    pull(puller, action="libre-1")
    pull(puller, fs=41)
    pull(puller, cn=-5)
    pull(puller, cn=105)
    puller.emit("bar:pulled", {"action": "orienter", "fs": 10**40, "cn": 0})
    puller.emit("bar:dropped", {"action": "inconnue"})
    assert all_previewed(program, neighbour) == []


@pytest.mark.slow
def test_only_where_and_when_placing_is_allowed(program, desk, code, room):
    people, (puller, neighbour, *_) = room
    desk.act(code, "open-phase", phase="report-back")
    pull(puller)
    assert all_previewed(program, neighbour) == []
    desk.act(code, "open-phase", phase="articulations")
    people[0].act(code, "change-group", participant=person_of(program, code, 0), to_group=2)
    pull(puller)
    assert all_previewed(program, neighbour) == []
    people[0].act(code, "change-group", participant=person_of(program, code, 0), to_group=1)
    puller = listen(program, people[0], code, "phone", 1)  # the connection ended with the move
    desk.act(code, "close-workshop")
    pull(puller)
    assert all_previewed(program, neighbour) == []
    desk.act(code, "reopen-workshop")
    pull(puller)
    assert previewed(neighbour)


def person_of(program, code, n):
    return list(program.service.read(code).state.people)[n]


def test_a_facilitator_who_writes_for_a_table_is_seen_there(program, desk, code, room):
    _, (_, neighbour, other, wall, _) = room
    writing = listen(program, desk, code, "phone", 2)
    pull(writing)
    assert previewed(other) == previewed(wall) == [{"bars": [[2, "orienter", 40, 10]]}]
    assert all_previewed(program, neighbour) == []


def test_walls_and_desks_pull_nothing(program, room):
    _, (_, neighbour, _, wall, desk) = room
    pull(wall)
    pull(desk)
    assert all_previewed(program, neighbour) == []


def test_a_wall_is_told_only_while_it_shows_arms(program, desk, code, room):
    _, (puller, neighbour, _, wall, _) = room
    desk.act(code, "set-arms-discreet", on=1)
    assert not shows_arms(program.service.read(code).state)
    pull(puller)
    assert previewed(neighbour)
    assert all_previewed(program, wall) == []
    desk.act(code, "set-arms-discreet", on=0)
    desk.act(code, "show-on-wall", scene="decisions")
    pull(puller, fs=45)
    assert previewed(neighbour)
    assert all_previewed(program, wall) == []


def test_eight_a_second_at_most_of_one_person_with_two_tabs(program, code, room):
    people, (puller, neighbour, *_) = room
    second = listen(program, people[0], code, "phone", 1)
    program.previews.stop()  # this test says when it is
    for millisecond in range(0, 1_000, 10):
        pull((puller, second)[millisecond // 10 % 2], fs=millisecond // 10 % 20 * 5)
        program.previews.flush(millisecond / 1000)
    pull(puller, fs=100)
    program.previews.flush(2.0)
    messages = all_previewed(program, neighbour)
    assert len(messages) == PREVIEWS_PER_S + 1
    assert messages[-1] == {"bars": [[1, "orienter", 100, 10]]}


@pytest.mark.slow
def test_a_placement_takes_away_what_waited_of_that_bar(program, code, room):
    people, (puller, neighbour, *_) = room
    told: list[dict[str, object]] = []

    def hears(name, about=""):
        told.extend(each for each in neighbour.get_received() if each["name"] != "server:beat")
        return any(each["name"] == name and about in str(each["args"]) for each in told)

    pull(puller, fs=40)
    wait_until(lambda: hears(PREVIEWED), 60, "no preview")
    pull(puller, fs=45)
    place(people[0], code, 1, 50)
    wait_until(lambda: hears("workshop:changed"), 60, "no change")
    # What is told after it would have come after what waited.
    pull(puller, action="former", fs=10)
    wait_until(lambda: hears(PREVIEWED, "former"), 60, "no other preview")
    after = told[[each["name"] for each in told].index("workshop:changed") + 1 :]
    assert [each for each in after if each["name"] == PREVIEWED and "orienter" in str(each["args"])] == []
