"""A phone's page stands still while the rest of it arrives: fonts and scripts come after the first look at it."""

import re

import pytest

pytestmark = pytest.mark.browser

WATCH = """
window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(shift => {
  const names = shift.sources.map(({node}) => node && (node.className || node.textContent));
  if (!shift.hadRecentInput) moved.push([shift.value, ...names]);
})).observe({type: "layout-shift", buffered: true});
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
LATE = re.compile(r"/static/.*\.(js|woff2)$")
PHASES = ("report-back", "synthesis", "welcome", "remits", "articulations")


def what_moves(page, address):
    """What moves on a page that gets its fonts and scripts once it was painted: values, and names of elements."""
    held = []

    def hold(route):
        held.append(route)

    page.add_init_script(WATCH)
    page.route(LATE, hold)
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    page.wait_for_timeout(300)
    assert len(held) >= 2, "nothing was held back"
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.wait_for_timeout(700)
    return page.evaluate("moved")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_moves_at_the_door(opened, workshop, width):
    for query in ("", "?metier=cn"):
        assert what_moves(opened(width), f"{workshop.base}/r/{workshop.code}{query}") == []


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_moves_on_the_phone_whatever_the_phase(opened, workshop, phone, width):
    address, moved = f"{workshop.base}/a/{workshop.code}", {}
    for phase in PHASES:
        workshop.act("open-phase", phase=phase)
        page = opened(width)
        page.context.add_cookies(phone.page.context.cookies())
        moved[phase] = what_moves(page, address)
    assert {phase: shifts for phase, shifts in moved.items() if shifts} == {}
