"""The entrance under a facilitator's hand: shut, swept, opened; what is removed by hand comes back with one press."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.arriving import flood
from tests.support.people import Participant

pytestmark = pytest.mark.browser


@pytest.fixture
def karim(opened, workshop):
    """Somebody at table 2 who does nothing."""
    return Participant(opened(), workshop.base, workshop.code, "Conseiller numérique", 2, "Karim")


def people(facilitator):
    """Open the panel « Personnes »."""
    facilitator.press("Personnes")
    return facilitator.desk.locator("#personnes")


def try_again(stranger):
    """Come in after all."""
    stranger.get_by_role("link", name="Réessayer").click()
    stranger.get_by_role("button", name="France services").click()
    stranger.get_by_role("button", name="Entrer dans l’atelier").click()
    expect(stranger).to_have_url(re.compile("/a/[A-Z0-9]{6}$"))


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_shut_swept_undone_and_opened_again(opened, server, facilitator, wall, phone, karim, axe):
    desk, code = facilitator.desk, facilitator.code
    phone.place("orienter", 100, 0)
    expect(phone.page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")

    panel = people(facilitator)
    panel.get_by_role("button", name="Fermer l’entrée").click()
    expect(panel).to_contain_text("L’entrée est fermée.")
    desk.keyboard.press("Escape")
    expect(desk.locator(".desk-head")).to_contain_text("Entrée fermée")
    expect(wall.locator(".wall-join")).to_contain_text("Entrée fermée")

    stranger = opened(320, 568)
    stranger.goto(f"{server.base}/r/{code}")
    expect(stranger.get_by_text("L’entrée est fermée.")).to_be_visible()
    expect(stranger.get_by_role("button", name="France services")).to_have_count(0)
    assert not too_wide(stranger)
    axe(stranger, "at a shut door")
    karim.page.goto(f"{server.base}/r/{code}")
    expect(karim.page).to_have_url(re.compile(f"/a/{code}$"))

    panel = people(facilitator)
    panel.get_by_text("Retirer ceux qui n’ont rien fait…").click()
    expect(panel).to_contain_text("1\u00a0personne n’a encore rien écrit, placé ni soutenu")
    panel.get_by_role("button", name="Retirer cette personne").click()
    expect(panel.locator("#desk-came-in")).not_to_contain_text("Karim")
    expect(karim.page).to_have_url(re.compile(f"/r/{code}$"))
    expect(karim.page.get_by_text("L’entrée est fermée.")).to_be_visible()
    axe(desk, "somebody was removed")

    panel.get_by_role("button", name="Annuler").click()
    expect(panel.locator("#desk-came-in")).to_contain_text("Karim")
    expect(panel.locator("#desk-removals-people")).to_be_hidden()
    karim.page.goto(f"{server.base}/r/{code}")
    expect(karim.page).to_have_url(re.compile(f"/a/{code}$"))

    panel.get_by_role("button", name="Rouvrir l’entrée").click()
    expect(panel).to_contain_text("L’entrée est ouverte.")
    try_again(stranger)


def test_a_decision_removed_in_front_of_the_room_comes_back_where_it_stood(facilitator, axe):
    desk = facilitator.desk
    facilitator.go_to("Passer à la restitution", "report-back")
    facilitator.go_to("Passer à la synthèse", "synthesis")
    decisions = desk.locator("#desk-decisions .decision__what")
    for n, what in enumerate(("Une affiche commune", "Un carnet de liaison", "Se revoir en mars"), start=1):
        desk.get_by_label("Quoi").first.fill(what)
        facilitator.press("Noter la décision")
        expect(decisions).to_have_count(n)
    before = decisions.all_inner_texts()
    desk.locator("#desk-decisions .decision").nth(1).get_by_role("button", name="Retirer").click()
    expect(decisions).to_have_count(2)
    bar = desk.locator("#desk-removals")
    expect(bar).to_contain_text("Un carnet de liaison")
    for width, height in ((1366, 657), (360, 640)):
        desk.set_viewport_size({"width": width, "height": height})
        expect(bar.get_by_role("button", name="Annuler")).to_be_in_viewport(ratio=1)
        assert not too_wide(desk), width
        axe(desk, f"a removal at {width}")
    bar.get_by_role("button", name="Annuler").click()
    expect(decisions).to_have_count(3)
    assert decisions.all_inner_texts() == before
    expect(bar).to_be_hidden()


def test_a_newcomer_of_a_crowd_waits_and_comes_in_without_a_further_press(opened, server, axe):
    desk = opened(1366, 657)
    desk.goto(f"{server.base}/preparer")
    desk.get_by_label("Personnes attendues").fill("1")
    desk.get_by_role("button", name="Créer l’atelier").first.click()
    code = desk.url.split("/")[4]
    desk.get_by_role("link", name="Ouvrir le poste d’animation").click()
    expect(desk.locator("body")).to_have_attribute("data-connection", "live")
    phone = opened(320, 568)
    phone.goto(f"{server.base}/r/{code}?metier=fs")
    # Enough of them that turns are promised well ahead, however slowly they are answered.
    assert flood(server, code, 120)[429]
    with phone.expect_response(lambda answer: "/actes" in answer.url and answer.status == 429):
        phone.get_by_role("button", name="Entrer dans l’atelier").click()
    expect(phone.get_by_text("Cette page réessaie toute seule.")).to_be_visible()
    assert not too_wide(phone)
    expect(desk.locator("#desk-crowd-strip")).to_contain_text("à l’entrée")
    for width, height in ((1366, 657), (360, 640)):
        desk.set_viewport_size({"width": width, "height": height})
        assert not too_wide(desk), width
        axe(desk, f"a crowd at {width}")
    expect(phone).to_have_url(re.compile(f"/a/{code}$"))
