"""The journal is put back from an older copy under open phones: all that was acknowledged is in it again, once."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared

pytestmark = pytest.mark.browser

BACK_MS = 30_000


class Copy:
    """A copy of a journal; `put_back` stops the server, takes the copy and starts again."""

    def __init__(self, server, code):
        self._server, self._folder = server, server.folder / "sessions"
        self._journal, self._copy = self._folder / f"{code}.db", server.folder / "copy.db"
        server.stop()
        shutil.copy(self._journal, self._copy)
        server.start()

    def put_back(self, between=lambda: None):
        """`between`: what happens while there is no server."""
        self._server.stop()
        for leftover in self._folder.glob(f"{self._journal.stem}.db*"):
            leftover.unlink()
        shutil.copy(self._copy, self._journal)
        between()
        self._server.start()


def live(*people):
    for person in people:
        expect(person.page.locator("body")).to_have_attribute("data-connection", "live", timeout=BACK_MS)


def saved(*people):
    for person in people:
        state = person.page.locator("[data-atelier-saved]")
        expect(state).to_have_attribute("data-state", "saved", timeout=BACK_MS)


def fed(facilitator, *texts):
    for text in texts:
        shown = facilitator.desk.locator("#desk-feed").get_by_text(text, exact=True)
        expect(shown).to_have_count(1, timeout=BACK_MS)


def reach(person, action, fs, cn):
    expected = re.compile(rf"\bfs-{fs}\b.*\bcn-{cn}\b")
    expect(person.bar(action)).to_have_class(expected, timeout=BACK_MS)


def test_everybody_brings_back_what_was_lost(facilitator, phone, server, opened):
    phone.propose("orienter", "Avant la copie")
    fed(facilitator, "Avant la copie")
    copy = Copy(server, facilitator.code)
    live(phone)
    phone.propose("orienter", "Après la copie")
    fed(facilitator, "Après la copie")
    late = Participant(opened(), server.base, facilitator.code, "Conseiller numérique", 1, "Paul")
    late.propose("orienter", "De quelqu’un que la copie ignore")
    fed(facilitator, "De quelqu’un que la copie ignore")
    # Her heart is for a text that only his phone can bring back.
    item = phone.page.locator("#initiatives-1-orienter li").filter(has_text="que la copie ignore")
    item.locator(".heart").click()
    expect(item.locator("[data-hearts]")).to_have_text("1")
    saved(phone, late)
    copy.put_back()
    fed(facilitator, "Avant la copie", "Après la copie", "De quelqu’un que la copie ignore")
    live(phone, late)
    saved(phone, late)
    expect(item.locator("[data-hearts]")).to_have_text("1", timeout=BACK_MS)
    late.propose("former", "Il est de nouveau là")
    fed(facilitator, "Il est de nouveau là")
    expect(phone.page.locator(".refusal")).to_have_count(0)
    expect(late.page.locator(".refusal")).to_have_count(0)


def test_what_was_lost_comes_before_what_waited(facilitator, phone, server):
    copy = Copy(server, facilitator.code)
    live(phone)
    phone.place("orienter", 25, 25)
    saved(phone)
    # Stopped, gone back and started in between: the phone writes into the void, then finds an older journal.
    copy.put_back(between=lambda: phone.place("orienter", 100, 75))
    saved(phone)
    live(phone)
    facilitator.desk.reload()
    phone.page.reload()
    reach(phone, "orienter", 100, 75)


def test_a_phone_that_was_loaded_again_meanwhile_brings_it_back_too(facilitator, phone, server):
    copy = Copy(server, facilitator.code)
    live(phone)
    phone.propose("orienter", "Reconnu, puis perdu")
    fed(facilitator, "Reconnu, puis perdu")
    saved(phone)
    address = phone.page.url
    phone.page.goto("about:blank")
    copy.put_back()
    phone.page.goto(address)
    fed(facilitator, "Reconnu, puis perdu")
    saved(phone)


def test_what_belongs_to_a_phase_waits_until_the_phase_is_open_again(opened, server):
    workshop = Prepared(server.base)
    facilitator = Facilitator.of(workshop, opened(1440, 900))
    phone = Participant(opened(), server.base, facilitator.code, "France services", 1, "Nadia")
    copy = Copy(server, facilitator.code)
    live(phone)
    expect(facilitator.desk.locator("body")).to_have_attribute("data-connection", "live", timeout=BACK_MS)
    facilitator.go_to("Passer aux missions", "remits")
    facilitator.go_to("Passer aux articulations", "articulations")
    expect(phone.page.locator("body")).to_have_attribute("data-phase", "articulations")
    phone.propose("orienter", "Écrit en son temps")
    phone.place("orienter", 50, 75)
    fed(facilitator, "Écrit en son temps")
    saved(phone)
    copy.put_back()
    for page in (phone.page, facilitator.desk):
        expect(page.locator("body")).to_have_attribute("data-phase", "welcome", timeout=BACK_MS)
    saved(phone)
    expect(phone.page.locator(".refusal")).to_have_count(0)
    phone.page.reload()
    facilitator.go_to("Passer aux missions", "remits")
    facilitator.go_to("Passer aux articulations", "articulations")
    fed(facilitator, "Écrit en son temps")
    reach(phone, "orienter", 50, 75)
