"""What a form says and no route reads is refused with a sentence, on every address that takes a form."""

import pytest

from atelier.web.http import sentences
from atelier.web.render.templating import assets
from tests.support.doctrines import INVENTED
from tests.support.visitors import next_op

FORMS = {
    "/preparer": {"title": "Gardé"},
    "/preparer/suite": {},
    "/fiches/fichier": {},
    "/fiches/nouvelle": {"title": "Gardé"},
    "/fiches/<ident>": {"title": "Gardé"},
    "/fiches/<ident>/lien": {},
    "/fiches/<ident>/retirer": {},
    "/animer/<code>/garder": {"decisions": "1"},
    "/resultats-gardes/<ident>/terme": {"keep_until": "2027-01-01"},
    "/resultats-gardes/<ident>/fin": {},
    "/a/<code>/actes": {"command": "set-one-pen", "on": "1"},
    "/animer/<code>/actes": {"command": "announce", "text": "Gardé"},
    "/animer/<code>/cles": {"holder": "wall"},
    "/animer/<code>/brouillons": {"field": "announce", "desk": "un", "text": "Gardé"},
    "/retrouver": {"code": ""},
    "/animer/<code>/wifi": {"ssid": "Gardé", "password": "secret"},
    "/animer/<code>/adresse": {"address": ""},
    "/animer/<code>/reglages": {"title": "Gardé"},
    "/animer/<code>/remettre-a-zero": {"code": ""},
    "/animer/<code>/effacer": {"code": ""},
    "/exports/<code>": {"what": "whole"},
    "/r/<code>/retour": {"retour": "ABC DEF"},
    "/animer/<code>/saisie/<int:number>/photos": {"op": "operation-photo-0001"},
    "/a/<code>/photos": {"op": "operation-photo-0002"},
    "/a/<code>/texte": {"line": "orienter fs rarement"},
    "/journee": {"title": "Gardé"},
    "/journee/<code>/programme": {"title": "Gardé"},
    "/journee/<code>/ecran": {"shows": "programme"},
    "/journee/<code>/creer": {"slot": ""},
    "/journee/<code>/relier": {"slot": "", "link": ""},
    "/journee/<code>/retirer": {"slot": ""},
    "/journee/<code>/lien": {},
    "/journee/<code>/documents": {"what": "affiche"},
    "/journee/<code>/terminer": {"code": ""},
    "/animer/<code>/saisie/<int:number>": {"text.orienter.operation-typed-01": "Gardé"},
    "/animer/<code>/page": {},
    "/qui-fait-quoi": {"title": "Une page"},
    "/qui-fait-quoi/<ident>/modifier": {"title": "Une page"},
    "/qui-fait-quoi/<ident>/etat": {"act": "publie"},
    "/qui-fait-quoi/<ident>/lieux": {"territory": "99"},
    "/qui-fait-quoi/<ident>/lieu": {"name": "Un lieu", "commune": "Aubrelle"},
    "/qui-fait-quoi/<ident>/logos": {"words": "Mairie"},
    "/qui-fait-quoi/<ident>/logos/retirer": {"logo": "x"},
    "/qui-fait-quoi/<ident>/documents": {"what": "carte"},
}
MAKING = {"/exports/<code>", "/qui-fait-quoi/<ident>/documents", "/journee/<code>/documents"}
"""A document, which takes its time and is no page."""
FOR_THE_COMMAND_LINE = {"/local/lien", "/local/purge"}
"""With a token of the machine itself: tests/cli."""


def test_every_address_that_takes_a_form_is_here(program):
    taking = {rule.rule for rule in program.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert taking == set(FORMS) | FOR_THE_COMMAND_LINE


def path_of(address, code, desk):
    """The address filled in; a page of a territory, a doctrine is made for it."""
    if address.startswith("/resultats-gardes/"):
        desk.act(code, "close-workshop")
        made = desk.post(f"/animer/{code}/garder", {}).headers["Location"]
        address = address.replace("<ident>", made.split("/")[2])
    if "<ident>" in address:
        made = desk.post(f"/animer/{code}/page", {}).headers["Location"].split("/")[2]
        address = address.replace("<ident>", desk.bring(INVENTED) if address.startswith("/fiches") else made)
    return address.replace("<code>", code).replace("<int:number>", "1")


@pytest.fixture
def day(desk):
    """The code of a day, for the addresses that are of one."""
    return desk.post("/journee", {"title": "Journée"}).headers["Location"].split("/")[2]


def sent(desk, path, fields, version=""):
    query = f"?version={version}" if version else ""
    return desk.client.post(
        f"{path}{query}",
        data={"op": next_op(), **fields} if path.endswith("actes") else fields,
        base_url="http://localhost:8000",
        headers={"Origin": "http://localhost:8000"},
    )


def _prepare(address, desk, code, program):
    if address.endswith(("effacer", "garder")):
        desk.act(code, "close-workshop")
    if address.endswith("texte"):
        desk.join(code)
    if address == "/a/<code>/photos":
        desk.join(code)
        (person,) = program.service.read(code).state.people
        desk.act(code, "name-rapporteur", group=1, participant=person)


@pytest.mark.slow
@pytest.mark.parametrize("address", FORMS)
def test_an_unknown_field_is_refused_and_what_was_typed_kept(address, desk, code, day, program):
    _prepare(address, desk, code, program)
    path = path_of(address, day if "/journee" in address else code, desk)
    before = program.service.read(code).position
    for version in ("", assets().version):
        answer = sent(desk, path, FORMS[address] | {"inconnu": "x"}, version)
        assert answer.status_code in (400, 422)
        assert sentences.UNKNOWN_FIELD in answer.text
        assert ("Gardé" in FORMS[address].values()) == ("Gardé" in answer.text)
        assert "secret" not in answer.text
    assert program.service.read(code).position == before


@pytest.mark.slow
@pytest.mark.parametrize("address", sorted(FORMS.keys() - MAKING))
def test_a_page_of_another_version_may_say_more(address, desk, code, day, program):
    _prepare(address, desk, code, program)
    answer = sent(
        desk,
        path_of(address, day if "/journee" in address else code, desk),
        FORMS[address] | {"inconnu": "x"},
        "-",
    )
    assert sentences.UNKNOWN_FIELD not in answer.text


@pytest.mark.slow
def test_every_form_says_its_version(desk, code, someone):
    someone().join(code)
    for path in (
        "/preparer",
        f"/animer/{code}",
        f"/animer/{code}/pret",
        f"/animer/{code}/reglages",
        f"/r/{code}",
    ):
        for form in desk.page(path).find_all("form", method="post"):
            assert f"version={assets().version}" in form["action"], (path, form["action"])
