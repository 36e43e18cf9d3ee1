"""« Gommettes », as a room lives them: opened on the desk, placed on phones, offline too, unseen, then revealed."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared
from tests.support.pictures import picture

pytestmark = pytest.mark.browser

SIZES = {"hd": (1920, 1080), "wall": (1280, 720), "old": (1024, 768)}
LIMIT = (
    "Un carnet de liaison laissé à l’accueil, où chaque structure note qui fait quoi, quand et avec qui. " * 3
)
TEXTS = [
    "Une permanence commune le mardi", LIMIT[:280], "Le même outil d’orientation partout", "Un numéro direct",
]  # fmt: skip


@pytest.fixture
def room(server, opened):
    """The synthesis, with texts of three groups; desk, wall, two phones of 320 px."""
    workshop = Prepared(server.base, "remits", "articulations")
    for n, text in enumerate(TEXTS):
        workshop.act("post-initiative", group=n % 3 + 1, action="orienter", text=text)
    workshop.act("open-phase", phase="report-back")
    workshop.act("open-phase", phase="synthesis", sure=1)
    facilitator = Facilitator.of(workshop, opened(1366, 657))
    facilitator.project(opened(*SIZES["wall"]))
    phones = [
        Participant(opened(320, 640), workshop.base, workshop.code, trade, group, name)
        for trade, group, name in (("France services", 1, "Nadia"), ("Conseiller numérique", 2, "Karim"))
    ]
    return facilitator, phones, workshop


def choice(page, text):
    return page.locator("[data-choice]").filter(has_text=text[:40])


def place(page, text):
    choice(page, text).get_by_role("button").click()
    expect(choice(page, text).get_by_role("button")).to_have_attribute("aria-pressed", "true")


def vote_button(page, text):
    return choice(page, text).get_by_role("button")


def places_three_dots_one_offline(page, axe):
    page.get_by_role("link", name="Voter").click()
    expect(page.locator("[data-choice]")).to_have_count(4)
    left = page.locator(".vote__left")
    expect(left).to_contain_text("Il vous reste 3 gommettes sur 3")
    axe(page, "the vote on a phone")
    picture(page, "phone-open")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    place(page, TEXTS[0])
    vote_button(page, TEXTS[1]).focus()
    page.keyboard.press("Space")
    expect(left).to_contain_text("Il vous reste 1 gommette sur 3")
    page.context.set_offline(True)
    place(page, TEXTS[2])
    expect(left).to_contain_text("En attente d’envoi")
    expect(vote_button(page, TEXTS[3])).to_have_attribute("aria-disabled", "true")
    vote_button(page, TEXTS[2]).click()
    expect(vote_button(page, TEXTS[2])).to_have_attribute("aria-pressed", "false")
    place(page, TEXTS[3])
    picture(page, "phone-offline")
    page.context.set_offline(False)
    expect(left).to_contain_text("Personne ne voit votre choix")
    page.reload()
    page.get_by_role("link", name="Voter").click()
    expect(page.locator("[data-choice] button[aria-pressed=true]")).to_have_count(3)


def is_hidden_and_frees_its_dot(page, workshop):
    name = choice(page, TEXTS[3]).get_attribute("data-choice")
    workshop.act("hide-initiative", group=1, initiative=name)
    expect(page.locator("[data-choice]")).to_have_count(3)
    expect(page.locator(".vote__left")).to_contain_text("Il vous reste 1 gommette sur 3")
    place(page, TEXTS[2])
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")


def comes_too_late(page, close):
    page.context.set_offline(True)
    place(page, TEXTS[2])
    close()
    page.context.set_offline(False)
    expect(page.locator("[data-atelier-refused]")).to_contain_text("arrivée trop tard")
    picture(page, "phone-late")


def shows_the_result(wall):
    expect(wall.locator(".vote__row")).to_have_count(3)
    expect(wall.locator(".vote__row").first).to_contain_text("FS 1 · Conum 1")
    for size, (width, height) in SIZES.items():
        wall.set_viewport_size({"width": width, "height": height})
        expect(wall.locator(".vote__row").first).to_be_visible()
        assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
        picture(wall, f"wall-result-{size}")


def test_a_vote_from_the_first_dot_to_the_result(room, axe):
    facilitator, (nadia, karim), workshop = room
    desk, wall, page, other = facilitator.desk, facilitator.wall, nadia.page, karim.page
    facilitator.press("Vote…")
    panel = desk.locator("dialog#gommettes")
    told = panel.locator("#desk-vote")
    axe(desk, "the panel before a vote")
    panel.get_by_role("button", name="Ouvrir le vote").click()
    expect(told).to_contain_text("Le vote est ouvert")
    expect(wall.locator("#scene")).to_contain_text("Quelles initiatives lancer d’abord")
    axe(wall, "the wall while people vote")
    picture(wall, "wall-open")
    places_three_dots_one_offline(page, axe)
    expect(wall.locator("#wall-voted")).to_contain_text("1 personne a voté")

    other.get_by_role("link", name="Voter").click()
    expect(other.locator("[data-choice]")).to_have_count(4)
    expect(other.locator("[data-choice] button[aria-pressed=true]")).to_have_count(0)
    for text in (TEXTS[0], TEXTS[1]):
        place(other, text)
    expect(told).to_contain_text("2 personnes ont voté")

    is_hidden_and_frees_its_dot(page, workshop)
    facilitator.press("Vote…")
    comes_too_late(other, panel.get_by_role("button", name="Clore sans révéler").click)
    expect(page.locator("#vote-strip")).to_contain_text("Le vote est clos")
    expect(wall.locator("#scene")).to_contain_text("Le résultat arrive")
    panel.get_by_role("button", name="Révéler").click()
    expect(panel.locator(".vote__ranking > li")).to_have_count(3)
    expect(page.locator("#vote-result")).to_contain_text("2 personnes ont voté")
    for screen, where in ((desk, "desk"), (wall, "wall"), (page, "phone")):
        axe(screen, f"the result on the {where}")
        picture(screen, f"{where}-result")
    shows_the_result(wall)

    panel.get_by_role("button", name="Annuler ce vote").click()
    expect(page.locator("#vote-result")).to_be_empty()
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name=re.compile("Vote annulé")).locator("visible=true").first.click()
    expect(page.locator("#vote-result")).to_contain_text("2 personnes ont voté")


def test_a_phone_that_serves_a_table_places_the_dots_of_its_people(room, axe):
    facilitator, (nadia, _), workshop = room
    desk, page = facilitator.desk, nadia.page
    workshop.act("open-vote", each=2)
    facilitator.press("Les groupes")
    desk.locator("#desk-members-1, [href='#table-1']").locator("visible=true").first.click()
    table = desk.locator("dialog#table-1")
    table.locator("summary").filter(has_text="Plus…").first.click()
    table.locator("summary").filter(has_text="Téléphone partagé").first.click()
    table.get_by_role("button", name="4", exact=True).click()
    expect(table.locator("summary").filter(has_text="Vote pour 4")).to_be_visible()
    axe(desk, "a phone that several share")
    page.get_by_role("link", name="Voter").click()
    expect(page.locator(".vote__left")).to_contain_text("Il vous reste 8 gommettes sur 8")
    first = choice(page, TEXTS[1])
    for count in range(1, 5):
        first.get_by_role("button", name="Ajouter une gommette").click()
        expect(first.locator("output")).to_contain_text(f"{count} gommette")
    expect(first.get_by_role("button", name="Ajouter")).to_have_attribute("aria-disabled", "true")
    axe(page, "the vote of a phone that several share")
    picture(page, "phone-shared")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(facilitator.wall.locator("#wall-voted")).to_contain_text("4 personnes ont voté")


def test_without_scripts_a_vote_is_a_page_of_forms(room, browser):
    _, (nadia, *_others), workshop = room
    workshop.act("open-vote")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    context.add_cookies(nadia.page.context.cookies())
    page = context.new_page()
    page.goto(f"{workshop.base}/a/{workshop.code}/gommettes")
    page.get_by_role("button", name="Poser une gommette").first.click()
    expect(page.get_by_role("status")).to_contain_text("2 gommettes")
    picture(page, "phone-no-script")
    workshop.act("post-initiative", group=3, action="orienter", text="Un texte de plus")
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_text("Un texte de plus")).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("2 gommettes")
    page.get_by_role("button", name="Reprendre une gommette").click()
    expect(page.get_by_role("status")).to_contain_text("3 gommettes")
    context.close()
