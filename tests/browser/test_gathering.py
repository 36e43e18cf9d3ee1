"""« Regrouper », as a facilitation and a table live it: suggested, done by hand, shown as one, taken apart."""

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared
from tests.support.pictures import picture

pytestmark = pytest.mark.browser

LIMIT = (
    "Un carnet de liaison laissé à l’accueil, où chaque structure note qui fait quoi, quand et avec qui. " * 3
)
ONE, OTHER, TWIN = (
    "Une permanence commune le mardi",
    "Les mardis, des permanences communes",
    "Permanence commune mardi",
)


@pytest.fixture
def room(server, opened):
    """Two groups that wrote the same; the wall shows the action over all groups."""
    workshop = Prepared(server.base, "remits", "articulations")
    for group, text in ((1, ONE), (1, TWIN), (2, OTHER), (3, LIMIT[:280])):
        workshop.act("post-initiative", group=group, action="orienter", text=text)
    facilitator = Facilitator.of(workshop, opened(1366, 657))
    facilitator.project(opened(1280, 720))
    nadia = Participant(opened(320, 640), workshop.base, workshop.code, "France services", 1, "Nadia")
    workshop.act("open-phase", phase="report-back", sure=1)
    workshop.act("show-on-wall", scene="across", action="orienter")
    return facilitator, nadia, workshop


def a_table_gathers(nadia, axe):
    """Its own texts only."""
    phone = nadia.page
    nadia.tab("La fiche")
    phone.get_by_role("link", name="Regrouper les idées").click()
    expect(phone.get_by_role("button", name="Regrouper «")).to_have_count(1)
    axe(phone, "gathering on a phone")
    picture(phone, "gather-phone")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    phone.get_by_role("button", name="Regrouper «").click()


def follows_what_others_do(page, workshop):
    """Two texts that resemble each other come: at once, or offered to whoever is in a field."""
    page.evaluate("window.kept = true; document.activeElement.blur()")
    texts = ("Un agenda partagé en ligne", "Un agenda partagé, en ligne", "Agenda partagé en ligne")
    for group, text in enumerate(texts[:2], start=1):
        workshop.act("post-initiative", group=group, action="former", text=text)
    expect(page.locator("#contenu")).to_contain_text(texts[1], timeout=60_000)
    assert page.evaluate("window.kept")
    page.get_by_label("Titre du regroupement").focus()
    workshop.act("post-initiative", group=3, action="former", text=texts[2])
    expect(page.locator("[data-fresh]")).to_be_visible(timeout=60_000)
    expect(page.locator("#contenu")).not_to_contain_text(f"{texts[2]} (")
    page.locator("[data-fresh]").get_by_role("link", name="Actualiser").click()
    expect(page.locator("#contenu")).to_contain_text(texts[2])


def stand_together_on_a_phone(nadia, workshop, axe):
    """Under their heading, and a way to where they come out."""
    phone = nadia.page
    phone.goto(f"{workshop.base}/a/{workshop.code}")
    nadia.tab("La fiche")
    nadia.card("orienter")
    gathering = phone.locator("#initiatives-1-orienter .gathering")
    expect(gathering).to_contain_text("Un accueil à deux voix · 2 textes réunis")
    axe(phone, "texts brought together on a phone")
    picture(phone, "gather-list")
    gathering.get_by_role("link", name="Modifier ou défaire").click()


def test_the_same_idea_is_brought_together_and_taken_apart(room, opened, axe):
    facilitator, nadia, workshop = room
    desk, wall, phone = facilitator.desk, facilitator.wall, nadia.page
    shown = wall.locator(".across__count")
    expect(shown).to_contain_text("4 initiatives")

    a_table_gathers(nadia, axe)
    expect(shown).to_contain_text("3 initiatives")

    # The facilitation, across groups, with a heading.
    with desk.context.expect_page() as opening:
        desk.get_by_role("link", name="Regrouper…").click()
    page = opening.value
    page.get_by_role("button", name="Regrouper «").first.click()
    expect(shown).to_contain_text("2 initiatives")
    page.get_by_label("Titre du regroupement").fill("Un accueil à deux voix")
    page.get_by_role("button", name="Enregistrer le titre").click()
    axe(page, "gathering at the desk")
    picture(page, "gather-desk")
    first = wall.locator(".across__initiative").filter(has_text="Un accueil à deux voix")
    for text in (ONE, OTHER, TWIN):
        expect(first).to_contain_text(text)
        expect(desk.locator("#desk-spoken")).to_contain_text(text)
    picture(wall, "gather-wall")

    # The texts stand together where they were written, and come out there.
    entry = desk.locator("#desk-feed > li").filter(has_text=OTHER)
    expect(entry).to_contain_text("Un accueil à deux voix · 3 textes réunis")
    follows_what_others_do(page, workshop)

    # Chosen among all of an action, then out again.
    page.get_by_label("Sous quelle action").select_option("orienter")
    page.get_by_role("button", name="Voir ses initiatives").click()
    expect(page.get_by_role("button", name="Regrouper ces deux initiatives")).to_be_visible()
    entry.get_by_role("button", name="Sortir du regroupement").click()
    expect(entry).not_to_contain_text("réunis")
    expect(shown).to_contain_text("3 initiatives")
    stand_together_on_a_phone(nadia, workshop, axe)
    phone.get_by_role("button", name="Sortir").first.click()
    expect(shown).to_contain_text("4 initiatives")
