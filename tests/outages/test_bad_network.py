"""A bad network: slow, very slow, coming and going. A page stays usable, acts count once, the banner is true."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SLOW = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms, 400 kb/s (the figures of the browser are bytes)."""
VERY_BAD = {"latency": 2_000, "downloadThroughput": 2_500, "uploadThroughput": 2_500}
"""2 s, 20 kb/s."""


class Network:
    """What lies between one phone and the server, as Chromium slows or cuts it, sockets included."""

    def __init__(self, page):
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")

    def become(self, conditions, *, offline=False):
        self._session.send("Network.emulateNetworkConditions", {"offline": offline, **conditions})


def initiatives(facilitator):
    return facilitator.desk.locator("#desk-feed [data-kind=initiative] [data-field=text]")


def test_on_a_slow_network_a_page_loads_and_everything_counts_once(facilitator, wall, phone):
    page, network = phone.page, Network(phone.page)
    network.become(SLOW)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    phone.place("orienter", 75, 25)
    expect(phone.bar("orienter")).to_have_class(re.compile("fs-75.*cn-25"))
    texts = [f"Lentement {n}" for n in range(5)]
    for text in texts:
        phone.propose("orienter", text)
    expect(initiatives(facilitator)).to_have_text(list(reversed(texts)))
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile("fs-75.*cn-25"))
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-atelier-offline]")).to_be_hidden()
    expect(page.locator("body")).to_have_attribute("data-connection", "live")


def test_on_a_very_bad_network_that_comes_and_goes_nothing_is_lost_or_doubled(facilitator, phone):
    page, network = phone.page, Network(phone.page)
    phone.card("orienter")
    banner, saved = page.locator("[data-atelier-offline]"), page.locator("[data-atelier-saved]")
    texts = [f"Par à-coups {n}" for n in range(9)]
    for n, text in enumerate(texts):
        if n % 3 == 0:
            network.become(VERY_BAD)
        if n % 3 == 1:
            network.become(VERY_BAD, offline=True)
        phone.propose("orienter", text)
        expect(page.locator(".card__initiatives").get_by_text(text, exact=True)).to_be_visible()
        if n % 3 == 2:
            expect(banner).to_be_visible()
            expect(banner).to_contain_text("Connexion coupée depuis")
            expect(saved).to_contain_text("En attente d’envoi")
        page.wait_for_timeout(1_500)
    network.become(VERY_BAD)
    expect(initiatives(facilitator)).to_have_text(list(reversed(texts)))
    expect(saved).to_have_attribute("data-state", "saved")
    expect(page.locator("#initiatives-1-orienter [data-initiative-text]")).to_have_text(texts)
    network.become(SLOW)
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    expect(banner).to_be_hidden()
    page.reload()
    expect(page.locator("#initiatives-1-orienter [data-initiative-text]")).to_have_text(texts)


def test_after_eight_seconds_the_way_to_another_address_is_shown_and_nothing_moves(phone, axe):
    page, field = phone.page, phone.card("orienter").locator(".compose--initiative textarea")
    field.fill("Commencé avant la coupure")
    field.evaluate("field => { field.focus(); field.setSelectionRange(3, 3) }")
    page.evaluate("window.scrollTo(0, 300)")
    top = field.bounding_box()["y"]
    page.context.set_offline(True)
    expect(page.locator("[data-atelier-offline]")).to_be_visible()
    expect(page.locator("[data-atelier-moved]")).to_be_hidden()
    page.wait_for_timeout(9_000)
    expect(page.locator("[data-atelier-moved]")).to_be_hidden()  # the keyboard is open
    now = field.evaluate("field => [field.value, field.selectionStart, document.activeElement === field]")
    assert now == ["Commencé avant la coupure", 3, True]
    assert abs(field.bounding_box()["y"] - top) < 3
    field.blur()
    expect(page.locator("[data-atelier-moved]")).to_be_visible()
    page.locator("[data-atelier-offline] summary").click()
    axe(page, "the laptop may have moved")
    address = page.get_by_label(re.compile("adresse affichée"))
    address.fill("192.168.4")
    page.context.set_offline(False)
    address.blur()
    expect(page.locator("[data-atelier-moved]")).to_be_hidden()
    assert field.input_value() == "Commencé avant la coupure"
    assert address.input_value() == "192.168.4"


def test_a_text_half_written_comes_along_to_another_address(phone, server, facilitator):
    page, field = phone.page, phone.card("orienter").locator(".compose--initiative textarea")
    field.fill("À moitié écrit")
    page.evaluate("document.querySelector('[data-atelier-offline]').hidden = false")
    page.locator("[data-atelier-offline] summary").click()
    page.get_by_label(re.compile("adresse affichée")).fill(f"127.0.0.1:{server.port}")
    page.get_by_role("button", name="Y aller avec mes textes").click()
    expect(page).to_have_url(f"http://127.0.0.1:{server.port}/a/{facilitator.code}")
    begun = page.locator(".refusal")
    expect(begun).to_contain_text("À moitié écrit")
    expect(begun).to_contain_text("Vous aviez commencé ce texte")
    begun.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page.locator("#initiatives-1-orienter")).to_contain_text("À moitié écrit")
    expect(initiatives(facilitator)).to_have_text(["À moitié écrit"])
