"""Which way acts leave a phone: over its open socket, by POST where that is silent, each of them once."""

import pytest
from playwright.sync_api import expect

from tests.support.people import let_acts_go, mute_acts

pytestmark = pytest.mark.browser


def test_acts_leave_over_the_socket_and_by_post_where_it_is_silent(facilitator, phone):
    page, posted = phone.page, []
    page.on("request", lambda request: posted.append(request.url) if "/actes" in request.url else None)
    phone.propose("orienter", "Par la prise ouverte")
    expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    expect(facilitator.initiative("Par la prise ouverte")).to_be_visible()
    assert posted == []

    mute_acts(page)
    for n in (1, 2):
        phone.propose("orienter", f"Par la porte, {n}")
        expect(facilitator.initiative(f"Par la porte, {n}")).to_be_visible()
        expect(page.locator("[data-atelier-saved]")).to_have_attribute("data-state", "saved")
    assert len(posted) == 2

    let_acts_go(page)
    page.evaluate("window.lastSocket.close()")
    expect(page.locator("body")).to_have_attribute("data-connection", "lost")
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    phone.propose("orienter", "Par la prise suivante")
    expect(facilitator.initiative("Par la prise suivante")).to_be_visible()
    expect(page.locator("#initiatives-1-orienter [data-initiative-text]")).to_have_text(
        ["Par la prise ouverte", "Par la porte, 1", "Par la porte, 2", "Par la prise suivante"]
    )
    assert len(posted) == 2
