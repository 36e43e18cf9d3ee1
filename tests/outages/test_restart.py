"""The server dies and comes back under open pages: every screen is where it was, the clock included."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import hold_acts, let_acts_go

pytestmark = pytest.mark.browser


def seconds(text):
    minutes, rest = text.split(":")
    return int(minutes) * 60 + int(rest)


def test_a_killed_server_comes_back_to_where_everything_was(facilitator, wall, phone, server):
    facilitator.press(re.compile("^Lancer"))
    phone.place("orienter", 75, 25)
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile("fs-75.*cn-25"))
    before = seconds(wall.locator("[data-clock-text]").first.inner_text())

    server.kill()
    expect(phone.page.locator("body")).to_have_attribute("data-connection", "lost")
    phone.propose("orienter", "Écrit pendant la panne")
    expect(phone.page.get_by_text("Écrit pendant la panne").first).to_be_visible()
    expect(phone.page.locator("[data-offline-text]")).to_contain_text("Connexion coupée depuis")
    expect(phone.page.locator("[data-offline-text]")).to_be_visible()
    server.start()

    for page in (phone.page, wall, facilitator.desk):
        expect(page.locator("body")).to_have_attribute("data-connection", "live")
    expect(facilitator.desk.get_by_text("Écrit pendant la panne").first).to_be_visible()
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile("fs-75.*cn-25"))
    expect(wall.locator("body")).to_have_attribute("data-clock-status", "running")
    after = seconds(wall.locator("[data-clock-text]").first.inner_text())
    assert 0 < before - after < 40
    facilitator.press(re.compile("^Pause"))
    expect(phone.page.locator("body")).to_have_attribute("data-clock-status", "paused")


def test_what_was_written_offline_survives_a_reload_and_leaves_once(facilitator, phone, opened):
    phone.card("former")
    hold_acts(phone.page)
    for n in range(4):
        phone.propose("former", f"Texte {n}")
    expect(phone.page.get_by_text("En attente d’envoi").first).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_text("Texte 3").first).to_be_visible()
    let_acts_go(phone.page)
    shown = facilitator.desk.get_by_text(re.compile("^Texte \\d$"))
    expect(shown).to_have_count(4)
    expect(phone.page.locator("#initiatives-1-former [data-initiative-text]")).to_have_text(
        [f"Texte {n}" for n in range(4)]
    )
