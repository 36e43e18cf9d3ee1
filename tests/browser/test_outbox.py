"""Nothing typed is lost: texts that come too late, another address, no WebSocket."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Participant

pytestmark = pytest.mark.browser


def hold_back(phone, text):
    """Write a text that cannot leave."""
    phone.page.route("**/actes", lambda route: route.abort())
    phone.propose("orienter", text)
    expect(phone.page.get_by_text("En attente d’envoi").first).to_be_visible()


def test_a_text_that_comes_after_the_close_reaches_the_desk(facilitator, phone, axe):
    desk = facilitator.desk
    hold_back(phone, "Arrivée trop tard")
    desk.get_by_role("link", name="Plus").first.click()
    desk.get_by_role("link", name=re.compile("Clore, rouvrir")).click()
    expect(desk.locator("#desk-held-at-close")).to_contain_text("Nadia (groupe 1)", timeout=4_000)
    expect(desk.locator("#desk-held-at-close")).to_contain_text("1\u00a0envoi")
    axe(desk, "closing with texts on their way")
    desk.get_by_role("button", name="Clore maintenant").click()
    expect(phone.page.locator("body")).to_have_attribute("data-status", "closed")
    phone.page.unroute("**/actes")
    expect(phone.page.get_by_text("transmis à l’animateur·rice")).to_be_visible(timeout=20_000)
    phone.page.reload()
    refusal = phone.page.locator(".refusal")
    expect(refusal).to_contain_text("Arrivée trop tard")
    expect(refusal).to_contain_text("transmis")
    axe(phone.page, "a refused text")
    desk.keyboard.press("Escape")
    expect(desk.locator("#desk-inbox-strip")).to_be_visible()
    desk.get_by_role("link", name="Lire et décider").click()
    expect(desk.locator("#desk-inbox")).to_contain_text("Nadia")
    axe(desk, "the inbox")
    desk.get_by_role("button", name="Ajouter à la fiche").click()
    expect(desk.locator("#desk-inbox")).to_contain_text("Aucun texte en attente")
    desk.keyboard.press("Escape")
    expect(facilitator.initiative("Arrivée trop tard")).to_be_visible()
    expect(phone.page.locator("#ideas-1-orienter")).to_contain_text("Arrivée trop tard")


def test_before_the_next_phase_the_desk_names_phones_that_hold_acts_or_are_away(facilitator, phone, axe):
    desk, suite = facilitator.desk, facilitator.desk.locator("dialog#suite")
    hold_back(phone, "Pas encore partie")
    expect(desk.locator("#desk-held")).to_contain_text("Nadia (groupe 1)", timeout=4_000)
    facilitator.press("Passer à la restitution")
    expect(suite.locator("#desk-held")).to_contain_text("1\u00a0envoi")
    axe(desk, "the next phase, with texts on their way")
    desk.keyboard.press("Escape")
    phone.page.close()
    expect(desk.locator("#desk-held")).to_contain_text("hors ligne", timeout=8_000)
    facilitator.press("Passer à la restitution")
    expect(suite).to_contain_text(
        "1\u00a0téléphone est hors ligne ou en veille et garde peut-être des textes : Nadia"
    )
    suite.get_by_role("button", name="Passer à la restitution").click()
    expect(desk.locator("body")).to_have_attribute("data-phase", "report-back")
    expect(suite).to_be_hidden()


def test_a_seat_is_taken_again_by_its_code(facilitator, phone, server, opened):
    code = phone.page.locator("body").get_attribute("data-rejoin")
    other = opened(320, 700)
    other.goto(f"http://127.0.0.1:{server.port}/r/{facilitator.code}")
    other.get_by_text("J’étais déjà là").click()
    other.get_by_label("Votre code de retour").fill("AAA AAA")
    other.get_by_role("button", name="Reprendre ma place").click()
    expect(other.get_by_role("alert")).to_contain_text("ne correspond")
    other.get_by_label("Votre code de retour").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Reprendre ma place").click()
    expect(other).to_have_url(re.compile(f"/a/{facilitator.code}$"))
    assert other.locator("body").get_attribute("data-rejoin") == code


def test_under_another_address_seat_and_texts_come_along(facilitator, phone, server):
    page = phone.page
    hold_back(phone, "Emporté avec moi")
    page.evaluate("document.querySelector('[data-atelier-offline]').hidden = false")
    page.locator("[data-atelier-offline] summary").click()
    page.get_by_label(re.compile("adresse affichée")).fill("n’importe quoi")
    page.get_by_role("button", name="Y aller avec mes textes").click()
    expect(page.get_by_text("Recopiez l’adresse telle qu’elle est")).to_be_visible()
    page.get_by_label(re.compile("adresse affichée")).fill(f"127.0.0.1:{server.port}")
    page.unroute("**/actes")
    page.get_by_role("button", name="Y aller avec mes textes").click()
    expect(page).to_have_url(f"http://127.0.0.1:{server.port}/a/{facilitator.code}", timeout=10_000)
    expect(facilitator.desk.locator("#desk-feed").get_by_text("Emporté avec moi")).to_have_count(
        1, timeout=15_000
    )
    assert "envois" not in page.url


def test_without_websocket_everything_works_by_polling(facilitator, server, opened):
    page = opened()
    page.add_init_script("window.WebSocket = class { constructor() { throw new Error('blocked') } }")
    phone = Participant(page, server.base, facilitator.code, "Conseiller numérique", 2, "Léa")
    phone.propose("orienter", "Par le chemin long")
    expect(facilitator.initiative("Par le chemin long")).to_be_visible(timeout=10_000)
    facilitator.press(re.compile("^Lancer"))
    expect(page.locator("body")).to_have_attribute("data-clock-status", "running", timeout=10_000)


def test_forty_acts_written_offline_come_out_once_in_order(facilitator, phone):
    page = phone.page
    phone.card("orienter")
    page.context.set_offline(True)
    texts = [f"Hors ligne {n:02d}" for n in range(40)]
    for text in texts:
        phone.propose("orienter", text)
    expect(page.locator("body")).to_have_attribute("data-connection", "lost", timeout=6_000)
    expect(page.locator("[data-offline-text]")).to_contain_text("Connexion coupée depuis")
    page.context.set_offline(False)
    expect(page.locator("#ideas-1-orienter [data-idea-text]")).to_have_text(texts, timeout=30_000)
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved", timeout=30_000)


def test_an_answer_given_offline_leaves_the_other_trades_answer_alone(opened, server, facilitator, phone):
    other = Participant(opened(), server.base, facilitator.code, "Conseiller numérique", 1, "Paul")
    other.place("orienter", fs=50, cn=50)
    expect(phone.bar("orienter")).to_have_class(re.compile(r"fs-50 cn-50"))
    phone.card("orienter")
    phone.page.context.set_offline(True)
    phone.step("orienter", "fs", 75)
    other.step("orienter", "cn", 100)
    expect(facilitator.wall.locator('[data-bar="1/orienter"]').first).to_have_class(
        re.compile(r"fs-50 cn-100")
    )
    phone.page.context.set_offline(False)
    for bar in (phone.bar("orienter"), other.bar("orienter")):
        expect(bar).to_have_class(re.compile(r"fs-75 cn-100"), timeout=10_000)


def test_two_tabs_of_one_phone_send_once(facilitator, phone):
    page = phone.page
    hold_back(phone, "Une seule fois")
    twin = page.context.new_page()
    twin.goto(page.url)
    page.unroute("**/actes")
    page.close()
    expect(facilitator.desk.locator("#desk-feed").get_by_text("Une seule fois")).to_have_count(
        1, timeout=20_000
    )
    expect(twin.locator("#ideas-1-orienter")).to_contain_text("Une seule fois")
