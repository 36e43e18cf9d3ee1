"""An absent identity is nobody: without a cookie there is no seat, and nothing is written."""

import pytest
from bs4 import BeautifulSoup

from atelier.domain import commands as c
from atelier.domain.values import Actor, Role, Trade
from tests.support.visitors import BASE, Browser, next_op

JOIN = {"command": "join", "trade": "fs", "group": "1", "name": "Alice"}
NOBODY = Actor(Role.GUEST, "")


class Forgetful(Browser):
    """A browser that refuses cookies."""

    def __init__(self, app):
        self.client = app.test_client(use_cookies=False)


@pytest.fixture
def forgetful(program):
    return lambda: Forgetful(program.app)


def posted(browser, path, fields, accept="text/html"):
    headers = {"Origin": BASE, "Accept": accept}
    return browser.client.post(path, data={"op": next_op(), **fields}, base_url=BASE, headers=headers)


def test_who_keeps_no_cookie_is_told_so_and_nothing_is_written(forgetful, code, program):
    before = program.service.read(code).position
    for fields in (JOIN, JOIN | {"name": "Bobineau", "group": "3"}):
        phone = forgetful()
        phone.get(f"/r/{code}")
        answer = posted(phone, f"/a/{code}/actes", fields)
        assert answer.status_code == 403
        page = BeautifulSoup(answer.text, "lxml")
        assert [each.text for each in page.select("h1")] == ["Ce navigateur ne garde pas les cookies"]
        assert "Safari, Chrome ou Firefox" in answer.text
        assert [each["href"] for each in page.select("a.button--main")] == [f"/r/{code}"]
        phone.get(f"/a/{code}", status=303)
    assert program.service.read(code).position == before
    assert program.service.read(code).state.people == {}


def test_a_scripted_phone_is_told_so_too(forgetful, code, program):
    for fields in (JOIN, {"command": "post-initiative", "group": "1", "action": "orienter", "text": "x"}):
        told = posted(forgetful(), f"/a/{code}/actes", fields, "application/json")
        assert (told.status_code, told.json["refusal"]) == (403, "no-identity")
        assert "cookie" in told.json["message"]
    assert program.service.read(code).state.people == {}


def test_a_text_is_given_back(forgetful, code):
    answer = posted(forgetful(), f"/a/{code}/actes", {"command": "announce", "text": "Mon texte"})
    assert [each.text for each in BeautifulSoup(answer.text, "lxml").select("textarea")] == ["Mon texte"]


def test_a_code_to_return_needs_a_cookie_first(forgetful, code):
    answer = posted(forgetful(), f"/r/{code}/retour", {"retour": "ABC-DEF"})
    assert answer.status_code == 403
    assert "ne garde pas les cookies" in answer.text


def test_nothing_is_prepared_for_a_browser_that_could_not_find_it_again(forgetful, program):
    before = program.service.codes()
    answer = posted(forgetful(), "/preparer", {"title": "Mon atelier"})
    assert answer.status_code == 403
    page = BeautifulSoup(answer.text, "lxml")
    assert ["refuse les cookies" in alert.text for alert in page.select("[role=alert]")] == [True]
    assert [field["value"] for field in page.select("#title")] == ["Mon atelier"]
    assert program.service.codes() == before


def test_the_address_to_open_is_named_even_where_no_network_is(forgetful, code, program, monkeypatch):
    monkeypatch.setattr(program.app.extensions["atelier"].addresses, "spoken", lambda: "")
    answer = posted(forgetful(), f"/a/{code}/actes", JOIN)
    assert "L’adresse à ouvrir\u00a0: localhost:8000, code" in BeautifulSoup(answer.text, "lxml").text


def test_who_keeps_cookies_and_did_not_come_by_the_door_is_sent_there(desk, code, program):
    """A facilitator's browser has our cookie, and no identity as a participant: nothing is wrong with its cookies."""
    answer = posted(desk, f"/a/{code}/actes", JOIN)
    assert answer.status_code == 403
    assert "cookie" not in answer.text
    assert f'href="/r/{code}"' in answer.text
    assert program.service.read(code).state.people == {}
    desk.join(code)
    assert len(program.service.read(code).state.people) == 1


@pytest.fixture
def old_journal(program, desk, code, monkeypatch):
    """A journal of before: somebody without an identity came in, as « Bobineau »."""
    desk.act(code, "open-phase", phase="articulations")
    with monkeypatch.context() as patch:
        patch.setattr("atelier.domain.decide.allow", lambda *_: None)
        program.service.handle(code, c.Join(trade=Trade.OTHER, group=1, name="Bobineau"), NOBODY, next_op())
    assert "" in program.service.read(code).state.people
    return code


def test_somebody_without_an_identity_in_an_old_journal_is_shown_and_cannot_act(
    old_journal, desk, forgetful, someone, program
):
    code = old_journal
    page = desk.get(f"/animer/{code}").text
    assert "téléphone sans cookie" in page
    assert "Bobineau" not in page
    assert 'data-keep="code-"' not in page, "nobody comes back as nobody"
    for browser in (forgetful(), someone()):
        assert browser.get(f"/a/{code}", status=303).headers["Location"] == f"/r/{code}"
        query = "audience=phone&group=1&seq=0&head="
        browser.get(f"/a/{code}/depuis?{query}", status=403)
        assert browser.get(f"/a/{code}/connu?{query}").json["seated"] is False
        client = program.socketio.test_client(
            program.app,
            flask_test_client=browser.client,
            auth={"code": code, "audience": "phone", "group": 1},
        )
        assert not client.is_connected()
    desk.act(code, "leave", participant="")
    assert not any(person.id == "" for person in program.service.read(code).state.present())


def test_no_code_gives_back_the_seat_of_nobody(old_journal, someone, program):
    code, browser = old_journal, someone()
    browser.get(f"/r/{code}")
    own = program.app.extensions["atelier"].return_codes(code).of("")
    browser.post(f"/r/{code}/retour", {"retour": own}, status=422)
