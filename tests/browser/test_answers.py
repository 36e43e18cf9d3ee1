"""« Chacun·e répond d’abord », as a table lives it: unseen answers, « Révéler », then the card is placed together."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant, hold_acts, let_acts_go

pytestmark = pytest.mark.browser


@pytest.fixture
def table(opened, workshop):
    """Nadia and Karim of France services, at table 1; Karim's phone is a small one."""
    return [
        Participant(opened(width), workshop.base, workshop.code, "France services", 1, name)
        for width, name in ((390, "Nadia"), (320, "Karim"))
    ]


def own_step(person, action, value):
    """The word of one's own answer."""
    return person.card(action).locator(f".answer .step:has(input[value='{value}'])")


def test_each_answers_unseen_then_the_table_sees_its_answers_and_places(
    facilitator, workshop, wall, table, axe
):
    workshop.act("show-on-wall", scene="action", group=1, action="orienter")
    nadia, karim = table
    switched_on(facilitator, axe)
    answered_offline(facilitator, nadia, karim, axe)
    answered_by_keyboard(karim, axe)
    expect(wall.locator(".spread__dot")).to_have_count(0)
    revealed(nadia, karim, wall, axe)
    revealed_by_the_desk(facilitator, nadia, axe)
    workshop.act("set-arms-discreet", on=1)
    expect(wall.locator(".spread__dot")).to_have_count(0)


def switched_on(facilitator, axe):
    """The desk chooses it; phones load themselves again."""
    facilitator.press("Plus")
    panel = facilitator.desk.locator("dialog#plus")
    panel.get_by_role("button", name="Répondre d’abord").click()
    expect(panel).to_contain_text("Une table d’un seul téléphone place comme d’habitude")
    axe(facilitator.desk, "answers first")
    facilitator.desk.keyboard.press("Escape")


def answered_offline(facilitator, nadia, karim, axe):
    """Nadia’s answer waits on her phone, then counts for everybody and is read by nobody."""
    expect(nadia.page.locator("#card-orienter .answer")).to_be_attached()
    card = nadia.card("orienter")
    expect(card.locator(".placing")).to_be_hidden()
    expect(card.locator(".answers__count")).to_have_text("Personne n’a encore répondu")
    hold_acts(nadia.page)
    own_step(nadia, "orienter", 75).click()
    expect(card.locator("[data-answer-state]")).to_contain_text("En attente d’envoi")
    expect(karim.card("orienter").locator(".answers__count")).to_have_text("Personne n’a encore répondu")
    let_acts_go(nadia.page)
    expect(karim.card("orienter").locator(".answers__count")).to_have_text("1 sur 2 a répondu")
    expect(card.locator("[data-answer-state]")).to_contain_text("Enregistré")
    expect(karim.page.locator("#card-orienter input:checked")).to_have_count(0)
    expect(facilitator.desk.locator("#desk-answers-1")).to_have_text("1/20 réponses")
    axe(nadia.page, "an answer of one's own")


def answered_by_keyboard(karim, axe):
    """What is only looked at on the way is not chosen; a page loaded anew knows the answer."""
    karim.page.locator("#card-orienter .answer .step__input").last.focus()
    for _ in range(2):
        karim.page.keyboard.press("ArrowRight")
    expect(karim.card("orienter").locator(".answers__count")).to_have_text("2 sur 2 ont répondu")
    axe(karim.page, "all have answered, at 320 px")
    karim.page.reload()
    expect(karim.card("orienter").locator(".answer .step__input:checked")).to_have_count(1)


def revealed(nadia, karim, wall, axe):
    """Dots on both phones and on the wall, and the card to be placed."""
    karim.card("orienter").get_by_role("button", name="Révéler").click()
    for page in (nadia.page, karim.page, wall):
        expect(page.locator("#answers-1-orienter, #wall-spread").locator(".spread__dot")).to_have_count(2)
    expect(karim.page.locator("#answers-1-orienter")).to_be_focused()
    told = nadia.page.locator("#answers-1-orienter .answers__told")
    expect(told.first).to_contain_text("1 de temps en temps, 1 régulièrement")
    expect(told.last).to_contain_text("aucune réponse")
    card = nadia.card("orienter")
    expect(card.locator(".answer")).to_be_hidden()
    card.locator(".placing .step:has(input[name=fs][value='75'])").click()
    expect(karim.bar("orienter")).to_have_class(re.compile("fs-75"))
    for page, where in ((nadia.page, "revealed"), (karim.page, "revealed at 320 px"), (wall, "dots")):
        axe(page, where)


def revealed_by_the_desk(facilitator, nadia, axe):
    """One action, at every table."""
    facilitator.press("Réponses : révéler…")
    panel = facilitator.desk.locator("dialog#reponses")
    axe(facilitator.desk, "the desk's answers")
    panel.get_by_role("row", name="Former").get_by_role("button", name="Révéler").click()
    expect(facilitator.desk.locator("#desk-answers-1")).to_have_text("2/20 réponses, 2 actions révélées")
    expect(nadia.card("former").locator(".placing")).to_be_visible()


def test_a_late_joiner_and_a_table_of_one_phone(facilitator, workshop, opened):
    workshop.act("set-answers-first", on=1)
    alone = Participant(opened(), workshop.base, workshop.code, "Conseiller numérique", 2, "Lou")
    alone.card("orienter")
    expect(alone.page.locator("#card-orienter .placing")).to_be_visible()
    expect(alone.page.locator("#card-orienter .answer")).to_be_hidden()
    placing = alone.page.locator("#card-orienter .placing")
    placing.locator(".step:has(input[name=cn][value='50'])").click()
    expect(alone.bar("orienter")).to_have_class(re.compile("cn-50"))
    other = Participant(opened(), workshop.base, workshop.code, "Conseiller numérique", 2, "Max")
    expect(alone.card("former").locator(".answers__count")).to_have_text("Personne n’a encore répondu")
    expect(other.card("orienter").locator(".placing")).to_be_visible()
    expect(other.card("former").locator(".placing")).to_be_hidden()
