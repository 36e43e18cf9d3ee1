"""The sheet without seeing it: a table in words, what has changed, placing by one line; the wall in words."""

import pytest

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
    assert "J’oriente" in page.find("main").find("ul").get_text()
    assert "Aucune carte n’a bougé" in desk.page(f"/a/{workshop}/texte?depuis={before + 10**9}").get_text()
    assert "J’oriente" in desk.page(f"/ecran/{workshop}/texte").get_text()


def test_what_is_hidden_on_the_wall_is_hidden_in_words(desk, workshop):
    desk.act(workshop, "set-arms-discreet", on=1)
    assert "J’oriente" not in desk.page(f"/ecran/{workshop}/texte").get_text()
