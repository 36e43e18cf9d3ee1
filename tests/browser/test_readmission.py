"""A right that ends is told on the screen it ends on: the desk, the wall, the phone that was moved or shown out."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def with_link(opened, facilitator, holder, width=1366, height=657):
    """Return a page of somebody who was given a link that was made at the desk, or for a wall on the page of links."""
    link = made_at_the_desk(facilitator.desk) if holder == "facilitator" else made_for_a_wall(facilitator)
    page = opened(width, height)
    page.goto(facilitator.base + re.sub(r"^https?://[^/]*", "", link))
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    return page


def made_at_the_desk(desk):
    """The desk stays; the key is seen by who asks for it alone."""
    desk.get_by_role("link", name="Inviter").click()
    desk.get_by_label("Pour qui").fill("Camille")
    desk.get_by_role("button", name="Faire un lien de co-animation").click()
    shown = desk.locator("#lien[open]")
    expect(shown.get_by_role("img", name="QR code du lien")).to_be_visible()
    expect(shown.locator("input")).to_be_hidden()
    shown.get_by_text("Montrer le lien en clair").click()
    expect(shown.locator("input")).to_be_visible()
    link = shown.locator("input").input_value()
    desk.keyboard.press("Escape")
    expect(desk.locator("#lien input")).to_have_count(0)
    desk.get_by_role("link", name="Inviter").click()
    expect(desk.locator("#desk-links li").last).to_contain_text("jamais ouvert")
    return link


def made_for_a_wall(facilitator):
    desk = facilitator.desk
    desk.goto(f"{facilitator.base}/animer/{facilitator.code}/pret")
    desk.get_by_role("button", name="Créer un lien pour l’écran").click()
    expect(desk.get_by_role("button", name="Ne plus accepter ce lien").last).to_be_visible()
    return desk.locator(".ready__links input[readonly]").last.input_value()


def revoke(facilitator):
    desk = facilitator.desk
    if desk.url.endswith("/pret") or "/pret#" in desk.url:
        desk.get_by_role("button", name="Ne plus accepter ce lien").last.click()
        return
    camille = desk.locator("#desk-links li", has_text="Camille")
    expect(camille).to_contain_text("ouvert le")
    expect(
        desk.locator("#desk-links li", has_text="Lien d’animation").first.locator("details")
    ).to_be_hidden()
    camille.get_by_text("Ne plus l’accepter").click()
    camille.get_by_role("button", name="Oui, ce lien ne vaut plus").click()
    expect(camille).to_contain_text("ne vaut plus")


def test_a_revoked_desk_says_so_and_does_nothing_any_more(opened, facilitator, axe):
    other = with_link(opened, facilitator, "facilitator")
    other.get_by_role("link", name="Inviter").click()
    revoke(facilitator)
    expect(other.get_by_text("Votre lien d’animation ne sert plus")).to_be_visible()
    expect(other.get_by_text("En direct")).to_be_hidden()
    expect(other.get_by_text("Lien plus accepté")).to_be_visible()
    assert other.locator("button:not(:disabled)").count() == 0
    assert other.locator("textarea:not([readonly])").count() == 0
    other.locator("body").focus()
    other.keyboard.press("Space")
    other.wait_for_timeout(300)
    expect(other.locator("body")).to_have_attribute("data-clock-status", "stopped")
    axe(other, "a revoked desk")


def test_a_revoked_wall_shows_nothing_of_the_room(opened, facilitator):
    wall = with_link(opened, facilitator, "wall", 1280, 720)
    revoke(facilitator)
    expect(wall.get_by_role("heading", name="Page réservée à l’animation")).to_be_visible()
    assert facilitator.code not in wall.locator(".wall").all_inner_texts()


def act(facilitator, command, **fields):
    """Ask as the desk's page does."""
    form = {"command": command, "op": f"operation-{command}-0001", **fields}
    answer = facilitator.desk.request.post(
        f"{facilitator.base}/a/{facilitator.code}/actes", form=form, headers={"Accept": "application/json"}
    )
    assert answer.ok, answer.text()


def person(facilitator):
    """Return the id of the one participant."""
    page = facilitator.desk.request.get(f"{facilitator.base}/animer/{facilitator.code}").text()
    return re.findall(r'data-keep="leave-([0-9a-f]+)"', page)[0]


def test_a_moved_phone_gets_the_page_of_its_new_table(facilitator, phone):
    act(facilitator, "change-group", participant=person(facilitator), to_group="2")
    expect(phone.page.locator("body")).to_have_attribute("data-group", "2")
    expect(phone.page.locator("body")).to_have_attribute("data-connection", "live")
    phone.page.get_by_text("La fiche", exact=True).first.click()
    phone.propose("orienter", "Un texte de la table 2")
    expect(facilitator.initiative("Un texte de la table 2")).to_be_visible()


def test_a_phone_that_is_moved_while_somebody_writes_asks_first_and_keeps_the_text(facilitator, phone):
    card = phone.card("orienter")
    card.locator(".compose--initiative textarea").fill("Une phrase commen")
    act(facilitator, "change-group", participant=person(facilitator), to_group="2")
    banner = phone.page.locator("[data-atelier-banner]")
    expect(banner).to_contain_text("Vous êtes maintenant à une autre table")
    assert card.locator(".compose--initiative textarea").input_value() == "Une phrase commen"
    expect(phone.page.locator("[data-atelier-offline]")).to_be_hidden()
    banner.get_by_role("button", name="Y aller").click()
    expect(phone.page.locator("body")).to_have_attribute("data-group", "2")


def test_a_phone_that_is_shown_out_is_back_at_the_door(facilitator, phone):
    act(facilitator, "leave", participant=person(facilitator))
    expect(phone.page).to_have_url(re.compile(f"/r/{facilitator.code}$"))
    expect(phone.page.get_by_role("heading", name="Votre métier")).to_be_visible()


def test_a_phone_that_is_shown_out_while_somebody_writes_is_told(facilitator, phone):
    phone.card("orienter").locator(".compose--initiative textarea").fill("Une phrase commen")
    act(facilitator, "leave", participant=person(facilitator))
    banner = phone.page.locator("[data-atelier-banner]")
    expect(banner).to_contain_text("Vous n’avez plus de place dans cet atelier")
    banner.get_by_role("button", name="Y aller").click()
    expect(phone.page).to_have_url(re.compile(f"/r/{facilitator.code}$"))
