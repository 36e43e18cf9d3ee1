"""The journal is put back from an older copy under open phones: all that was acknowledged is in it again, once."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared

pytestmark = pytest.mark.browser


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
        expect(person.page.locator("body")).to_have_attribute("data-connection", "live")


def saved(*people):
    for person in people:
        state = person.page.locator("[data-atelier-saved]")
        expect(state).to_have_attribute("data-state", "saved")


def fed(facilitator, *texts):
    for text in texts:
        shown = facilitator.desk.locator("#desk-feed").get_by_text(text, exact=True)
        expect(shown).to_have_count(1)


def reach(person, action, fs, cn):
    expected = re.compile(rf"\bfs-{fs}\b.*\bcn-{cn}\b")
    expect(person.bar(action)).to_have_class(expected)


def test_everybody_brings_back_what_was_lost(facilitator, phone, server, opened):
    seat = (server.base, facilitator.code, "France services", 2)
    lina, marc = (Participant(opened(), *seat, name) for name in ("Lina", "Marc"))
    phone.propose("orienter", "Avant la copie")
    fed(facilitator, "Avant la copie")
    copy = Copy(server, facilitator.code)
    live(phone, lina, marc)
    phone.propose("orienter", "Après la copie")
    fed(facilitator, "Après la copie")
    late = Participant(opened(), server.base, facilitator.code, "Conseiller numérique", 1, "Paul")
    late.propose("orienter", "De quelqu’un que la copie ignore")
    fed(facilitator, "De quelqu’un que la copie ignore")
    # Her heart is for a text that only his phone can bring back.
    item = phone.page.locator("#initiatives-1-orienter li").filter(has_text="que la copie ignore")
    item.locator(".heart").click()
    expect(item.locator("[data-hearts]")).to_have_text("1")
    lina.place("orienter", 25, 25)
    marc.propose("former", "Reconnu, puis perdu")
    fed(facilitator, "Reconnu, puis perdu")
    saved(phone, late, lina, marc)
    address = marc.page.url
    marc.page.goto("about:blank")
    # Stopped, gone back and started in between: her phone writes into the void, then finds an older journal.
    copy.put_back(between=lambda: lina.place("orienter", 100, 75))
    fed(facilitator, "Avant la copie", "Après la copie", "De quelqu’un que la copie ignore")
    live(phone, late, lina)
    saved(phone, late, lina)
    expect(item.locator("[data-hearts]")).to_have_text("1")
    late.propose("former", "Il est de nouveau là")
    fed(facilitator, "Il est de nouveau là")
    # A page that was loaded again meanwhile brings it back too.
    marc.page.goto(address)
    fed(facilitator, "Reconnu, puis perdu")
    saved(marc)
    # What was lost came before what waited.
    for page in (facilitator.desk, lina.page):
        page.reload()
    reach(lina, "orienter", 100, 75)
    for person in (phone, late, lina, marc):
        expect(person.page.locator(".refusal")).to_have_count(0)


def test_what_belongs_to_a_phase_waits_until_the_phase_is_open_again(opened, server):
    workshop = Prepared(server.base)
    facilitator = Facilitator.of(workshop, opened(1440, 900))
    phone = Participant(opened(), server.base, facilitator.code, "France services", 1, "Nadia")
    copy = Copy(server, facilitator.code)
    live(phone)
    expect(facilitator.desk.locator("body")).to_have_attribute("data-connection", "live")
    facilitator.go_to("Passer aux missions", "remits")
    facilitator.go_to("Passer aux articulations", "articulations")
    expect(phone.page.locator("body")).to_have_attribute("data-phase", "articulations")
    phone.propose("orienter", "Écrit en son temps")
    phone.place("orienter", 50, 75)
    fed(facilitator, "Écrit en son temps")
    saved(phone)
    copy.put_back()
    for page in (phone.page, facilitator.desk):
        expect(page.locator("body")).to_have_attribute("data-phase", "welcome")
    saved(phone)
    expect(phone.page.locator(".refusal")).to_have_count(0)
    phone.page.reload()
    facilitator.go_to("Passer aux missions", "remits")
    facilitator.go_to("Passer aux articulations", "articulations")
    fed(facilitator, "Écrit en son temps")
    reach(phone, "orienter", 50, 75)
