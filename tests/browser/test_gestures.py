"""What a hand does beside placing: arrow keys that look around, two taps, a pinch, a swipe that begins on a handle."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant, Prepared

pytestmark = [pytest.mark.slow, pytest.mark.browser]


KEEP_ACTS = """() => { window.acts = [];
  document.addEventListener("atelier:saved", ({ detail }) => window.acts.push(detail.fields.action)); }"""


@pytest.fixture
def phone(opened, server):
    workshop = Prepared(server.base, "remits", "articulations")
    return Participant(opened(has_touch=True), server.base, workshop.code, "France services", 1, "Nadia")


def test_only_what_is_meant_places_or_counts(phone):
    phone.page.evaluate(KEEP_ACTS)
    four_arrows_are_one_answer(phone)
    two_taps_on_a_heart_are_one(phone)
    an_initiative_on_the_wrong_card_is_moved_with_its_heart(phone)
    a_pinch_and_a_swipe_place_nothing(phone)
    assert "former" not in acts(phone)


def acts(phone):
    """The actions of what this phone was told to be saved, by whichever way it left."""
    return phone.page.evaluate("window.acts")


def four_arrows_are_one_answer(phone):
    phone.card("orienter").locator(".step__input[name=fs][value='0']").focus()
    phone.page.keyboard.press("Space")
    expect(phone.page.locator("[data-saved-text]")).to_have_text("Enregistré")
    expect(phone.bar("orienter")).to_have_attribute("data-state", "placed")
    before = len(acts(phone))
    for _ in range(4):
        phone.page.keyboard.press("ArrowLeft")
    expect(phone.bar("orienter")).to_have_class(a_class("fs-100"))
    expect(phone.page.locator("[data-saved-text]")).to_have_text("Enregistré")
    assert len(acts(phone)) == before + 1


def two_taps_on_a_heart_are_one(phone):
    phone.propose("orienter", "Une affiche commune")
    heart = phone.card("orienter").locator(".heart")
    expect(heart).to_be_visible()
    heart.dblclick()
    expect(heart).to_have_text("1")
    expect(heart).to_have_attribute("aria-pressed", "true")


def an_initiative_on_the_wrong_card_is_moved_with_its_heart(phone):
    card = phone.card("orienter")
    card.get_by_role("button", name="Déplacer « Une affiche").click()
    card.get_by_label("La placer sous").select_option("relayer")
    card.locator(".compose--edit").get_by_role("button", name="Déplacer").click()
    expect(card.locator(".initiative")).to_have_count(0)
    moved = phone.card("relayer").locator(".initiative")
    expect(moved).to_contain_text("Une affiche commune")
    expect(moved.locator(".heart")).to_have_text("1")


def a_pinch_and_a_swipe_place_nothing(phone):
    page = phone.page
    phone.card("former")
    handle = page.locator("#card-former .handle--cn")
    handle.scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)
    x, y = thumb(handle)
    fingers(touch, "touchStart", (x, y))
    fingers(touch, "touchStart", (x, y), (x + 60, y + 60))
    for step in (20, 40, 60):
        fingers(touch, "touchMove", (x + step, y), (x + 60 + step, y + 60))
    fingers(touch, "touchEnd")
    expect(page.locator("#card-former [data-held]")).to_have_count(0)
    x, y = thumb(handle)
    top = page.evaluate("scrollY")
    fingers(touch, "touchStart", (x, y))
    for step in (20, 60, 100, 140):
        fingers(touch, "touchMove", (x + 4, y - step))
    fingers(touch, "touchEnd")
    page.wait_for_function("top => scrollY > top", arg=top)
    expect(page.locator("#card-former [data-held]")).to_have_count(0)
    expect(phone.bar("former")).to_have_attribute("data-state", "unplaced")


def a_class(name):
    """A pattern for one class among others."""
    return re.compile(rf"(^| ){name}( |$)")


def thumb(handle):
    """Where the end of the arm towards the Conum is, not placed yet."""
    box = handle.bounding_box()
    return box["x"] + 22, box["y"] + box["height"] / 2


def fingers(session, kind, *points):
    """Put, move or lift fingers."""
    touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
