"""Nothing typed is lost: texts that come too late, another address, no WebSocket."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant, let_acts_go

pytestmark = pytest.mark.browser


def test_a_text_that_comes_after_the_close_reaches_the_desk(facilitator, phone, axe):
    desk = facilitator.desk
    phone.hold_back("orienter", "Arrivée trop tard")
    desk.get_by_role("link", name="Plus").first.click()
    desk.get_by_role("link", name=re.compile("Clore, rouvrir")).click()
    expect(desk.locator("#desk-held-at-close")).to_contain_text("Nadia (groupe 1)")
    expect(desk.locator("#desk-held-at-close")).to_contain_text("1\u00a0envoi")
    axe(desk, "closing with texts on their way")
    desk.get_by_role("button", name="Clore maintenant").click()
    expect(phone.page.locator("body")).to_have_attribute("data-status", "closed")
    let_acts_go(phone.page)
    expect(phone.page.get_by_text("Transmis à l’animateur·rice")).to_be_visible()
    phone.page.reload()
    refusal = phone.page.locator(".refusal")
    expect(refusal).to_contain_text("Arrivée trop tard")
    expect(refusal).to_contain_text("Transmis")
    nothing_is_unsent(phone.page)
    axe(phone.page, "a text that came too late")
    desk.keyboard.press("Escape")
    expect(desk.locator("#desk-inbox-strip")).to_be_visible()
    desk.get_by_role("link", name="Lire et décider").click()
    expect(desk.locator("#desk-inbox")).to_contain_text("Nadia")
    axe(desk, "the inbox")
    desk.get_by_role("button", name="Ajouter à la fiche").click()
    expect(desk.locator("#desk-inbox")).to_contain_text("Aucun texte en attente")
    desk.keyboard.press("Escape")
    expect(facilitator.initiative("Arrivée trop tard")).to_be_visible()
    expect(phone.page.locator("#initiatives-1-orienter")).to_contain_text("Arrivée trop tard")
    expect(refusal).to_contain_text("Ajouté par l’animation")
    nothing_is_unsent(phone.page)
    axe(phone.page, "a text that came too late and was taken")
    phone.page.reload()
    expect(refusal).to_contain_text("Ajouté par l’animation")
    refusal.get_by_role("button", name="J’ai compris").click()
    expect(refusal).to_have_count(0)


def nothing_is_unsent(page):
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    expect(page.get_by_role("button", name="Envoyer à nouveau")).to_have_count(0)
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_a_late_text_that_is_set_aside_stays_to_be_copied_and_a_late_card_says_what_it_was(
    facilitator, phone, axe
):
    desk, cards = facilitator.desk, phone.page.locator(".refusal")
    phone.hold_back("orienter", "Laissée de côté")
    phone.place("orienter", 75, 0)
    desk.goto(f"{desk.url}#clore")
    desk.reload()
    desk.get_by_role("button", name="Clore maintenant").click()
    expect(phone.page.locator("body")).to_have_attribute("data-status", "closed")
    let_acts_go(phone.page)
    late = cards.filter(has_text="J’oriente\u00a0: France services régulièrement")
    expect(late).to_contain_text("Non envoyé\u00a0: l’atelier est clos.")
    expect(late).to_contain_text("qui peut placer la carte pour votre groupe")
    expect(late).not_to_contain_text("Votre texte")
    text = cards.filter(has_text="Laissée de côté")
    expect(text).to_contain_text("Transmis")
    axe(phone.page, "a card and a text that came too late")
    desk.get_by_role("link", name="Lire et décider").click()
    desk.get_by_role("button", name="Écarter").click()
    expect(text).to_contain_text("n’a pas ajouté ce texte")
    expect(text.get_by_role("button", name="Copier mon texte")).to_be_visible()
    desk.get_by_role("button", name="Reprendre").click()
    expect(text).to_contain_text("Transmis")
    late.get_by_role("button", name="J’ai compris").click()
    nothing_is_unsent(phone.page)


def test_before_the_next_phase_the_desk_names_phones_that_hold_acts_or_are_away(facilitator, phone, axe):
    desk, suite = facilitator.desk, facilitator.desk.locator("dialog#suite")
    phone.hold_back("orienter", "Pas encore partie")
    expect(desk.locator("#desk-held")).to_contain_text("Nadia (groupe 1)")
    facilitator.press("Passer à la restitution")
    expect(suite.locator("#desk-held")).to_contain_text("1\u00a0envoi")
    axe(desk, "the next phase, with texts on their way")
    desk.keyboard.press("Escape")
    phone.page.close()
    expect(desk.locator("#desk-held")).to_contain_text("hors ligne")
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
    phone.hold_back("orienter", "Emporté avec moi")
    page.evaluate("document.querySelector('[data-atelier-offline]').hidden = false")
    page.locator("[data-atelier-offline] summary").click()
    page.get_by_label(re.compile("adresse affichée")).fill("n’importe quoi")
    page.get_by_role("button", name="Y aller avec mes textes").click()
    expect(page.get_by_text("Recopiez l’adresse telle qu’elle est")).to_be_visible()
    page.get_by_label(re.compile("adresse affichée")).fill(f"127.0.0.1:{server.port}")
    let_acts_go(page)
    page.get_by_role("button", name="Y aller avec mes textes").click()
    expect(page).to_have_url(f"http://127.0.0.1:{server.port}/a/{facilitator.code}")
    expect(facilitator.desk.locator("#desk-feed").get_by_text("Emporté avec moi", exact=True)).to_have_count(
        1
    )
    assert "envois" not in page.url


def test_without_websocket_everything_works_by_polling(facilitator, server, opened):
    page = opened()
    page.add_init_script("window.WebSocket = class { constructor() { throw new Error('blocked') } }")
    phone = Participant(page, server.base, facilitator.code, "Conseiller numérique", 2, "Léa")
    phone.propose("orienter", "Par le chemin long")
    expect(facilitator.initiative("Par le chemin long")).to_be_visible()
    facilitator.press(re.compile("^Lancer"))
    expect(page.locator("body")).to_have_attribute("data-clock-status", "running")


def test_forty_acts_written_offline_come_out_once_in_order(facilitator, phone):
    page = phone.page
    phone.card("orienter")
    page.context.set_offline(True)
    texts = [f"Hors ligne {n:02d}" for n in range(40)]
    for text in texts:
        phone.propose("orienter", text)
    expect(page.locator("body")).to_have_attribute("data-connection", "lost")
    expect(page.locator("[data-offline-text]")).to_contain_text("Connexion coupée depuis")
    page.context.set_offline(False)
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    page.goto(f"{page.url.partition('?')[0].partition('#')[0]}?carte=orienter")
    expect(page.locator("#initiatives-1-orienter [data-initiative-text]")).to_have_text(texts)


def test_an_answer_given_offline_leaves_the_other_trades_answer_alone(
    opened, server, facilitator, wall, phone
):
    other = Participant(opened(), server.base, facilitator.code, "Conseiller numérique", 1, "Paul")
    other.place("orienter", fs=50, cn=50)
    expect(phone.bar("orienter")).to_have_class(re.compile(r"fs-50 cn-50"))
    phone.card("orienter")
    phone.page.context.set_offline(True)
    phone.step("orienter", "fs", 75)
    other.step("orienter", "cn", 100)
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile(r"fs-50 cn-100"))
    phone.page.context.set_offline(False)
    for bar in (phone.bar("orienter"), other.bar("orienter")):
        expect(bar).to_have_class(re.compile(r"fs-75 cn-100"))


def test_two_tabs_of_one_phone_send_once(facilitator, phone):
    page = phone.page
    phone.hold_back("orienter", "Une seule fois")
    twin = page.context.new_page()
    twin.goto(page.url)
    let_acts_go(page)
    page.close()
    expect(facilitator.desk.locator("#desk-feed").get_by_text("Une seule fois", exact=True)).to_have_count(1)
    expect(twin.locator("#initiatives-1-orienter")).to_contain_text("Une seule fois")


FULL = """() => { let n = 0; for (let size = 1e6; size >= 1; size /= 10) try {
  for (;;) localStorage.setItem(`full${n++}`, "x".repeat(size));
} catch {} }"""
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })"


@pytest.mark.parametrize("storage", ["full", "forbidden"])
def test_a_text_that_the_phone_cannot_keep_is_said_to_be_nowhere_and_stays_in_its_field(
    opened, workshop, axe, storage
):
    page = opened()
    if storage == "forbidden":
        page.add_init_script(FORBIDDEN)
    phone = Participant(page, workshop.base, workshop.code, "France services", 1, "Nadia")
    if storage == "full":
        page.evaluate(FULL)
    card, field = phone.card("orienter"), page.locator("#text-orienter")
    page.context.set_offline(True)
    expect(page.locator("[data-offline-kept]")).to_contain_text("ne peut pas garder vos textes")
    expect(page.locator("[data-offline-kept]")).not_to_contain_text("gardés")
    expect(page.locator("[data-offline-text]")).to_contain_text("Laissez cette page ouverte")
    for _ in range(2):  # the same words pressed again are no second text
        phone.propose("orienter", "Gardée nulle part")
    expect(card.locator(".initiative--waiting")).to_have_count(1)
    expect(card.locator(".initiative--waiting")).to_contain_text("Gardez cette page ouverte.")
    expect(page.locator("body")).not_to_contain_text("Rien à refaire")
    expect(field).to_have_value("Gardée nulle part")
    page.context.set_offline(False)
    texts = page.locator("#initiatives-1-orienter [data-initiative-text]")
    expect(texts).to_have_text(["Gardée nulle part"])
    expect(field).to_have_value("")
    # A pasted list goes line by line, by the same way; what cannot be sent stays.
    page.context.set_offline(True)
    field.fill(f"Nos idées\n• Une affiche\n\uf0b7\tUn agenda\n- {'x' * 281}")
    expect(card.locator(".listed li")).to_have_text(["Une affiche", "Un agenda"])
    axe(page, "a pasted list")
    for _ in range(2):
        card.get_by_role("button", name="Proposer 2 initiatives").click()
    expect(card.locator(".initiative--waiting")).to_have_count(2)
    page.context.set_offline(False)
    expect(texts).to_have_text(["Gardée nulle part", "Une affiche", "Un agenda"])
    expect(field).to_have_value(f"Nos idées\n{'x' * 281}")
    expect(card.locator(".listed")).to_have_count(0)
