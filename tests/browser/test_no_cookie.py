"""Two phones that refuse cookies, at once: each is told so and what to do; neither becomes somebody, nor the other."""

import json

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Prepared
from tools.browser import ARGUMENTS, executable

pytestmark = pytest.mark.browser

BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def refusing(browser_type, tmp_path):
    """Return a function that opens a phone whose browser refuses all cookies, as its owner set it."""
    opened = []

    def phone(name, width, height):
        folder = tmp_path / name
        (folder / "Default").mkdir(parents=True)
        (folder / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
        context = browser_type.launch_persistent_context(
            str(folder),
            executable_path=executable(),
            args=ARGUMENTS,
            viewport={"width": width, "height": height},
            locale="fr-FR",
        )
        opened.append(context)
        return context.pages[0]

    yield phone
    for context in opened:
        context.close()


def test_two_phones_that_refuse_cookies_are_told_and_are_nobody(opened, server, refusing, axe):
    facilitator = Facilitator.of(Prepared(server.base), opened(1366, 657))
    alice, bob = refusing("alice", 320, 568), refusing("bob", 390, 844)
    for page, name, group in ((alice, "Alice", 1), (bob, "Bob", 3)):
        page.goto(f"{server.base}/r/{facilitator.code}")
        page.get_by_role("button", name="France services").click()
        page.get_by_role("radio", name=f"Groupe {group}").check()
        page.get_by_label("prénom").fill(name)
    for page in (alice, bob):
        page.get_by_role("button", name="Entrer dans l’atelier").click()
        expect(page.get_by_role("heading", name="Ce navigateur ne garde pas les cookies")).to_be_visible()
        axe(page, "no cookie")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(f"{server.base}/a/{facilitator.code}")
        expect(page.get_by_role("heading", name="Votre métier")).to_be_visible()
        assert page.context.cookies() == []
    expect(facilitator.desk.locator("#desk-presence")).to_contain_text("0 personne")
