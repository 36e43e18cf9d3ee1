"""Results without names that outlive their workshop: what is kept, whose they are, how they end, what follows them."""

import datetime as dt
import json

import pytest

from atelier.library.items import Kind, UnknownItem
from atelier.web.http import sentences
from atelier.web.http.context import context_of


@pytest.fixture
def closed(desk, someone, code):
    """A closed workshop in which people, a facilitator and an added line left their words."""
    phone = someone()
    phone.join(code, "fs", 1, "Prénom-tapé")
    desk.act(code, "open-phase", phase="articulations", sure=1)
    phone.act(code, "place-action", group=1, action="orienter", fs=75, cn=25)
    phone.act(code, "post-initiative", group=1, action="orienter", text="Idée-tapée")
    phone.act(code, "add-action", group=1, label="Ligne-tapée")
    desk.act(code, "take-note", group=1, text="Note-tapée")
    desk.act(code, "record-decision", what="Décision-tapée", who="Porteur-tapé", stake="Enjeu-tapé")
    desk.act(code, "close-workshop")
    return code


def kept(desk, code, **fields):
    return desk.post(f"/animer/{code}/garder", fields).headers["Location"]


def until_of(program, ident):
    return context_of(program.app).library.get(Kind.RESULTS, ident).keep_until or dt.date.max


def body_of(program, home):
    return json.dumps(
        context_of(program.app).library.get(Kind.RESULTS, home.split("/")[-1]).body, ensure_ascii=False
    )


def test_no_text_that_somebody_typed_is_kept_unless_decisions_are_wanted(desk, closed, program):
    bare, with_decisions = kept(desk, closed), kept(desk, closed, decisions="1")
    assert "-tapé" not in body_of(program, bare)
    assert "Essai" not in body_of(program, bare)
    found = body_of(program, with_decisions)
    assert "Décision-tapée" in found
    assert [
        word for word in ("Prénom-", "Idée-", "Ligne-", "Note-", "Porteur-", "Enjeu-") if word in found
    ] == []


def test_they_outlive_the_workshop_and_another_one_follows_them(desk, someone, closed, program):
    home = kept(desk, closed, decisions="1")
    desk.post(f"/animer/{closed}/effacer", {"code": closed}, 200)
    page = desk.page(home)
    assert "Décision-tapée" in page.get_text()
    assert "sans leurs porteurs" in page.get_text()
    assert f"/preparer?resultats={home.split('/')[-1]}" in desk.get("/preparer").text
    after = desk.post(f"/preparer?resultats={home.split('/')[-1]}", {}).headers["Location"].split("/")[2]
    previous = program.service.read(after).state.prepared.previous
    assert previous.action("orienter").fs == (0, 0, 0, 1, 0)
    assert [each.what for each in previous.decisions] == ["Décision-tapée"]
    link = page.select_one("input[readonly]")["value"]
    stranger, elsewhere = someone(), someone()
    assert sentences.RESULTS_NOT_YOURS in stranger.get(home, 403).text
    assert "Décision-tapée" not in stranger.get(f"/preparer?resultats={home.split('/')[-1]}").text
    elsewhere.get(link[link.index("/resultats-gardes") :], 303)
    assert "Décision-tapée" in elsewhere.get(home).text
    assert "cle=" not in stranger.get(home, 403).text


def test_their_owner_says_until_when_and_ends_them(desk, closed, program):
    home = kept(desk, closed)
    ident = home.split("/")[-1]
    assert sentences.RESULTS_TERM in desk.post(f"{home}/terme", {"keep_until": "1999-01-01"}, 422).text
    assert sentences.RESULTS_TERM in desk.post(f"{home}/terme", {"keep_until": "demain"}, 422).text
    day = until_of(program, ident).replace(day=1).isoformat()
    desk.post(f"{home}/terme", {"keep_until": day})
    assert until_of(program, ident).isoformat() == day
    assert sentences.RESULTS_END_UNSURE in desk.post(f"{home}/fin", {}, 422).text
    assert sentences.RESULTS_ENDED in desk.post(f"{home}/fin", {"sure": "1"}, 200).text
    with pytest.raises(UnknownItem):
        context_of(program.app).library.get(Kind.RESULTS, ident)
    assert ident not in desk.get("/preparer").text
    desk.get(home, 403)


def test_an_open_workshop_keeps_nothing_yet(desk, code):
    assert sentences.RESULTS_STILL_OPEN in desk.post(f"/animer/{code}/garder", {}, 409).text
