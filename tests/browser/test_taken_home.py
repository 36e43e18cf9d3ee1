"""What the room takes home, from the desk: the next meeting, texts to copy, a link to the results on a phone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def plan_the_next_meeting(desk):
    """Say when the room meets again, in the panel of the decisions."""
    desk.get_by_role("link", name="Noter la prochaine").click()
    desk.locator("#desk-meeting-on").fill("2026-10-12")
    desk.locator("#desk-meeting-about").fill("14 h, à la mairie")
    desk.locator("#prochaine-rencontre").get_by_role("button", name="Enregistrer").click()
    expect(desk.locator(".decisions__next")).to_contain_text("14 h, à la mairie")
    desk.keyboard.press("Escape")


def choose_a_layout(desk):
    """Ask for the initiatives below each action; the document itself is not made."""
    desk.get_by_label("les initiatives").select_option("sous chaque action")
    asking = re.compile(r"/exports/\w+(\?|$)")
    desk.route(asking, lambda route: route.abort())
    with desk.expect_request(asking) as asked:
        desk.locator("#documents button[name=paper][value=a3]").first.click()
    assert "layout=dessous" in (asked.value.post_data or "")
    desk.unroute(asking)


def test_the_desk_copies_texts_and_gives_the_results(facilitator, workshop, phone, opened, axe):
    desk = facilitator.desk
    workshop.act("open-phase", phase="synthesis", sure=1)
    workshop.act("record-decision", what="Une affiche commune", who="Les deux réseaux", due_on="2026-09-30")

    plan_the_next_meeting(desk)

    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(f"{workshop.base}/animer/{workshop.code}/textes")
    axe(desk, "texts to copy")
    field = desk.locator("#feuille-de-route-1-porteurs")
    field.fill("Les deux réseaux du canton")
    desk.locator("[data-atelier-copy=feuille-de-route-1-porteurs]").click()
    expect(desk.locator("[data-atelier-copied]")).to_have_text("Copié.")
    assert desk.evaluate("navigator.clipboard.readText()") == "Les deux réseaux du canton"
    desk.get_by_label("Animer la gouvernance").check()
    desk.locator("[data-atelier-copy=feuille-de-route-1-besoins]").click()
    expect(desk.locator("[data-atelier-copy=feuille-de-route-1-besoins]")).to_contain_text("Copié")
    assert desk.evaluate("navigator.clipboard.readText()") == "Animer la gouvernance"

    desk.goto(f"{workshop.base}/animer/{workshop.code}#documents")
    choose_a_layout(desk)
    desk.get_by_role("button", name="Faire un lien à montrer").click()
    expect(desk.locator("#lien .one-link__qr")).to_be_visible()
    address = desk.locator("#one-link-url").input_value()
    workshop.act("close-workshop")
    link = phone.page.get_by_role("link", name="Lire les résultats")
    expect(link).to_be_visible()
    link.click()
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    axe(phone.page, "results on a phone")

    stranger = opened(360, 640)
    stranger.goto(f"{workshop.base}/{address.split('/', 3)[3]}")
    expect(stranger.locator("body")).to_contain_text("Une affiche commune")
    expect(stranger.locator("body")).to_contain_text("14 h, à la mairie")
    expect(stranger.locator("body")).not_to_contain_text("Les deux réseaux")
    assert stranger.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert stranger.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith(
        '"Atkinson'
    )
