"""The limits of the server, as people meet them: a sentence, nothing lost, and a way on."""

import pytest

from atelier import limits
from atelier.live.hub import Audience
from tests.support.visitors import Browser


@pytest.fixture
def program(own_program):
    return own_program


@pytest.mark.slow
def test_a_workshop_that_nobody_watches_makes_room_for_another(desk, program, monkeypatch):
    monkeypatch.setattr(limits, "WORKSHOPS_OPEN", 2)
    first, second, third = (desk.prepare() for _ in range(3))
    for code in (first, second, third):
        desk.act(code, "announce", text="Encore là.")
        assert "Encore là." in desk.get(f"/animer/{code}").text


def test_when_every_open_workshop_is_watched_the_server_says_that_it_is_full(desk, program, monkeypatch):
    watched, closed = desk.prepare(), desk.prepare()
    assert program.service.release(closed)
    monkeypatch.setattr(limits, "WORKSHOPS_OPEN", 1)
    program.hub.arrived(watched, Audience("wall"))
    assert "autant d’ateliers qu’il le peut" in desk.get(f"/animer/{closed}", 503).text
    assert "autant d’ateliers qu’il le peut" in desk.post("/preparer", {}, 503).text
    desk.act(watched, "announce", text="Ici, tout va bien.")
    program.hub.left(watched, Audience("wall"))
    desk.get(f"/animer/{closed}")


def test_a_wifi_name_or_password_too_long_is_refused_in_words(desk, code):
    for field in ("ssid", "password"):
        sent = {"ssid": "Salle", "password": "secret"} | {field: "x" * 65}
        assert "64 caractères au plus" in desk.post(f"/animer/{code}/wifi", sent, 422).text


def test_a_form_too_long_is_refused_in_words(desk, code):
    answer = desk.post(f"/a/{code}/actes", {"text": "x" * limits.FORM_BYTES}, 413)
    assert "trop long pour être envoyé" in answer.text


def test_acts_beyond_the_pace_are_told_when_to_go_on(paced, clock):
    desk = Browser(paced.app)
    code = desk.prepare()
    for n in range(limits.WRITES_AT_ONCE):
        desk.act(code, "announce", text=f"{n}")
    told = desk.act(code, "announce", 429, text="de trop")
    assert "rien n’est perdu" in told["message"]
    clock.now += told["retry_after_ms"] / 1000
    desk.act(code, "announce", text="de trop")
