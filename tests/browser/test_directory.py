"""« Qui fait quoi ? » in a browser: from the desk to a visitor’s phone, as one file without a server, withdrawn."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FITS = "document.documentElement.scrollWidth <= innerWidth"
SAMPLES = Path(__file__).parents[1] / "directory" / "samples"


def fill(owner):
    """Decide one line, bring the places of a file, publish; return the page's path."""
    owner.locator("#task-0-who").select_option("both")
    owner.get_by_role("button", name="Enregistrer la page").click()
    expect(owner.get_by_role("status").first).to_have_text("Enregistré.")
    owner.locator("#places").set_input_files(SAMPLES / "lieux.csv")
    owner.get_by_role("button", name="Reprendre ces lieux").click()
    expect(owner.locator("#lus")).to_have_text("4 lieux repris")
    expect(owner.get_by_text("4 cases au lieu de 31")).to_be_visible()
    owner.get_by_role("button", name="Publier la page").click()
    expect(owner.locator("#public-url")).to_be_visible()
    return "/" + owner.locator("#public-url").input_value().split("/", 3)[3]


def search(visitor):
    """Find a place while typing, then by a door, then all of them again."""
    shown = visitor.locator(".directory__place")
    expect(shown).to_have_count(4)
    visitor.get_by_label("Une commune, un lieu, un besoin").fill("st-vaubert ECL")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Médiathèque des Écluses")
    expect(visitor.locator("[data-directory-count]")).to_have_text("1 lieu sur 4")
    visitor.get_by_label("Une commune, un lieu, un besoin").fill("introuvable")
    expect(visitor.locator("[data-directory-none]")).to_be_visible()
    visitor.get_by_role("link", name="Revoir tous les lieux").click()
    expect(shown).to_have_count(4)
    visitor.get_by_role("link", name="3 lieux où aller").click()
    expect(shown).to_have_count(3)
    expect(visitor.locator("#lieux")).to_be_focused()


def take_away(desk, opened, axe, folder):
    """Open the page as one file, without a server: it searches too, and asks for nothing."""
    with desk.expect_download() as saved:
        desk.locator("form:has(input[value=html]) button[name=paper]").click()
    kept = folder / saved.value.suggested_filename
    saved.value.save_as(kept)
    alone = opened(390, 700)
    alone.goto(kept.as_uri())
    search(alone)
    axe(alone, "the page in one file")
    asked = "performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length"
    assert alone.evaluate(asked) == 0


def change_a_place(desk, axe):
    """Say when one place is open, on a narrow screen."""
    desk.set_viewport_size({"width": 320, "height": 640})
    assert desk.evaluate(FITS)
    desk.get_by_role("link", name="Tourneval · Espace de la Tour").click()
    desk.get_by_label("Horaires").fill("Mo 14:00-17:00")
    axe(desk, "one place")
    desk.get_by_role("button", name="Enregistrer le lieu").click()
    expect(desk.get_by_role("status").first).to_have_text("Le lieu est enregistré.")


def test_a_page_from_the_desk_to_a_phone_and_a_file(facilitator, workshop, opened, axe, tmp_path):
    desk = facilitator.desk
    desk.goto(f"{workshop.base}/animer/{workshop.code}/textes")
    # The desk opens the panel that its address names as it loads.
    desk.goto(f"{workshop.base}/animer/{workshop.code}#documents")
    desk.get_by_role("button", name="Faire la page").click()
    expect(desk.get_by_role("status").first).to_contain_text("La page est créée")
    path = fill(desk)
    axe(desk, "the owner's page")

    visitor = opened(320, 640)
    visitor.goto(workshop.base + path)
    search(visitor)
    axe(visitor, "the published page")
    assert visitor.evaluate(FITS)
    take_away(desk, opened, axe, tmp_path)

    change_a_place(desk, axe)
    visitor.reload()
    expect(visitor.get_by_text("Lundi\u00a0: 14\u00a0h – 17\u00a0h")).to_be_visible()
    desk.get_by_role("button", name="Ne plus la publier").click()
    expect(desk.get_by_role("button", name="Publier la page")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("n’existe pas")).to_be_visible()
