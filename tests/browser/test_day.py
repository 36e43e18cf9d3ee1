"""A day from the front door: prepared, joined by its one code, followed on its wall, read together."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import take_seat_by_hand

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def prepare_a_day(owner, base):
    """Make a day of one room by its form, and give the room its workshop; return the day's code."""
    owner.goto(base)
    owner.get_by_role("link", name="Préparer une journée").click()
    owner.get_by_label("Titre").fill("Journée d’Épinal")
    row = owner.locator(".day-row").first
    for label, value in (("Début", "00:00"), ("Fin", "23:59"), ("Salle", "Salle A")):
        row.get_by_label(label).fill(value)
    owner.get_by_role("button", name="Créer la journée").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Journée d’Épinal")
    owner.locator(".slot__add summary").click()
    owner.get_by_role("button", name="Créer son atelier").click()
    expect(owner.get_by_text("0 personne")).to_be_visible()
    return owner.url.rsplit("/", 1)[1]


def sit_down(phone, base, code):
    """Come by the code of the day, and take a seat in its room."""
    phone.goto(base)
    phone.get_by_label("Code de l’atelier").fill(code)
    phone.get_by_role("button", name="Rejoindre l’atelier").click()
    phone.get_by_role("link", name="Rejoindre").click()
    take_seat_by_hand(phone, "France services", 1, "Nadia")
    expect(phone).to_have_url(re.compile("/a/"))


def test_a_day_is_prepared_joined_and_read_together(server, opened, axe):
    base = server.base
    owner, wall, phone = opened(1366, 768), opened(1280, 720), opened(320, 640)
    code = prepare_a_day(owner, base)
    axe(owner, "the day")
    wall.context.add_cookies(owner.context.cookies())
    wall.goto(f"{base}/journee/{code}/ecran")
    expect(wall.locator(".day-slot__people")).to_have_text("0 personne")
    sit_down(phone, base, code)
    expect(wall.locator(".day-slot__people")).to_have_text("1 personne")
    owner.goto(f"{base}/journee/{code}")
    owner.get_by_role("radio", name="La synthèse de toutes les salles").check()
    owner.get_by_role("button", name="Montrer").click()
    expect(wall.locator(".day-action").first).to_be_visible()
    owner.get_by_role("button", name="La donner à lire").click()
    for path in (f"/j/{code}", f"/j/{code}/synthese"):
        phone.goto(f"{base}{path}")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(phone, path)
    for page, path in ((owner, f"/journee/{code}/programme"), (owner, f"/journee/{code}/synthese")):
        page.goto(f"{base}{path}")
        axe(page, path)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.set_viewport_size({"width": 1366, "height": 768})
