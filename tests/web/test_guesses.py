"""Guessing is slowed down; whoever holds a seat, a desk or a wall never notices, and a right QR code lets people in."""

import pytest

from atelier import limits
from atelier.access.ratelimit import TooMany
from atelier.web.http.client_address import network_of
from tests.support.visitors import BASE, Browser

ROOM = "203.0.113.7"
ELSEWHERE = "198.51.100.9"


@pytest.fixture
def desk(paced):
    return Browser(paced.app)


@pytest.fixture
def full(paced, monkeypatch):
    """Every place to wait is taken: who must wait is refused."""

    def none_left(self, name):
        if self.pause_s(name):
            raise TooMany(2)

    monkeypatch.setattr("atelier.access.ratelimit.Brake.wait", none_left)


def guess(program, address, times):
    guesser = Browser(program.app, address)
    return [
        guesser.client.get(f"/r/ABC{n:03d}".replace("0", "2").replace("1", "3"), base_url=BASE)
        for n in range(times)
    ]


def in_debt(program, address):
    guess(program, address, 3 * limits.FAILURES_AT_ONCE)


def nobody_is_at_home(program):
    program.app.extensions["atelier"].guesses._at_home.clear()


@pytest.mark.slow
def test_wrong_codes_of_a_network_wait_longer_and_longer_up_to_a_bound(paced, clock):
    answers = guess(paced, ROOM, 3 * limits.FAILURES_AT_ONCE)
    assert {answer.status_code for answer in answers} == {404}
    assert clock.slept[0] < clock.slept[10] < clock.slept[20] < limits.FAILURE_PAUSE_S
    assert limits.FAILURE_PAUSE_S / 2 < clock.slept[-1] <= limits.FAILURE_PAUSE_S


def test_beyond_the_places_to_wait_they_are_refused_in_words_and_the_page_tries_again(paced, full):
    in_debt(paced, ROOM)
    answer = Browser(paced.app, ROOM).get("/r/ZZZZZZ", 429)
    assert "Trop d’essais" in answer.text
    assert answer.headers["Retry-After"] == answer.headers["Refresh"] == "2"


@pytest.mark.slow
def test_whoever_holds_a_seat_a_desk_or_a_wall_is_neither_refused_nor_slowed(paced, desk, full, clock):
    code = desk.prepare()
    desk.client.environ_base["REMOTE_ADDR"] = ROOM
    phone, wall = Browser(paced.app, ROOM), Browser(paced.app, ROOM)
    phone.join(code)
    wall.client.get(_wall_link(desk, code), base_url=BASE)
    in_debt(paced, ROOM)
    for browser, path in (
        (phone, f"/a/{code}"),
        (phone, f"/a/{code}/depuis?audience=phone&group=1&seq=0"),
        (phone, f"/a/{code}/connu"),
        (desk, f"/animer/{code}"),
        (wall, f"/ecran/{code}"),
    ):
        nobody_is_at_home(paced)  # the cookie alone must do
        browser.get(path)
    nobody_is_at_home(paced)
    desk.act(code, "open-phase", phase="articulations")
    nobody_is_at_home(paced)
    phone.act(code, "place-action", group=1, action="orienter", fs=50, cn=50)
    assert clock.slept == []


@pytest.mark.slow
def test_whoever_is_known_is_not_counted_either(paced, desk):
    code, phone = desk.prepare(), Browser(paced.app, ROOM)
    phone.join(code)
    link = _link(desk, code)
    desk.act(code, "close-workshop")
    for _ in range(limits.FAILURES_AT_ONCE + 1):
        phone.get(f"/a/{code}")
        phone.get(f"{link.partition('?')[0]}?cle=ancienne", 403)
    guess(paced, ELSEWHERE, limits.FAILURES_AT_ONCE + 1)
    codes = paced.app.extensions["atelier"].guesses._codes
    assert codes.pause_s(ROOM) == 0 < codes.pause_s(ELSEWHERE)


def test_a_newcomer_scans_the_right_code_while_somebody_at_that_address_guesses(paced, desk, full, clock):
    code = desk.prepare()
    Browser(paced.app, ROOM).join(code)
    in_debt(paced, ROOM)
    assert Browser(paced.app, ROOM).get(f"/r/{code}").status_code == 200
    assert Browser(paced.app, ROOM).get(f"/rejoindre?code={code}", 303)
    assert clock.slept == []


def test_where_nobody_is_in_the_workshop_yet_the_right_code_waits_with_the_wrong_ones(paced, desk, clock):
    code = desk.prepare()
    in_debt(paced, ELSEWHERE)
    clock.slept.clear()
    Browser(paced.app, ELSEWHERE).get(f"/r/{code}")
    assert len(clock.slept) == 1


@pytest.mark.slow
def test_all_networks_together_slow_wrong_codes_only_and_refuse_nobody(paced, desk, full, clock):
    code = desk.prepare()
    for n in range(limits.ALL_FAILURES_AT_ONCE // limits.FAILURES_AT_ONCE + 2):
        guess(paced, f"198.51.100.{n}", limits.FAILURES_AT_ONCE)
    newcomer = Browser(paced.app, ROOM)
    newcomer.join(code)
    newcomer.get(f"/a/{code}")
    newcomer.get("/r/ZZZZZZ", 404)


def test_networks_are_told_apart_and_a_slash_64_is_one(paced, desk, clock):
    in_debt(paced, "2001:db8:0:1::1")
    clock.slept.clear()
    for address in ("2001:db8:0:2::1", ROOM):
        Browser(paced.app, address).get("/r/ZZZZZZ", 404)
    assert clock.slept == []
    Browser(paced.app, "2001:db8:0:1:ffff::2").get("/r/ZZZZZZ", 404)
    assert clock.slept != []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_the_name_of_a_network(address, network):
    assert network_of(address) == network


def test_a_wrong_link_is_counted_like_a_wrong_code(paced, desk, clock):
    code, stranger = desk.prepare(), Browser(paced.app, ROOM)
    for _ in range(3 * limits.FAILURES_AT_ONCE):
        assert stranger.client.get(f"/animer/{code}?cle=faux", base_url=BASE).status_code == 403
    assert clock.slept != []
    clock.slept.clear()
    assert Browser(paced.app, ROOM).get(_link(desk, code), 303)
    assert clock.slept == []  # a right one cannot be guessed: it opens at once


def test_wrong_codes_to_return_of_one_browser_shut_nobody_else_out(paced, desk, full, clock):
    code = desk.prepare()
    guesser, other = Browser(paced.app, ROOM), Browser(paced.app, ROOM)
    for browser in (guesser, other):
        browser.get(f"/r/{code}")
    statuses = [_return(guesser, code) for _ in range(3 * limits.RETURNS_AT_ONCE)]
    assert set(statuses) == {422, 429}
    assert _return(other, code) == 422
    assert _return(_at_the_door(paced, code), code) == 422


@pytest.mark.slow
def test_codes_to_return_are_not_walked_by_a_browser_that_drops_its_cookie(paced, desk, clock):
    code = desk.prepare()
    for _ in range(2 * limits.NETWORK_RETURNS_AT_ONCE):
        browser = Browser(paced.app, ROOM)
        browser.get(f"/r/{code}")
        assert _return(browser, code) == 422
    assert clock.slept[-1] > limits.RETURN_PAUSE_S / 2
    clock.slept.clear()
    assert _return(_at_the_door(paced, code), code) == 422
    assert clock.slept == []


def _at_the_door(program, code):
    browser = Browser(program.app, ELSEWHERE)
    browser.get(f"/r/{code}")
    return browser


def _return(browser, code):
    answer = browser.client.post(
        f"/r/{code}/retour", data={"retour": "ABC-DEF"}, base_url=BASE, headers={"Origin": BASE}
    )
    return answer.status_code


def _link(desk, code):
    fields = desk.page(f"/animer/{code}/pret").find_all("input", readonly=True)
    return "/animer/" + fields[0]["value"].partition("/animer/")[2]


def _wall_link(desk, code):
    desk.post(f"/animer/{code}/cles", {"holder": "wall"})
    fields = desk.page(f"/animer/{code}/pret").find_all("input", readonly=True)
    return next(
        "/ecran/" + each["value"].partition("/ecran/")[2] for each in fields if "/ecran/" in each["value"]
    )


def test_a_strangers_socket_waits_too_and_is_turned_away_without_an_error(paced, desk, full, caplog):
    in_debt(paced, "")
    auth = {"code": "ZZZZZZ", "audience": "phone", "group": 1}
    client = paced.socketio.test_client(paced.app, auth=auth)
    assert not client.is_connected()
    assert caplog.records == []
