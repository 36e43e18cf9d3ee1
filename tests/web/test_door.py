"""From the code on the screen to one's table."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup

OP = re.compile(r'(?<=name="op" value=")[^"]*(?=")')
EMPTY = re.compile(r">0\s+personne")


def test_a_code_is_taken_as_people_type_it(someone, code):
    answer = someone().get(f"/rejoindre?code=+{code[:3].lower()}+{code[3:]}+", status=303)
    assert answer.headers["Location"] == f"/r/{code}"


@pytest.mark.parametrize("typed", ["ABC234", "nimporte", "../../etc", "%00"])
def test_an_unknown_code_is_said_in_french_with_the_field_to_type_it_again(someone, code, typed):
    answer = someone().get(f"/rejoindre?code={typed}", status=404)
    assert "Aucun atelier ouvert n’a ce code" in answer.text
    assert 'name="code"' in answer.text


def test_the_trade_comes_first_then_the_table_and_the_form_joins(someone, code, program):
    phone = someone()
    assert "Votre métier" in phone.get(f"/r/{code}").text
    page = phone.page(f"/r/{code}?metier=cn")
    form = page.find("form", action=re.compile(f"^/a/{code}/actes"))
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")}
    answer = phone.post(form["action"], fields | {"group": "2", "name": "Nadia"})
    assert answer.headers["Location"] == f"/a/{code}"
    (person,) = program.service.read(code).state.present()
    assert (person.name, person.group, person.trade) == ("Nadia", 2, "cn")


def test_the_same_phone_coming_back_is_the_same_person(someone, code, program):
    phone = someone()
    phone.join(code, name="Nadia")
    assert phone.get(f"/r/{code}", status=303).headers["Location"] == f"/a/{code}"
    phone.join(code, name="Nadia", group=3)
    assert len(program.service.read(code).state.people) == 1


def _packed(phone, path):
    answer = phone.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    return gzip.decompress(answer.data).decode()


@pytest.mark.parametrize("path", ["", "?metier=cn", "/3?metier=fs"])
def test_the_page_kept_for_a_crowd_is_the_page_as_it_is_drawn(someone, code, path):
    pages = [_packed(someone(), f"/r/{code}{path}") for _ in range(3)]
    alone = someone().get(f"/r/{code}{path}").text
    assert len({OP.sub("", page) for page in [*pages, alone]}) == 1
    ops = [op for page in pages for op in OP.findall(page)]
    assert len(set(ops)) == len(ops)


def test_the_page_kept_for_a_crowd_is_the_door_as_it_stands(someone, code, desk):
    path = f"/r/{code}?metier=cn"
    for _ in range(3):
        assert len(EMPTY.findall(_packed(someone(), path))) == 3
    someone().join(code, "cn", 2, "Nadia")
    for _ in range(3):
        page = _packed(someone(), path)
        assert len(EMPTY.findall(page)) == 2
        assert "Nadia" not in page
    desk.act(code, "set-entrance", entrance="closed")
    for _ in range(3):
        assert "L’entrée est fermée" in _packed(someone(), path)


def test_a_tables_own_qr_preselects_its_group(someone, code):
    page = someone().page(f"/r/{code}/3?metier=fs")
    assert page.find("input", {"name": "group", "checked": True})["value"] == "3"


def test_the_table_that_lacks_a_trade_is_suggested(someone, code):
    someone().join(code, "fs", 1)
    someone().join(code, "cn", 2)
    someone().join(code, "cn", 3)
    page = someone().get(f"/r/{code}?metier=cn").text
    assert "Il manque des conseiller·es numériques" in page


def test_a_table_that_does_not_exist_is_not_found(someone, code):
    someone().get(f"/r/{code}/9", status=404)


def test_who_has_not_joined_is_led_to_the_door(someone, code):
    assert someone().get(f"/a/{code}", status=303).headers["Location"] == f"/r/{code}"


def test_a_closed_workshop_answers_strangers_like_an_unknown_one(someone, code, desk):
    known = someone()
    known.join(code)
    desk.act(code, "close-workshop")
    stranger = someone().get(f"/r/{code}", status=404).text
    assert stranger.replace(code, "ABC234") == someone().get("/r/ABC234", status=404).text
    assert known.get(f"/a/{code}").status_code == 200


def test_who_changes_finds_their_seat_as_it_is_and_a_way_back(someone, code, program):
    someone().join(code, "fs", 1)
    phone = someone()
    phone.join(code, "cn", 2, "Karim")
    page = phone.page(f"/r/{code}?changer=1")
    checked = {field["name"]: field["value"] for field in page.find_all("input", checked=True)}
    assert checked == {"trade": "cn", "group": "2"}
    assert page.find("a", string="Revenir sans rien changer")["href"] == f"/a/{code}"
    form = page.find("form", action=re.compile(f"^/a/{code}/actes"))
    assert form.find("button").text == "Enregistrer"
    assert form.find("input", {"name": "name"})["value"] == "Karim"
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    answer = phone.post(form["action"], hidden | checked | {"name": "Karim B."})
    assert answer.headers["Location"] == f"/a/{code}"
    names = {(each.name, each.trade, each.group) for each in program.service.read(code).state.present()}
    assert names == {("", "fs", 1), ("Karim B.", "cn", 2)}


def test_a_wrong_return_code_stays_in_its_field_and_is_told_as_the_doors_is(someone, code):
    stranger = someone()
    stranger.get(f"/r/{code}")
    answer = stranger.post(f"/r/{code}/retour", {"retour": "abc-de2"}, status=422)
    page = BeautifulSoup(answer.text, "lxml")
    (field,), (told,) = page.select("#retour"), page.select("#retour-error")
    assert field["value"] == "abc-de2"
    assert told["id"] in field["aria-describedby"]
    (at_the_door,) = BeautifulSoup(someone().get("/r/ABC234", status=404).text, "lxml").select("[role=alert]")
    assert told["class"] == at_the_door["class"]
