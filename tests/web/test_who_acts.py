"""Who acts is said by the address that a form is sent to, never by a Referer; and what a form holds is known."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from atelier.domain.commands import NAMES
from atelier.domain.values import Role
from atelier.web.http.forms import _readers
from atelier.web.render.templating import assets
from tests.support.visitors import BASE, next_op

PLACED = {"command": "place-action", "action": "orienter", "fs": "75", "cn": "50"}


@pytest.fixture
def both(desk, code):
    """A browser that facilitates and also sits at table 1."""
    desk.act(code, "open-phase", phase="articulations")
    desk.join(code, group=1, name="Nadia")
    return desk


def sent(browser, path, fields, **headers):
    data = {"op": next_op(), **fields}
    return browser.client.post(
        path, data=data, base_url=BASE, headers={"Origin": BASE, "Accept": "application/json", **headers}
    )


def last_role(program, code):
    return list(program.service.history(code))[-1].fact.by.role


@pytest.mark.slow
@pytest.mark.parametrize(
    "referrer",
    [
        "",
        f"{BASE}/",
        "/a/{code}",
        "/animer/{code}",
        "/a/{code}?groupe=2",
        "https://elsewhere.example/a/{code}",
    ],
)
def test_a_referer_changes_nothing(both, code, program, referrer):
    headers = {"Referer": referrer.format(code=code)} if referrer else {}
    for page, role in (("a", Role.PARTICIPANT), ("animer", Role.FACILITATOR)):
        for reach in ("25", "75"):
            assert (
                sent(
                    both, f"/{page}/{code}/actes", PLACED | {"group": "1", "fs": reach}, **headers
                ).status_code
                == 200
            )
            assert last_role(program, code) is role
    assert sent(both, f"/animer/{code}/actes", PLACED | {"group": "2"}, **headers).status_code == 200
    assert sent(both, f"/a/{code}/actes", PLACED | {"group": "2"}, **headers).json["refusal"] == "other-group"


@pytest.mark.parametrize("referrer", ["/a/", "/animer/", ""])
def test_the_way_back_is_the_addresss_own(both, code, referrer):
    headers = {"Referer": f"{BASE}{referrer}{code}", "Accept": "text/html"}
    for page in ("a", "animer"):
        answer = sent(both, f"/{page}/{code}/actes", PLACED | {"group": "1"}, **headers)
        assert answer.headers["Location"].partition("?")[0] == f"/{page}/{code}"
        refused = sent(both, f"/{page}/{code}/actes", PLACED | {"group": "1", "fs": "3"}, **headers)
        assert f'href="/{page}/{code}' in refused.text


def test_the_desks_address_is_for_who_holds_a_key(desk, someone, code):
    phone = someone()
    phone.join(code)
    desk.act(code, "open-phase", phase="articulations")
    for browser in (phone, someone()):
        answer = sent(browser, f"/animer/{code}/actes", PLACED | {"group": "1"})
        assert (answer.status_code, answer.json["refusal"]) == (403, "not-allowed")


def test_pages_of_before_that_address_are_still_served(both, code, program):
    """They sent everything to `/a/CODE/actes`: the desk's own commands, and what a facilitator types in for a table."""
    sent(both, f"/a/{code}/actes", {"command": "set-footer-open", "on": "1"})
    assert last_role(program, code) is Role.FACILITATOR
    sent(
        both,
        f"/a/{code}/actes",
        {"command": "leave", "participant": next(iter(program.service.read(code).state.people))},
    )
    sent(both, f"/a/{code}/actes", PLACED | {"group": "3"})
    assert last_role(program, code) is Role.FACILITATOR


def forms_of(page):
    elsewhere = page.find_all("button", form=True)
    for form in page.find_all("form", action=re.compile("/actes")):
        outside = [each for each in elsewhere if each["form"] == form.get("id")]
        yield form, [*form.find_all(attrs={"name": True}), *(each for each in outside if each.get("name"))]


@pytest.mark.slow
def test_every_form_of_every_page_says_who_acts_and_holds_what_is_known(desk, someone, code):
    desk.act(code, "open-phase", phase="remits")
    phone = someone()
    phone.join(code, name="Nadia")
    phone.act(code, "add-mission", group=1, side="both", text="Se voir")
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "post-initiative", group=1, action="orienter", text="Un carnet")
    desk.post(f"/animer/{code}/cles", {"holder": "facilitator"})
    pages = {
        f"/a/{code}": (phone, "a"),
        f"/r/{code}?changer=1": (phone, "a"),
        f"/r/{code}?metier=fs": (someone(), "a"),
        f"/a/{code}?groupe=2": (desk, "animer"),
        f"/animer/{code}": (desk, "animer"),
        f"/animer/{code}/pret": (desk, "animer"),
    }
    for path, (browser, surface) in pages.items():
        forms = list(forms_of(browser.page(path)))
        assert forms, path
        for form, controls in forms:
            assert form["action"] == f"/{surface}/{code}/actes?version={assets().version}", path
            names = {each["name"] for each in controls}
            if "command" in names:  # one that scripts fill has none yet
                (named,) = (each for each in controls if each["name"] == "command")
                command: Any = NAMES[str(named["value"])]
                assert names - {"command", "op", "back"} <= _readers(command).keys(), (path, command)


def test_an_unknown_field_is_refused_and_the_text_kept(both, code, program):
    text = {
        "command": "post-initiative",
        "group": "1",
        "action": "orienter",
        "text": "Mon texte",
        "colour": "red",
    }
    before = program.service.read(code).position
    for address in (
        f"/a/{code}/actes",
        f"/a/{code}/actes?version={assets().version}",
        f"/animer/{code}/actes",
    ):
        told = sent(both, address, text)
        assert told.status_code == 400
        assert "ne connaît pas" in told.json["message"]
        page = sent(both, address, text, Accept="text/html")
        assert page.status_code == 400
        assert [each.text for each in BeautifulSoup(page.text, "lxml").select("textarea")] == ["Mon texte"]
    assert program.service.read(code).position == before


def test_a_page_of_another_version_may_know_more_than_this_one(both, code):
    text = {
        "command": "post-initiative",
        "group": "1",
        "action": "orienter",
        "text": "Mon texte",
        "colour": "red",
    }
    for version in ("another", "-"):
        assert sent(both, f"/a/{code}/actes?version={version}", text).status_code == 200


def test_what_is_no_command_keeps_the_text_too(both, code):
    answer = sent(
        both, f"/a/{code}/actes", {"command": "post-initiative", "text": "Mon texte"}, Accept="text/html"
    )
    assert answer.status_code == 400
    assert "Mon texte" in answer.text


def test_the_version_is_of_scripts_styles_and_templates():
    again = type(assets())()
    assert again.version == assets().version
    assert re.fullmatch("[0-9a-f]{12}", again.version)


NASTY = (
    "\r\nX-Injected: yes", "\n", "\x00", "\x7f", "\u2028", "\u200e", "é", "//evil.example", "/\\evil.example",
    "\\\\evil", "a" * 5000, "../../etc/passwd", "CON", "%0d%0aX-Injected: yes", "9" * 5000, "-1", "\uff11\uff12", "1e9",
    '"><script>',
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_no_value_of_a_form_breaks_a_header_a_redirect_or_a_file_name(both, someone, code, nasty):
    """Wherever what somebody sends leads to: a refusal or a page, never a 500, never a header of theirs."""
    inside = f"/a/{code}{nasty}"
    posts: list[tuple[str, dict[str, str]]] = [
        (f"/a/{code}/actes", PLACED | {"group": "1", "back": value})
        for value in (nasty, inside, f"{inside}#{nasty}", f"/r/{code}?{nasty}")
    ]
    posts += [
        (f"/a/{code}/actes", {"command": nasty}),
        (f"/a/{code}/actes", {"command": "join", "trade": nasty, "group": nasty, "name": nasty}),
        (f"/a/{code}/actes?version={nasty[:50]!r}", PLACED | {"group": nasty, nasty: nasty}),
        (f"/animer/{code}/cles", {"holder": nasty, "op": nasty}),
        (f"/animer/{code}/wifi", {"ssid": nasty, "password": nasty}),
        (f"/animer/{code}/remettre-a-zero", {"code": nasty}),
        (f"/animer/{code}/effacer", {"code": nasty}),
        (f"/exports/{code}", {"what": nasty, "group": nasty, "paper": nasty}),
        (f"/exports/{code}", {"what": "group", "group": nasty, "paper": "a4"}),
        (f"/r/{code}/retour", {"retour": nasty}),
        (
            "/preparer",
            {"title": nasty, "place": nasty, "date": nasty, "purge_on": nasty, "group_count": nasty},
        ),
        (f"/animer/{code}/reglages", {"title": nasty, "groups": nasty}),
    ]
    for path, fields in posts:
        answer = sent(both, path, fields, Accept="text/html")
        assert answer.status_code < 500, (path, fields)
        assert "X-Injected" not in answer.headers
        assert (answer.headers.get("Location") or "/").startswith("/"), answer.headers["Location"]
        assert not answer.headers.get("Location", "").startswith(("//", "/\\"))
    for path, query in (
        ("/rejoindre", {"code": nasty}), (f"/r/{nasty}", {}), (f"/r/{code}", {"metier": nasty}), (f"/a/{nasty}", {}),
        (f"/a/{code}", {"groupe": nasty}), (f"/animer/{code}", {"cle": nasty}), (f"/ecran/{code}", {"cle": nasty}),
        (f"/animer/{code}", {"recopier": nasty}), (f"/a/{code}/initiatives", {"group": nasty}),
        (f"/a/{code}/depuis", {"audience": nasty, "group": nasty, "seq": nasty, "head": nasty}),
        (f"/a/{code}/connu", {"group": nasty, "seq": nasty, "head": nasty}), ("/preparer", {"modele": nasty}),
    ):  # fmt: skip
        answer = someone().client.get(path, query_string=query, base_url=BASE)
        assert answer.status_code < 500, (path, query)
        assert (answer.headers.get("Location") or "/").startswith(("/", f"{BASE}/"))
        answer = both.client.get(path, query_string=query, base_url=BASE)
        assert answer.status_code < 500, (path, query)
