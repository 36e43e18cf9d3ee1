"""Another pair of trades: a sheet copied and changed, prepared with, and what a room sees of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import take_seat_by_hand

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PURPLE = "rgb(122, 31, 92)"
COLOURS = "['--fs', '--cn'].map((name) => getComputedStyle(document.body).getPropertyValue(name).trim())"


def adapt(owner, base):
    """Copy the first sheet from the page that prepares, and give it two trades of its own."""
    owner.goto(f"{base}/preparer")
    owner.get_by_role("link", name="Deux autres métiers").click()
    owner.get_by_role("link", name="Copier et adapter").first.click()
    owner.get_by_label("Titre de la fiche").fill("Deux guichets")
    for arm, name, short, colour in (
        ("fs", "Mission locale", "ML", "#7a1f5c"),
        ("cn", "Maison des ados", "MDA", "#1d6b3a"),
    ):
        for field, value in (
            ("name", name),
            ("short", short),
            ("trade", f"agent {short}"),
            ("colour", colour),
        ):
            owner.locator(f"#{arm}-{field}").fill(value)
    owner.locator("summary", has_text="Les cinq mots").click()
    owner.get_by_label("Mot 1").fill("pas du tout")


def has_no_sideways_scroll(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sheet_is_adapted_and_the_room_sees_its_own_words_and_colours(server, opened, axe):
    base, owner = server.base, opened(1366, 657)
    adapt(owner, base)
    owner.locator("#cn-colour").fill("#ffe680")
    owner.get_by_role("button", name="Garder cette fiche").click()
    expect(owner.locator("#cn-colour-error")).to_contain_text("Essayez")
    axe(owner, "a sheet with an error")
    owner.locator("#cn-colour").fill("#1d6b3a")
    owner.get_by_role("button", name="Garder cette fiche").click()
    expect(owner.get_by_role("status")).to_contain_text("La fiche est gardée")
    owner.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    axe(owner, "a sheet that is kept")
    owner.set_viewport_size({"width": 320, "height": 640})
    assert has_no_sideways_scroll(owner)
    owner.get_by_role("link", name="Les fiches").click()
    axe(owner, "the sheets")
    assert has_no_sideways_scroll(owner)
    owner.get_by_role("link", name="Préparer un atelier avec «\u00a0Deux guichets").click()
    owner.get_by_role("button", name="Créer l’atelier").first.click()
    expect(owner).to_have_url(re.compile("/pret"))
    code = owner.url.split("/")[-2]

    phone = opened(320, 640)
    phone.goto(f"{base}/r/{code}")
    take_seat_by_hand(phone, "Mission locale", 1, "Nadia")
    expect(phone.get_by_text("Mission locale").first).to_be_visible()
    wall = owner.context.new_page()
    wall.goto(f"{base}/ecran/{code}")
    expect(wall.locator("html")).to_be_visible()
    for page in (phone, wall):
        assert page.evaluate(COLOURS) == ["#7a1f5c", "#1d6b3a"]
    arm = phone.locator(".bar__arm--fs").first
    assert arm.evaluate("arm => getComputedStyle(arm).backgroundColor") == PURPLE
    wall.close()
