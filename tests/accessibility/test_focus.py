"""By keyboard alone, act by act: the focus goes to what followed, never to the top of the page."""

import pytest
from playwright.sync_api import Error, expect

from atelier.domain.commands import NAMES
from tests.accessibility.focus_acts import ELSEWHERE, acts_of

AT = "selector => document.activeElement !== document.body && document.activeElement.matches(selector)"
NOW = """(at => `${at.tagName} #${at.id} .${at.className}: ${at.textContent.trim().slice(0, 50)}`)(
  document.activeElement)"""
AWAKE = "() => !document.querySelector('[data-resting]')"
STRAYS = 3
"""So many are told at once; each is waited for."""


def test_every_command_has_its_row_or_its_reason():
    performed = {act.command for act in acts_of("")} - {""}
    assert performed & set(ELSEWHERE) == set()
    assert performed | set(ELSEWHERE) == set(NAMES)


def perform(page, acts):
    """Do each of `acts`; return the first of those after which the focus was elsewhere, with where it was."""
    strays = []
    for act in acts:
        if act.field.endswith("select"):
            page.locator(act.field).select_option(act.typed)
        elif act.field:
            page.locator(act.field).fill(act.typed)
        page.wait_for_function(AWAKE)
        page.locator(act.pressed).first.focus()
        page.keyboard.press(act.key)
        expect(page.locator(act.done).first, str(act)).to_be_attached()
        page.wait_for_function(AWAKE)
        try:
            page.wait_for_function(AT, arg=act.focus, timeout=20_000)
        except Error:
            strays.append((act.command, act.pressed, page.evaluate(NOW)))
            if len(strays) == STRAYS:
                break
    return strays


@pytest.mark.browser
@pytest.mark.slow
def test_the_focus_on_the_phone(phone):
    assert perform(phone.page, acts_of("phone")) == []


def press(page, control):
    expect(control).to_be_visible()
    page.wait_for_function(AWAKE)
    control.focus()
    page.keyboard.press("Enter")


def follows(page, words):
    """Wait until the focus is on a title that begins with `words`."""
    title = """words => /^H[1-6]$/.test(document.activeElement.tagName)
      && document.activeElement.textContent.trim().startsWith(words)"""
    page.wait_for_function(title, arg=words)


@pytest.mark.browser
@pytest.mark.slow
def test_the_focus_goes_on_with_the_room(phone, workshop):
    page = phone.page
    phone.card("orienter").locator("input[name=fs]").first.focus()
    workshop.act("open-phase", phase="report-back", sure=1)
    follows(page, "Restitution")
    workshop.act("present-group", group=2)
    follows(page, "Groupe 2 présente")
    workshop.act("announce", text="Pause")
    press(page, page.locator("[data-atelier-read]"))
    page.wait_for_function(AT, arg="#announcement")
    page.locator("#maintenant summary:visible").first.focus()
    workshop.act("open-phase", phase="synthesis", sure=1)
    follows(page, "Synthèse")
    workshop.act("open-phase", phase="articulations", sure=1)
    phone.card("orienter").locator(".compose--initiative textarea").fill("Un texte commencé")
    workshop.act("open-phase", phase="synthesis", sure=1)
    press(page, page.get_by_role("button", name="Voir la suite"))
    follows(page, "Synthèse")
    page.locator("summary:visible").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_function(AT, arg="details:not([open]) > summary")


@pytest.mark.browser
@pytest.mark.slow
def test_the_focus_on_the_desk(facilitator, workshop, phone):
    workshop.act("post-initiative", group=1, action="orienter", text="Une idée")
    facilitator.press("Message…")
    assert perform(facilitator.desk, acts_of("desk")) == []
