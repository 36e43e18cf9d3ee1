"""Erasing a workshop, as the facilitator does it and as every screen sees it."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant

pytestmark = pytest.mark.browser

KEPT = """Object.entries({...localStorage, ...sessionStorage})
    .filter(([key]) => key.startsWith("atelier:") && !/^atelier:(card|tab)$/.test(key))
    .map(([key, value]) => `${key}=${value}`).join()"""
"""What the browser kept of workshops, but for which tab and which card were open."""


def confirm(desk, code):
    """Copy a code out in the panel where workshops end."""
    field = desk.get_by_label(re.compile("Pour confirmer, recopiez")).locator("visible=true")
    field.fill(code)
    # What has just come into view rests for 700 ms; nobody copies a code out faster.
    expect(desk.get_by_role("button", name="Effacer l’atelier")).not_to_have_attribute(
        "aria-disabled", "true"
    )
    field.press("Enter")


def end(desk):
    """Close the workshop; leave the panel open."""
    address = desk.url
    desk.goto(f"{address}#clore")
    desk.reload()
    desk.get_by_role("button", name="Clore maintenant").click()
    expect(desk.locator("body")).to_have_attribute("data-status", "closed")
    # The answer, which may come after the room's, closes the panel and takes it out of the address.
    expect(desk).to_have_url(address)
    desk.goto(f"{address}#clore")
    desk.reload()


def keeps_nothing(page):
    """Wait for the script of the page that says so to have emptied the storage."""
    page.wait_for_function(f"() => ({KEPT}) === ''")


def test_a_slip_of_the_code_keeps_the_panel_and_what_cannot_be_undone_folds_again(facilitator, axe):
    desk = facilitator.desk
    end(desk)
    desk.get_by_text("Effacer tout dès maintenant…").click()
    confirm(desk, "AAA AAA")
    expect(desk.locator("dialog#clore[open]").get_by_role("alert")).to_contain_text("rien n’est effacé")
    expect(desk.locator("#desk-erase-code:focus")).to_be_visible()
    axe(desk, "a code that was mistyped")
    desk.get_by_role("link", name="Fermer").locator("visible=true").click()
    expect(desk).not_to_have_url(re.compile("recopier"))
    desk.get_by_role("link", name="Plus").first.click()
    desk.get_by_role("link", name=re.compile("Clore, rouvrir")).click()
    expect(desk.get_by_text("Effacer tout dès maintenant…")).to_be_visible()
    expect(desk.get_by_role("button", name="Effacer l’atelier")).to_be_hidden()


def test_once_erased_nothing_stays_on_any_screen_nor_in_its_storage(
    facilitator, wall, phone, opened, server, axe
):
    desk, code = facilitator.desk, facilitator.code
    phone.propose("orienter", "Une idée enregistrée")
    away = Participant(opened(), server.base, code, "Conseiller numérique", 1, "Karim")
    away.hold_back("orienter", "Une idée gardée")
    assert "Une idée gardée" in away.page.evaluate(KEPT)
    away.page.context.set_offline(True)
    end(desk)
    desk.get_by_text("Effacer tout dès maintenant…").click()
    confirm(desk, code)
    for page in (desk, wall, phone.page):
        expect(page.get_by_role("heading", name="Atelier effacé")).to_be_visible()
        expect(page.get_by_text("Une idée")).to_have_count(0)
        keeps_nothing(page)
    axe(phone.page, "where a workshop was")
    away.page.context.set_offline(False)
    expect(away.page.get_by_role("heading", name="Atelier effacé")).to_be_visible()
    keeps_nothing(away.page)
