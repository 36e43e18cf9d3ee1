"""The entrance seen from outside: shut, at a pace for a crowd that nobody expected, or open to everybody."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from atelier import limits
from atelier.web.http.newcomers import waiting_room
from tests.support.clocks import Clock

JSON = "application/json"


def seq(program, code):
    return program.service.read(code).position.seq


def newcomer(someone, code):
    phone = someone()
    phone.get(f"/r/{code}?metier=fs")
    return phone


def ask(phone, code, status, **fields):
    return phone.act(code, "join", status, trade="fs", group=1, **fields)


@pytest.fixture
def shut(desk, code):
    desk.act(code, "set-entrance", entrance="closed")
    return code


def test_while_it_is_shut_newcomers_are_told_whom_to_ask_and_nothing_is_written(someone, shut, program):
    phone, before = someone(), seq(program, shut)
    for path in (f"/r/{shut}", f"/r/{shut}?metier=fs", f"/r/{shut}/2"):
        page = phone.page(path)
        assert "demandez à l’animateur·rice" in page.get_text()
        assert page.find("input", {"value": "join"}) is None
        assert page.find(id="retour"), "who was here before may still come back"
    told = ask(phone, shut, 409)
    assert told["refusal"] == "entrance-closed"
    assert "Demandez à l’animateur·rice" in told["message"]
    assert seq(program, shut) == before


def test_while_it_is_shut_known_phones_come_back_whether_they_stayed_or_left(desk, someone, code, program):
    stayed, left = someone(), someone()
    stayed.join(code, name="Nadia")
    left.join(code, name="Karim")
    with left.client.session_transaction() as session:
        who = session["people"][code]
    desk.act(code, "leave", participant=who)
    desk.act(code, "set-entrance", entrance="closed")
    stayed.get(f"/a/{code}")
    page = left.page(f"/r/{code}?metier=fs")
    assert page.find("input", {"value": "join"})
    ask(left, code, 200, name="Karim")
    assert sum(1 for _ in program.service.read(code).state.present()) == 2


def test_opened_again_everybody_comes_in(desk, someone, shut):
    phone = newcomer(someone, shut)
    ask(phone, shut, 409)
    desk.act(shut, "set-entrance", entrance="paced")
    ask(phone, shut, 200)


def test_the_wall_and_the_desk_say_that_it_is_shut(desk, shut):
    for path in (f"/ecran/{shut}", f"/animer/{shut}"):
        assert "Entrée fermée" in desk.get(path).text
    desk.act(shut, "set-entrance", entrance="paced")
    assert "Entrée fermée" not in desk.get(f"/ecran/{shut}").text
    assert "Entrée ouverte" in desk.get(f"/animer/{shut}").text


@pytest.fixture
def crowded(desk, someone, program):
    """Two people were expected; six came in, then as many as the pace lets in at once. Time stands still."""
    extensions = program.app.extensions
    extensions["atelier"] = replace(extensions["atelier"], waiting_room=waiting_room(Clock()))
    code = desk.prepare(expected="2")
    for _ in range(limits.CROWD_TIMES * 2 + limits.NEWCOMERS_AT_ONCE):
        ask(newcomer(someone, code), code, 200)
    return code


def test_the_next_of_a_crowd_are_told_when_to_come_back(someone, crowded, program):
    before = seq(program, crowded)
    phone = newcomer(someone, crowded)
    answer = phone.post(
        f"/a/{crowded}/actes",
        {"command": "join", "op": "operation-of-a-crowd", "trade": "fs", "group": "1"},
        429,
        Accept=JSON,
    )
    assert 0 < answer.json["retry_after_ms"] <= 1000 * limits.TURN_AFTER_S
    assert int(answer.headers["Retry-After"]) >= 1
    assert "votre tour" in answer.json["message"]
    assert seq(program, crowded) == before


def test_the_page_that_has_them_wait_asks_the_same_again(someone, crowded):
    phone = newcomer(someone, crowded)
    fields = {"command": "join", "op": "operation-of-a-crowd", "trade": "cn", "group": "2", "name": "<Zoé>"}
    answer = phone.post(f"/a/{crowded}/actes?version=-", fields | {"other": "x"}, 429)
    form = BeautifulSoup(answer.text, "lxml").select_one("form[data-atelier-turn]")
    assert form is not None
    assert {field["name"]: field["value"] for field in form.find_all("input")} == fields
    assert answer.headers["Retry-After"]


@pytest.mark.slow
def test_the_desk_is_told_how_many_wait_and_lets_everybody_in_with_one_press(desk, someone, crowded):
    phones = [newcomer(someone, crowded) for _ in range(3)]
    for phone in phones:
        ask(phone, crowded, 429)
    strip = desk.page(f"/animer/{crowded}").select_one("#desk-crowd-strip")
    assert "hidden" not in strip.attrs
    assert "3 téléphones attendent" in strip.get_text()
    press = strip.find("button", string="Laisser entrer tout le monde")
    form = desk.page(f"/animer/{crowded}").select_one(f"#{press['form']}")
    desk.act(crowded, form["data-act"], **{press["name"]: press["value"]})
    for phone in phones:
        ask(phone, crowded, 200)
    assert "hidden" in desk.page(f"/animer/{crowded}").select_one("#desk-crowd-strip").attrs


def test_who_has_a_seat_is_never_paced(desk, someone, crowded):
    phone = newcomer(someone, crowded)
    ask(phone, crowded, 429)
    with phone.client.session_transaction() as session:
        assert session["people"][crowded], "known at the door, without a seat"
    seated = someone()
    seated.client.get(f"/r/{crowded}", base_url="http://localhost:8000")
    desk.act(crowded, "set-entrance", entrance="free")
    ask(seated, crowded, 200)
    desk.act(crowded, "set-entrance", entrance="paced")
    ask(seated, crowded, 200, name="Zoé")


@pytest.mark.slow
def test_an_announced_room_comes_in_without_a_pause(desk, someone):
    code = desk.prepare(expected="40")
    for _ in range(60):
        ask(newcomer(someone, code), code, 200)


def test_how_many_are_expected_is_asked_changed_and_copied(desk, program):
    code = desk.prepare(expected="120")
    assert program.service.read(code).state.prepared.expected == 120
    assert desk.page(f"/animer/{code}/reglages").find(id="expected")["value"] == "120"
    assert desk.page(f"/preparer?modele={code}").find(id="expected")["value"] == "120"
    desk.post(f"/animer/{code}/reglages", {"expected": "200"})
    assert program.service.read(code).state.prepared.expected == 200
    for wrong in ("0", "1501", "beaucoup"):
        answer = desk.post("/preparer", {"expected": wrong}, 422)
        assert f'value="{wrong}"' in answer.text
    assert program.service.read(desk.prepare()).state.prepared.expected == 40


@pytest.mark.slow
def test_people_who_did_nothing_are_strangers_at_the_door_and_come_in_again(desk, someone, code, program):
    desk.act(code, "open-phase", phase="articulations")
    phones = [someone() for _ in range(3)]
    for phone in phones:
        phone.join(code)
    phones[0].act(code, "place-action", group=1, action="orienter", fs=50, cn=50)
    desk.act(code, "remove-idle", op="operation-of-sweeping")
    assert len(program.service.read(code).state.people) == 1
    assert phones[1].get(f"/a/{code}", status=303).headers["Location"] == f"/r/{code}"
    phones[1].join(code)
    desk.act(code, "put-back", removal="people-operation-of-sweeping")
    assert len(program.service.read(code).state.people) == 3
    phones[2].get(f"/a/{code}")


def test_a_desk_that_missed_the_first_act_of_somebody_hears_that_nobody_is_idle(desk, someone, code):
    phone = someone()
    phone.join(code)
    here = desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "place-action", group=1, action="orienter", fs=50, cn=50)
    missed = desk.get(f"/a/{code}/depuis?audience=desk&seq={here['seq']}&head={here['head']}").json
    assert missed["known"]
    assert 'id="desk-idle-people"' in missed["html"]


@pytest.mark.slow
def test_what_was_removed_is_offered_on_the_desk_for_a_minute(desk, code, program):
    desk.act(code, "record-decision", what="Une <b>affiche</b>", op="operation-decided-1")
    desk.act(code, "withdraw-decision", decision="operation-decided-1")
    bar = desk.page(f"/animer/{code}").select_one("#desk-removals")
    assert "hidden" not in bar.attrs
    assert "Décision retirée" in bar.get_text()
    assert "Une <b>affiche</b>" in bar.get_text()
    press = bar.find("button")
    assert 0 < int(bar.li["data-left"]) <= 60_000
    desk.act(code, "put-back", **{press["name"]: press["value"]})
    assert "hidden" in desk.page(f"/animer/{code}").select_one("#desk-removals").attrs
    assert list(program.service.read(code).state.decisions) == ["operation-decided-1"]
