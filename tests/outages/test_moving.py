"""The laptop goes from the venue's Wi-Fi to a hotspot: the wall shows the new QR code, and the desk says so."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared
from tests.support.running import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path):
    told = tmp_path / "address"
    told.write_text("192.168.1.20", encoding="utf-8")
    return told


@pytest.fixture
def server(tmp_path, address):
    running = RunningServer(tmp_path, program=("-m", "tests.outages.moving_server", str(address))).start()
    yield running
    running.stop()


def test_a_new_address_is_on_the_wall_and_told_at_the_desk(opened, server, address, axe):
    facilitator = Facilitator.of(Prepared(server.base), opened(1440, 900))
    desk, wall = facilitator.desk, facilitator.project(opened(1280, 720))
    old, new = f"192.168.1.20:{server.port}", f"192.168.43.1:{server.port}"
    expect(wall.locator("body")).to_contain_text(old)
    before = wall.locator(".welcome-code svg").first.inner_html()
    line = desk.locator("#desk-moved-strip")
    expect(line).to_be_hidden()
    facilitator.press("Inviter")
    panel = desk.locator("dialog#inviter")
    invited = panel.locator(".invite__qr svg").first.inner_html()
    panel.get_by_text("Un QR code par table").click()
    table = panel.locator(".table__qr svg").first.inner_html()

    address.write_text("192.168.43.1", encoding="utf-8")
    expect(wall.locator("body")).to_contain_text(new)
    expect(wall.locator("body")).not_to_contain_text(old)
    assert wall.locator(".welcome-code svg").first.inner_html() != before
    expect(panel.locator(".invite__address")).to_contain_text(new)
    assert panel.locator(".invite__qr svg").first.inner_html() != invited
    assert panel.locator(".table__qr svg").first.inner_html() != table
    expect(panel.locator(".table__qr svg").first).to_be_visible()
    desk.keyboard.press("Escape")
    expect(line).to_contain_text(re.compile(rf"L’adresse a changé\s: {new}"))
    axe(desk, "a new address")
    desk.reload()
    expect(line).to_be_visible()

    facilitator.go_to("Passer aux missions", "remits")
    Participant(opened(), server.base, facilitator.code, "France services", 1, "Nadia")
    expect(wall.locator("body")).to_contain_text(new)
    expect(line).to_be_visible()


def test_an_address_that_stays_is_not_news(opened, server, address):
    facilitator = Facilitator.of(Prepared(server.base), opened(1440, 900))
    address.write_text("192.168.1.20\n", encoding="utf-8")
    facilitator.desk.wait_for_timeout(1_500)
    expect(facilitator.desk.locator("#desk-moved-strip")).to_be_hidden()


def test_another_address_is_chosen_from_inviter_and_said_when_it_is_gone(opened, server, address, axe):
    address.write_text("192.168.1.20 10.1.2.3", encoding="utf-8")
    facilitator = Facilitator.of(Prepared(server.base), opened(1366, 657))
    desk, wall = facilitator.desk, facilitator.project(opened(1280, 720))
    expect(wall.locator("body")).to_contain_text(f"192.168.1.20:{server.port}")
    # The page may have come before the server looked at its cards again.
    while not desk.get_by_text("Autre adresse").count():
        desk.reload()
    facilitator.press("Inviter")
    panel = desk.locator("dialog#inviter")
    panel.get_by_text("Autre adresse").click()
    panel.get_by_label("10.1.2.3").check()
    axe(desk, "the addresses to choose from")
    panel.get_by_role("button", name="Donner cette adresse").click()
    expect(wall.locator("body")).to_contain_text(f"10.1.2.3:{server.port}")
    expect(desk.locator("#desk-moved-strip")).to_be_hidden()

    address.write_text("", encoding="utf-8")
    expect(wall.locator("#scene")).to_contain_text("relié à aucun réseau")
    expect(wall.locator("svg.qr")).to_have_count(0)
    expect(desk.locator("#desk-entrance")).to_contain_text("relié à aucun réseau")
    expect(desk.locator("#desk-network")).to_contain_text("n’est plus là")
    address.write_text("10.1.2.3", encoding="utf-8")
    expect(wall.locator("body")).to_contain_text(f"10.1.2.3:{server.port}")
