"""A contrast theme (forced colours): what a background told has an edge or a system colour on every surface."""

import pytest

from tests.support.people import Facilitator, Participant

EDGED = """selector => {
  const found = [...document.querySelectorAll(selector)].filter(each => each.getClientRects().length);
  return found.length && found.every(each => parseFloat(getComputedStyle(each).borderTopWidth) > 0);
}"""
TOO_SMALL = """least => [...document.querySelectorAll("main :is(a, button, summary, input), footer a, header a")]
  .filter(each => each.getClientRects().length && getComputedStyle(each).opacity !== "0")
  .filter(each => !each.closest("label"))
  .filter(each => !each.closest("p, li, dd") || getComputedStyle(each).display !== "inline")
  .map(each => [each.textContent.trim() || each.name, Math.round(each.getBoundingClientRect().height)])
  .filter(([, height]) => height < least)"""


@pytest.mark.browser
@pytest.mark.slow
def test_bars_and_choices_are_told_in_a_contrast_theme(opened, workshop, axe):
    phone = Participant(
        opened(forced_colors="active"), workshop.base, workshop.code, "France services", 1, "Nadia"
    )
    workshop.act("place-action", group=1, action="orienter", fs=75, cn=25)
    page = phone.page
    phone.card("orienter")
    page.wait_for_function(EDGED, arg="#card-orienter .handles .bar__arm")
    chosen = (
        "() => getComputedStyle(document.querySelector('.step__input:checked + .step__word')).backgroundColor"
    )
    other = chosen.replace(":checked", ":not(:checked)")
    assert page.evaluate(chosen) != page.evaluate(other)
    axe(page, "phone, forced colours")
    facilitator = Facilitator.of(workshop, opened(1366, 657, forced_colors="active"))
    facilitator.desk.wait_for_function(EDGED, arg=".group__sheet [data-state=placed] .bar__arm")
    wall = facilitator.project(opened(1280, 720, forced_colors="active"))
    workshop.act("show-on-wall", scene="overview")
    wall.wait_for_function(EDGED, arg=".matrix [data-state=placed] .bar__arm")
    workshop.act("place-action", group=2, action="orienter", fs=25, cn=75)
    workshop.act("show-on-wall", scene="overlay")
    wall.wait_for_function(EDGED, arg=".range")


@pytest.mark.browser
@pytest.mark.slow
def test_what_is_pressed_is_large_enough_around_the_workshop(opened, workshop):
    page = opened(390, 800)
    for path in ("/", f"/r/{workshop.code}", f"/r/{workshop.code}?metier=fs", "/rien", "/accessibilite"):
        page.goto(f"{workshop.base}{path}")
        assert page.evaluate(TOO_SMALL, 24) == [], path


@pytest.mark.browser
@pytest.mark.slow
def test_the_pages_in_words_have_no_violation(phone, workshop, axe):
    workshop.act("place-action", group=1, action="orienter", fs=75, cn=25)
    for path in (f"/a/{workshop.code}/texte?depuis=1", f"/ecran/{workshop.code}/texte", "/facile-a-lire"):
        phone.page.goto(f"{workshop.base}{path}")
        axe(phone.page, path)
