"""The sheet without seeing it: a table in words, what has changed, placing by one line; the wall in words."""

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant, Prepared, as_browser

LINES = [
    ("orienter fs régulièrement", "orienter", "fs", 75),
    ("3 conum rarement", "orienter", "cn", 25),
    ("Former FS TRES REGULIEREMENT", "former", "fs", 100),
    ("faire avec cn de temps en temps", "faire-avec", "cn", 50),
    ("diagnostique fs jamais", "diagnostiquer", "fs", 0),
]


@pytest.fixture
def workshop(desk):
    code = desk.prepare(title="Essai")
    desk.join(code, "fs", 1, "Nadia")
    desk.act(code, "open-phase", phase="articulations")
    return code


@pytest.mark.parametrize(("line", "action", "arm", "reach"), LINES)
def test_one_line_places_a_card(desk, program, workshop, line, action, arm, reach):
    desk.post(f"/a/{workshop}/texte", {"line": line})
    state = program.service.read(workshop).state
    assert getattr(state.group(1).lines[action].placement, arm) == reach


UNCLEAR = {
    "": 422, "orienter": 422, "orienter fs": 422, "orienter jamais": 422, "fs régulièrement": 409,
    "inconnue fs jamais": 409,
}  # fmt: skip
"""Lines that name no side, no word of the scale, or no action, and the status of what answers."""


@pytest.mark.parametrize("line", UNCLEAR)
def test_a_line_that_says_nothing_clear_places_nothing_and_says_so(desk, program, workshop, line):
    before = program.service.read(workshop).state.group(1).lines
    answer = desk.post(f"/a/{workshop}/texte", {"line": line}, UNCLEAR[line])
    assert 'role="alert"' in answer.text
    assert program.service.read(workshop).state.group(1).lines == before


def test_the_table_says_each_side_and_what_has_changed(desk, program, workshop):
    before = program.service.now() - 1
    desk.post(f"/a/{workshop}/texte", {"line": "orienter fs régulièrement"})
    page = desk.page(f"/a/{workshop}/texte?depuis={before}&tri=nom")
    row = page.find("th", string="J’oriente").find_parent("tr").get_text("|", strip=True)
    assert "régulièrement" in row
    assert "J’oriente" in page.find(id="changed").get_text()
    assert "Rien n’a changé" in desk.page(f"/a/{workshop}/texte").get_text()
    assert "Rien n’a changé" in desk.page(f"/a/{workshop}/texte?depuis={before + 10**9}").get_text()
    assert "J’oriente" in desk.page(f"/ecran/{workshop}/texte").get_text()


def test_what_is_hidden_on_the_wall_is_hidden_in_words(desk, workshop):
    desk.act(workshop, "set-arms-discreet", on=1)
    assert "J’oriente" not in desk.page(f"/ecran/{workshop}/texte").get_text()


@pytest.mark.browser
@pytest.mark.slow
def test_the_pages_in_words_follow_the_room_and_leave_the_reader_where_they_are(opened, server):
    workshop = Prepared(server.base, "remits", "articulations")
    page = Participant(opened(), workshop.base, workshop.code, "France services", 1, "Nadia").page
    page.clock.install()
    page.goto(f"{workshop.base}/a/{workshop.code}/texte?tri=nom")
    expect(page.get_by_text("toute seule")).to_be_visible()
    field = page.get_by_label("Action, puis fs ou conum")
    field.fill("orienter fs rég")
    top = field.bounding_box()["y"]
    workshop.act("place-action", group=1, action="orienter", fs=75, cn=25)
    workshop.act("post-initiative", group=1, action="former", text="Un accueil commun")
    page.clock.run_for(10_000)
    expect(page.locator("#changed li")).to_have_count(2)
    expect(page.locator("#sheet-words")).to_contain_text("Un accueil commun")
    assert abs(field.bounding_box()["y"] - top) < 2
    assert field.evaluate("field => field === document.activeElement")
    expect(field).to_have_value("orienter fs rég")
    page.get_by_role("link", name="à placer d’abord").click()
    expect(page.locator("#changed li"), "sorting forgets nothing").to_have_count(2)
    wall = opened()
    as_browser(wall, workshop.host)
    wall.clock.install()
    wall.goto(f"{workshop.base}/ecran/{workshop.code}/texte")
    workshop.act("announce", text="Pause de dix minutes")
    wall.clock.run_for(10_000)
    expect(wall.get_by_role("status")).to_contain_text("Pause de dix minutes")
