"""« Une plume par table », as a table lives it: one places, the other sees it and takes the pen in one tap."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant, hold_acts, let_acts_go

pytestmark = pytest.mark.browser


@pytest.fixture
def table(opened, workshop):
    """Nadia and Karim, at table 1."""
    return [
        Participant(opened(), workshop.base, workshop.code, trade, 1, name)
        for trade, name in (("France services", "Nadia"), ("Conseiller numérique", "Karim"))
    ]


def test_the_pen_goes_round_a_table(facilitator, table, axe):
    desk, (nadia, karim) = facilitator.desk, table
    facilitator.press("Plus")
    desk.locator("dialog#plus").get_by_role("button", name="Une plume par table").click()
    expect(desk.locator("dialog#plus")).to_contain_text("Un seul téléphone par table place les cartes")
    axe(desk, "one pen a table")
    desk.keyboard.press("Escape")
    for phone in (nadia, karim):
        expect(phone.page.locator(".pen")).to_contain_text("qui place une carte la prend")

    nadia.place("orienter", 75, 25)
    expect(nadia.page.locator(".pen")).to_contain_text("Vous tenez la plume")
    expect(nadia.page.locator(".pen__take, .placing__pen").locator("visible=true")).to_have_count(0)
    pen = karim.page.locator(".pen")
    expect(pen).to_contain_text("Nadia place les cartes")
    expect(karim.bar("orienter")).to_have_class(re.compile("fs-75.*cn-25"))
    card = karim.card("former")
    expect(card.locator(".steps").first).to_be_hidden()
    expect(card.locator(".step__input").first).to_be_disabled()
    expect(card.locator(".handle").first).to_be_hidden()
    expect(desk.locator("#desk-people-1")).to_contain_text("plume")
    axe(karim.page, "somebody else holds the pen")
    karim.propose("former", "Une idée sans plume")
    expect(nadia.page.locator("#initiatives-1-former")).to_contain_text("Une idée sans plume")

    card.get_by_role("button", name="Prendre la plume").click()
    expect(card.locator(".step__input").first).to_be_enabled()
    expect(card.locator(".steps").first).to_be_visible()
    expect(nadia.page.locator(".pen")).to_contain_text("Karim place les cartes")
    karim.place("former", 50, 50)
    expect(nadia.bar("former")).to_have_class(re.compile("fs-50.*cn-50"))

    facilitator.press("Plus")
    desk.locator("dialog#plus").get_by_role("button", name="Tout le monde place").click()
    expect(nadia.page.locator(".pen")).to_be_empty()
    expect(nadia.card("former").locator(".step__input").first).to_be_enabled()


def test_what_was_placed_offline_without_the_pen_says_so(facilitator, table):
    nadia, karim = table
    karim.card("orienter")
    hold_acts(karim.page)
    karim.place("orienter", 100, 0)
    facilitator.press("Plus")
    facilitator.desk.locator("dialog#plus").get_by_role("button", name="Une plume par table").click()
    expect(nadia.page.locator(".pen")).to_contain_text("Une plume par table")
    nadia.place("orienter", 25, 75)
    expect(karim.page.locator(".pen")).to_contain_text("Nadia place les cartes")
    let_acts_go(karim.page)
    # One for both arms.
    refusal = karim.page.locator(".refusal")
    expect(refusal).to_contain_text("France services très régulièrement / Conseiller numérique jamais")
    expect(refusal).to_contain_text("Une plume par table")
    expect(refusal).to_have_count(1)
    expect(karim.bar("orienter")).to_have_class(re.compile("fs-25.*cn-75"))
