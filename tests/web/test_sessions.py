"""The one cookie: recognised once it was verified, never believed otherwise; writing into it changes no other."""

from atelier.web import sessions
from tests.web.conftest import BASE, Browser


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
    monkeypatch.setattr(sessions.Sessions, "get_signing_serializer", lambda *_: 1 / 0)
    assert opened(program, cookie) == first


def test_what_one_browser_writes_into_its_session_is_not_in_the_cookie_it_had(program, code):
    browser = Browser(program.app)
    browser.join(code)
    before = cookie_of(browser)
    opened(program, before)
    browser.prepare()
    assert cookie_of(browser) != before
    assert "keys" not in opened(program, before)
