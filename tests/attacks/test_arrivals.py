"""Whoever reads the code on the wall can send false arrivals: the room gets its places back, and works meanwhile."""

import http
import json
import secrets
import time

import pytest
from bs4 import BeautifulSoup

from atelier import limits
from atelier.domain.limits import PARTICIPANTS
from tests.support.arriving import AT_ONCE, flood
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path):
    running = RunningServer(tmp_path).start()
    yield running
    running.stop()


def prepared(server, expected):
    desk = Browser(server.base)
    code = desk.post("/preparer", {"expected": expected})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    nadia = Browser(server.base)
    nadia.join(code, "cn", 1, "Nadia")
    place(nadia, code, 50)
    return desk, code, nadia


def place(phone, code, reach):
    return phone.act(code, "place-action", group=1, action="orienter", fs=reach, cn=reach)


def ask(phone, code):
    """Ask once to come in; return the status and what is said."""
    fields = {"command": "join", "op": secrets.token_hex(16), "trade": "fs", "group": 2}
    status, _, body = phone.post(f"/a/{code}/actes", fields, "application/json")
    return status, json.loads(body)


def newcomer(server, code):
    phone = Browser(server.base)
    phone.get(f"/r/{code}")
    return phone


def shown(desk, code, selector):
    found = BeautifulSoup(desk.get(f"/animer/{code}"), "lxml").select_one(selector)
    assert found is not None
    return found


def people(desk, code):
    return shown(desk, code, "#desk-arrivals strong").get_text().replace("\u00a0", " ")


def test_fifteen_hundred_false_arrivals_leave_with_one_press_and_a_real_person_comes_in(server):
    desk, code, nadia = prepared(server, PARTICIPANTS)
    answers = flood(server, code, PARTICIPANTS)
    assert answers == {http.HTTPStatus.OK: PARTICIPANTS - 1, http.HTTPStatus.CONFLICT: 1}
    real = newcomer(server, code)
    assert ask(real, code)[1]["refusal"] == "workshop-full"

    desk.act(code, "set-entrance", entrance="closed")
    assert flood(server, code, 2 * AT_ONCE) == {http.HTTPStatus.CONFLICT: 2 * AT_ONCE}
    desk.act(code, "remove-idle", op="operation-of-sweeping")
    assert people(desk, code) == "1 personne"
    assert ask(real, code)[1]["refusal"] == "entrance-closed"
    place(nadia, code, 100)

    desk.act(code, "set-entrance", entrance="paced")
    assert ask(real, code)[0] == http.HTTPStatus.OK
    assert people(desk, code) == "2 personnes"
    # Swept by mistake: they would all be back, were there places for all of them.
    status, _, body = desk.post(
        f"/a/{code}/actes",
        {"command": "put-back", "op": secrets.token_hex(16), "removal": "people-operation-of-sweeping"},
        "application/json",
    )
    assert (status, json.loads(body)["refusal"]) == (http.HTTPStatus.CONFLICT, "workshop-full")


def test_a_crowd_that_nobody_expected_fills_the_room_slowly_while_the_desk_is_told(server):
    desk, code, nadia = prepared(server, 10)
    began = time.monotonic()
    answers = flood(server, code, 200)
    took = time.monotonic() - began
    in_at_once = limits.CROWD_TIMES * 10 + AT_ONCE + limits.NEWCOMERS_AT_ONCE
    assert answers[http.HTTPStatus.OK] <= in_at_once + limits.NEWCOMERS_PER_S * took + 1
    assert answers[http.HTTPStatus.TOO_MANY_REQUESTS] == 200 - answers[http.HTTPStatus.OK]
    place(nadia, code, 100)
    strip = shown(desk, code, "#desk-crowd-strip")
    assert "hidden" not in strip.attrs
    assert "téléphones attendent" in strip.get_text()
    desk.act(code, "set-entrance", entrance="free")
    assert ask(newcomer(server, code), code)[0] == http.HTTPStatus.OK
