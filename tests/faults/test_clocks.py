"""What phones make of time: a clock that is wrong by half a day, a server that falls silent."""

import json
import signal
import time

import pytest
from playwright.sync_api import expect

from tests.support.chromium import browser_type_launch_args, opened, seats  # noqa: F401 - fixtures
from tests.support.ledger import workshop
from tests.support.people import Participant
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.browser

WRONG_BY_H = (12, -12)
SHIFTED = """(() => {
  const Right = Date, by = %d * 3600000;
  globalThis.Date = class extends Right {
    constructor(...given) { if (given.length) super(...given); else super(Right.now() + by); }
    static now() { return Right.now() + by; }
  };
})()"""


@pytest.fixture
def desk(server):
    return Browser(server.base)


@pytest.fixture
def code(server, desk):
    return workshop(server, desk)


@pytest.fixture
def phones(opened, server, code):  # noqa: F811 - the fixture
    """One phone half a day early, one half a day late."""
    pages = []
    for hours in WRONG_BY_H:
        page = opened()
        page.add_init_script(SHIFTED % hours)
        pages.append(page)
    return [
        Participant(page, server.base, code, "France services", group, f"Nadia {group}", by_hand=True)
        for group, page in enumerate(pages, start=1)
    ]


def clock(desk, code):
    return json.loads(desk.get(f"/a/{code}/depuis?audience=desk&seq=0&head="))["clock"]["remaining"] / 1000


def shown(phone):
    text = phone.page.locator("[data-clock-text]").locator("visible=true").first.inner_text()
    minutes, seconds = text.split(":")
    return int(minutes) * 60 + int(seconds)


def test_the_timer_is_right_on_a_phone_whose_clock_is_wrong(desk, code, phones):
    desk.act(code, "start-clock", seconds=600)
    for phone, hours in zip(phones, WRONG_BY_H, strict=True):
        assert abs(phone.page.evaluate("Date.now()") / 1000 - time.time() - hours * 3600) < 60
        expect(phone.page.locator("body")).to_have_attribute("data-clock-status", "running")
        phone.page.reload()
        expect(phone.page.locator("body")).to_have_attribute("data-connection", "live")
        assert -1 < shown(phone) - clock(desk, code) <= 1.5  # it shows whole seconds, rounded up


def test_the_order_is_the_servers(desk, code, phones, server):
    for n in range(6):
        phone = phones[n % 2]
        phone.propose("orienter", f"Idée {n}")
        expect(phone.page.locator(f"#initiatives-{phone.group}-orienter")).to_contain_text(f"Idée {n}")
        told = json.loads(desk.get(f"/a/{code}/depuis?audience=desk&seq=0&head="))
        assert f"Idée {n}" in told["html"]
    feed = desk.get(f"/animer/{code}")
    places = [feed.index(f"Idée {n}") for n in range(6)]
    assert places in (sorted(places), sorted(places, reverse=True))


def test_a_phone_says_within_five_seconds_that_the_server_is_silent(desk, code, phones, server):
    phone = phones[0]
    server.signal(signal.SIGSTOP)
    started = time.monotonic()
    try:
        while phone.page.locator("body").get_attribute("data-connection") != "lost":
            assert time.monotonic() - started < 60
            phone.page.wait_for_timeout(50)
        noticed = time.monotonic() - started
        phone.propose("orienter", "Écrit dans le vide")
        expect(phone.page.get_by_text("Écrit dans le vide").first).to_be_visible()
    finally:
        server.signal(signal.SIGCONT)
    print(f"noticed after {noticed:.1f} s")
    assert noticed < 5
    expect(phone.page.locator("body")).to_have_attribute("data-connection", "live", timeout=10_000)
    expect(phone.page.get_by_text("En attente d’envoi").locator("visible=true")).to_have_count(0)
    assert desk.get(f"/animer/{code}").count("Écrit dans le vide") >= 1
