"""What happens to the whole room, on a phone: told in words, once, and over when it is over."""

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant

pytestmark = pytest.mark.browser

LONGEST = "Communauté de communes de la porte des Vosges méridionales 1"
LISTEN = """() => {
  window.heard = [];
  const region = document.querySelector("[data-atelier-alert]");
  new MutationObserver(() => window.heard.push(region.textContent)).observe(region, {childList: true});
}"""


@pytest.fixture
def nadia(opened, workshop):
    """On a page whose time can be moved on."""
    page = opened(320, 640)
    page.clock.install()
    return Participant(page, workshop.base, workshop.code, "France services", 1, "Nadia")


@pytest.fixture
def desk(workshop):
    """Return a function that does an act of the desk's."""
    return workshop.act


def test_the_last_minute_the_end_and_the_close_are_said_once(nadia, desk):
    page, said = nadia.page, nadia.page.locator("[data-atelier-alert]")
    page.evaluate(LISTEN)
    desk("start-clock", seconds="62")
    expect(said).to_contain_text("Encore 1 minute.")
    expect(page.locator(".top__over")).to_be_hidden()
    desk("rename-group", group=1, name=LONGEST)
    expect(page.locator(".top__words")).to_have_text(LONGEST)
    assert page.locator(".top").bounding_box()["height"] <= 105, "leaves five sixths of the page"
    page.clock.fast_forward(60_000)
    expect(said).to_contain_text("Temps écoulé.")
    over = page.locator(".top__over")
    expect(over).to_be_visible()
    box = over.bounding_box()
    assert box["x"] + box["width"] <= 320
    desk("close-workshop")
    expect(said).to_contain_text("L’atelier est clos")
    heard = " ".join(page.evaluate("window.heard"))
    for words in ("Encore 1 minute", "Temps écoulé", "L’atelier est clos"):
        assert heard.count(words) == 1, heard


def test_the_banner_leads_back_to_the_text_and_goes_with_its_minute(nadia, desk):
    page, banner = nadia.page, nadia.page.locator("[data-atelier-banner]")
    field = nadia.card("orienter").locator(".compose--initiative textarea")
    field.fill("Un accueil à deux voix")
    nadia.tab("Missions")
    desk("open-phase", phase="synthesis")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Y aller").click()
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    banner.get_by_role("button", name="Voir la suite").click()
    expect(page.locator("body")).to_have_attribute("data-tab", "now")
    expect(banner).to_be_hidden()
    nadia.tab("fiche")
    desk("open-phase", phase="articulations")
    expect(banner).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(banner).to_be_hidden()


def test_the_banner_goes_with_the_workshop_and_everybody_keeps_something(nadia, desk, axe):
    banner = nadia.page.locator("[data-atelier-banner]")
    nadia.propose("orienter", "Une affiche commune")
    expect(nadia.page.locator("#initiatives-1-orienter")).to_contain_text("Une affiche commune")
    nadia.card("orienter").locator(".compose--initiative textarea").fill("Un accueil à deux voix")
    desk("open-phase", phase="synthesis")
    expect(banner).to_contain_text("Vous écriviez")
    desk("close-workshop")
    expect(banner).to_be_hidden()
    expect(nadia.page.locator(".closed")).to_contain_text("voyez avec l’animation")
    mine = nadia.page.locator("#mine")
    expect(mine.locator("li p")).to_have_text(["Une affiche commune"])
    mine.get_by_role("button", name="Copier").click()
    expect(mine.get_by_role("button", name="Copié")).to_be_visible()
    axe(nadia.page, "what one keeps")
    nadia.page.get_by_role("link", name="Garder la fiche de mon groupe").click()
    expect(nadia.page.locator(".kept")).to_contain_text("Une affiche commune")
    axe(nadia.page, "the sheet to keep")
    with nadia.page.expect_download() as started:
        nadia.page.get_by_role("link", name="Garder en PDF").click()
    assert started.value.suggested_filename.endswith("groupe-1.pdf")
    nadia.page.get_by_role("link", name="Revenir à l’atelier").click()
    expect(mine).to_contain_text("Une affiche commune")
