"""Every page: a way past the banner, landmarks, a title that says where one is, names that say what they act on."""

import re

import pytest
from bs4 import BeautifulSoup

from atelier.app import create_program
from atelier.config import Config
from atelier.web.render.templating import qr
from tests.support.page_states import STATES, UNSEEN, whole_pages
from tests.support.visitors import Browser

SOFT_HYPHEN = "\u00ad"
WALLS = ("pages/wall.html", "pages/day_wall.html")
TYPED = ("title", "text", "label", "name", "what", "who", "due")


def soup(html):
    return BeautifulSoup(html, "lxml")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every kind of page as somebody gets it, by what it is."""
    folder = tmp_path_factory.mktemp("pages")
    program = create_program(Config(sessions=folder / "sessions", exports=folder / "exports"))
    desk = Browser(program.app)
    code = desk.prepare(title="Essai", place="Épinal")
    drawn = {name: state.html(desk, lambda: Browser(program.app), code) for name, state in STATES.items()}
    program.close()
    return {name: soup(html) for name, html in drawn.items()}


def test_every_page_has_its_landmarks_and_a_way_past_the_banner(pages):
    for name, page in pages.items():
        assert len(page.select("main")) == 1, name
        assert (
            len(page.select("body > header, body > .frame > header, .shell > header, .wall > header")) == 1
        ), name
        assert len(page.select("h1")) == 1, name
        if STATES[name].template in WALLS:  # nobody tabs there
            continue
        first = page.select_one("body a, body button, body input")
        assert first["href"] == "#contenu", name
        assert page.select_one(first["href"]).get("tabindex") == "-1", name
        for skip in page.select(".skip"):
            assert page.select_one(skip["href"]).get("tabindex") == "-1", (name, skip)


def test_the_links_that_the_law_asks_for_are_on_every_page(pages):
    for name, page in pages.items():
        if STATES[name].template not in WALLS:
            linked = {link["href"] for link in page.select("footer a, #plus a")}
            assert {"/accessibilite", "/donnees-personnelles"} <= linked, name


def test_titles_say_where_one_is_and_all_differ(pages):
    titles = {name: page.title.text for name, page in pages.items()}
    drawn_by = {
        title: {STATES[name].template for name in titles if titles[name] == title}
        for title in titles.values()
    }
    assert all(len(templates) == 1 for templates in drawn_by.values()), drawn_by
    assert len({titles[name] for name in ("door", "door, table", "door, changing", "wrong return code")}) == 4
    assert titles["prepare, wrong"] == f"Erreur\u00a0: {titles['prepare']}"
    assert titles["phone"].startswith("Accueil · Groupe 1 · ")
    assert titles["desk"].startswith("Accueil · ")
    assert titles["not found"].startswith("Erreur\u00a0: Page introuvable")
    assert titles["wrong return code"].startswith("Erreur\u00a0: code de retour")


def test_no_name_holds_a_soft_hyphen_and_no_picture_is_without_one(pages):
    for name, page in pages.items():
        for each in page.select("[aria-label]"):
            assert SOFT_HYPHEN not in each["aria-label"], name
        for each in page.find_all(string=re.compile(SOFT_HYPHEN)):
            assert each.find_parent(attrs={"aria-hidden": "true"}), (name, each)
        for svg in page.select("svg"):
            hidden = svg.get("aria-hidden") == "true" or svg.find_parent(attrs={"aria-hidden": "true"})
            assert hidden or svg.get("aria-label"), name


def test_what_people_type_takes_the_direction_of_its_letters(pages):
    for name, page in pages.items():
        for field in page.select("textarea, input"):
            typed = field.name == "textarea" or field.get("type", "text") == "text"
            if typed and field.get("name") in TYPED:
                assert field.get("dir") == "auto", (name, field)


def test_every_field_has_a_name_and_what_describes_it_is_there(pages):
    for name, page in pages.items():
        for field in page.select("input:not([type=hidden]), textarea, select"):
            labelled = field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
            assert labelled or page.select(f'label[for="{field.get("id")}"]'), (name, field)
            for attribute in ("aria-describedby", "aria-labelledby"):
                for each in field.get(attribute, "").split():
                    assert page.find(id=each), (name, attribute, each)


def test_every_table_has_a_title_and_named_columns(pages):
    for name, page in pages.items():
        for table in page.select("table"):
            caption = table.find("caption")
            assert caption, (name, table.get("class"))
            assert caption.get_text(strip=True), (name, table.get("class"))
            assert all(head.get("scope") for head in table.select("th")), (name, table.get("class"))


def test_the_controls_of_several_cards_say_which_one(pages):
    phone = pages["phone"]
    sliders = [
        " ".join(phone.find(id=each).get_text(strip=True) for each in slider["aria-labelledby"].split())
        for slider in phone.select(".handle")
    ]
    named = [
        each for each in sliders if not each.strip().endswith(("France services", "Conseiller numérique"))
    ]
    assert len(set(named)) == len(named) == 20


def test_a_qr_code_has_a_name_unless_what_holds_it_has_one():
    assert 'role="img" aria-label="QR code pour rejoindre l’atelier"' in qr(
        "http://192.168.1.20:8000/r/KTZ4MP"
    )
    assert 'aria-hidden="true"' in qr("http://192.168.1.20:8000/r/KTZ4MP", "")


def test_no_page_is_left_out():
    assert {state.template for state in STATES.values()} | set(UNSEEN) == whole_pages()


WRONG = [
    ({"groups": "99"}, "groups"),
    ({"title": "x" * 121}, "title"),
    ({"organiser": "a\x07b"}, "organiser"),
    ({"date": "hier"}, "date"),
    ({"purge_on": "2020-01-01"}, "purge_on"),
    ({"minutes-remits": "9999"}, "minutes-remits"),
    ({"expected": "0"}, "expected"),
    ({"group-5": "Les Tilleuls"}, "groups"),
    ({"territory_code": "999"}, "territory_code"),
    ({"free_lines": "15"}, "free_lines"),
    ({"line-1-id": "orienter", "line-1-label": "", "line-1-order": "1"}, "line-1-label"),
]


@pytest.mark.parametrize(("fields", "name"), WRONG)
def test_every_error_of_preparing_is_at_its_field_in_the_summary_and_in_the_title(desk, fields, name):
    page = soup(desk.post("/preparer", fields, 422).text)
    field = page.find(id=name)
    assert field["aria-invalid"] == "true"
    assert "autofocus" in field.attrs
    assert all(page.find(id=each) for each in field["aria-describedby"].split())
    told = page.find(id=f"{name}-error").get_text()
    summary = page.select_one("[role=alert]")
    assert told in summary.get_text()
    assert summary.select_one(f'a[href="#{name}"]')
    fold = field.find_parent("details")
    assert fold is None or "open" in fold.attrs
    assert page.title.text.startswith("Erreur")
