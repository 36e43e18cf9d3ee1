"""« Retrouver mon lien »: whoever sits at the computer that serves facilitates again; nobody else, however they ask."""

from pathlib import Path

import pytest

from atelier.app import create_program
from atelier.config import Config
from atelier.web.http import this_machine
from tests.support.setups import PUBLISHER
from tests.support.visitors import BASE, Browser


@pytest.fixture(autouse=True)
def no_container(monkeypatch):
    monkeypatch.setattr(this_machine, "CONTAINER_MARKS", ())


@pytest.fixture
def program(own_program):
    return own_program


def facilitators(program, code):
    return len(program.service.read(code).state.keys)


def offered(browser, **headers):
    return "Animer à nouveau" in browser.client.get("/", base_url=BASE, headers=headers).text


def test_another_browser_of_this_computer_facilitates_again(desk, someone, code):
    other = someone()
    other.get(f"/animer/{code}", 403)
    form = other.page("/").find("form", action="/retrouver")
    assert form.find("input")["value"] == code
    answer = other.post("/retrouver", {"code": code})
    assert answer.headers["Location"] == f"/animer/{code}"
    other.get(f"/animer/{code}")
    assert not offered(other)


@pytest.mark.slow
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "192.168.1.20:8000", "Origin": "http://192.168.1.20:8000"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Host": "atelier.example"},
        {"X-Real-IP": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
    ],
)
def test_nobody_whose_request_came_through_something_does(someone, program, code, headers):
    stranger = someone()
    before = facilitators(program, code)
    assert not offered(stranger, **headers)
    told = {"Origin": BASE, **headers}
    answer = stranger.client.post("/retrouver", data={"code": code}, base_url=BASE, headers=told)
    assert answer.status_code in (403, 421)  # 421: a name that is not this machine’s
    stranger.get(f"/animer/{code}", 403)
    assert facilitators(program, code) == before


@pytest.mark.slow
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9999"])
def test_no_foreign_page_does_it_for_somebody(someone, program, code, origin):
    before = facilitators(program, code)
    someone().post("/retrouver", {"code": code}, 403, Origin=origin)
    assert facilitators(program, code) == before


def test_nobody_of_the_room_does_whatever_the_name(program, code):
    phone = Browser(program.app, "192.168.1.57")
    assert not offered(phone)
    phone.post("/retrouver", {"code": code}, 403)


def test_nobody_does_in_a_container(someone, code, monkeypatch):
    monkeypatch.setattr(this_machine, "CONTAINER_MARKS", (Path(__file__),))
    assert not offered(someone())
    someone().post("/retrouver", {"code": code}, 403)


@pytest.mark.slow
@pytest.mark.parametrize("public_url", ["https://atelier.example", "http://192.168.1.20:8000"])
def test_nobody_does_where_a_public_address_is_named(tmp_path, code, program, public_url):
    program.close()
    hosted = create_program(
        Config(
            sessions=tmp_path / "sessions",
            exports=tmp_path / "exports",
            public_url=public_url,
            publisher=PUBLISHER,
            create_key="clef-de-creation",
        )
    )
    try:
        client = hosted.app.test_client()
        answer = client.post("/retrouver", data={"code": code}, base_url=BASE, headers={"Origin": public_url})
        assert answer.status_code in (403, 421)
    finally:
        hosted.close()


def test_a_code_that_nobody_has_is_not_found(someone):
    someone().post("/retrouver", {"code": "ZZZZZZ"}, 404)
