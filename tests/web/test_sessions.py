"""The one cookie: recognised once it was verified, never believed otherwise; writing into it changes no other."""

import time

import itsdangerous.timed
import pytest
from flask.sessions import SecureCookieSessionInterface

from atelier.web.http import sessions
from tests.support.visitors import BASE, Browser


def opened(program, cookie):
    headers = {"Cookie": f"atelier={cookie}"}
    with program.app.test_request_context("/", base_url=BASE, headers=headers) as here:
        return dict(here.session)


def cookie_of(browser):
    return browser.client.get_cookie("atelier", domain="localhost").value


def test_a_cookie_says_the_same_the_second_time_and_a_forged_one_nothing(program, code):
    browser = Browser(program.app)
    browser.join(code)
    cookie = cookie_of(browser)
    first = opened(program, cookie)
    assert code in first["people"]
    assert opened(program, cookie) == first
    other = "A" if cookie[-9] != "A" else "B"
    assert opened(program, f"{cookie[:-9]}{other}{cookie[-8:]}") == {}
    assert opened(program, f"e30{cookie[3:]}") == {}


def test_a_known_cookie_is_not_verified_again(program, code, monkeypatch):
    browser = Browser(program.app)
    browser.join(code)
    cookie = cookie_of(browser)
    first = opened(program, cookie)
    monkeypatch.setattr(sessions.Sessions, "_verified", lambda *_: 1 / 0)
    assert opened(program, cookie) == first


def test_a_cookie_given_here_is_known_at_once(program, code, monkeypatch):
    monkeypatch.setattr(sessions.Sessions, "_verified", lambda *_: 1 / 0)
    browser = Browser(program.app)
    browser.join(code)
    assert code in opened(program, cookie_of(browser))["people"]


def test_what_one_browser_writes_into_its_session_is_not_in_the_cookie_it_had(program, code):
    browser = Browser(program.app)
    browser.join(code)
    before = cookie_of(browser)
    opened(program, before)
    browser.prepare()
    assert cookie_of(browser) != before
    assert "keys" not in opened(program, before)


HOURS_2 = 2 * 3600


def signed_by_flask(program, content, ahead_s=0):
    """Return a cookie as the program made them until December 2026, by a clock that was wrong."""
    with pytest.MonkeyPatch.context() as patch:
        now = time.time()
        patch.setattr(itsdangerous.timed.time, "time", lambda: now + ahead_s)
        serializer = SecureCookieSessionInterface().get_signing_serializer(program.app)
        assert serializer is not None
        return serializer.dumps(content)


@pytest.mark.parametrize("ahead_s", [0, HOURS_2, 365 * 86400, -365 * 86400])
def test_a_cookie_of_an_older_program_is_believed_whatever_its_clock_said(program, ahead_s):
    content = {"people": {"ABC234": "alice"}}
    cookie = signed_by_flask(program, content, ahead_s)
    assert opened(program, cookie) == content
    assert opened(program, cookie.replace(".", "..", 1)) == {}


def test_no_clock_makes_a_cookie_old_or_too_young(program, code, monkeypatch):
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: 4102444800.0)  # in the year 2100
    browser = Browser(program.app)
    browser.join(code)
    monkeypatch.undo()
    program.app.session_interface = sessions.Sessions()  # a program that has not seen it yet
    assert code in opened(program, cookie_of(browser))["people"]
    browser.get(f"/a/{code}")


def test_how_long_a_cookie_lives_is_counted_by_the_browsers_clock(program, code):
    answer = Browser(program.app).get(f"/r/{code}")
    assert f"Max-Age={366 * 86400};" in answer.headers["Set-Cookie"]


def test_what_is_signed_with_a_time_is_never_taken_for_what_is_signed_without(program):
    timed = signed_by_flask(program, {"people": {}})
    payload, stamp, signature = timed.split(".")
    for forged in (f"{payload}.{signature}", f"{payload}{stamp}.{signature}", f"{payload}.{stamp}", ".", ""):
        assert opened(program, forged) == {}


def test_a_cookie_keeps_the_order_in_which_workshops_were_remembered(program):
    signing = program.app.session_interface._serializer(program.app)
    with program.app.test_request_context():
        read = signing.loads(signing.dumps({"keys": {"ZZZZZZ": "1", "BBBBBB": "2", "AAAAAA": "3"}}))
    assert list(read["keys"]) == ["ZZZZZZ", "BBBBBB", "AAAAAA"]
