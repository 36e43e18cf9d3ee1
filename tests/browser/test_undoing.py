"""« Annuler » on a card, when somebody else is at it too; and what a button of a list says of itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant

pytestmark = pytest.mark.browser


@pytest.fixture
def karim(opened, workshop):
    return Participant(opened(), workshop.base, workshop.code, "Conseiller numérique", 1, "Karim")


def saved(who):
    expect(who.page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    expect(who.page.locator("#placed-1-orienter")).to_contain_text(who.name)


def test_the_offer_goes_as_soon_as_somebody_else_changes_the_card(phone, karim):
    undo = phone.page.locator('[data-undo="1/orienter"]')
    phone.place("orienter", 100, 0)
    saved(phone)
    expect(undo).to_be_visible()
    karim.step("orienter", "cn", 50)
    expect(phone.bar("orienter")).to_have_class(re.compile("cn-50"))
    expect(undo).to_be_hidden()


def test_an_undo_that_comes_too_late_is_said_at_its_card(phone, karim):
    page, card = phone.page, phone.card("orienter")
    phone.place("orienter", 100, 0)
    saved(phone)
    page.context.set_offline(True)
    expect(page.locator("body")).to_have_attribute("data-connection", "lost")
    card.locator("[data-undo]").click()
    karim.step("orienter", "cn", 50)
    saved(karim)
    page.context.set_offline(False)
    note = card.locator("[data-undo-note]")
    expect(note).to_contain_text("quelqu’un a changé cette carte depuis")
    expect(note).to_contain_text(card.locator(".card__label").inner_text())
    expect(page.locator("[data-atelier-saved]")).to_have_text("Enregistré")
    expect(page.locator("#outbox")).to_be_hidden()


def test_whoever_undoes_by_keyboard_stays_at_the_card(phone):
    phone.place("orienter", 100, 0)
    saved(phone)
    undo = phone.page.locator('[data-undo="1/orienter"]')
    undo.focus()
    phone.page.keyboard.press("Enter")
    expect(undo).to_be_hidden()
    expect(phone.page.locator("#card-orienter .card__top")).to_be_focused()


def test_the_buttons_of_a_text_name_it(phone):
    phone.propose("orienter", "Un carnet de liaison")
    initiative = phone.page.locator("#initiatives-1-orienter .initiative").first
    for name in (
        "Soutenir « Un carnet de liaison », 0 soutien",
        "Modifier « Un carnet",
        "Retirer « Un carnet",
    ):
        expect(initiative.get_by_role("button", name=name)).to_be_visible()
