"""What is typed on the desk is never lost: reload, a killed server, a second desk, a text that is too long."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import as_browser, live

pytestmark = pytest.mark.browser

LONG = "Un agenda partagé, tenu à jour par les deux réseaux. " * 7


def test_what_is_typed_on_the_desk_survives_and_a_second_desk_sees_it(
    facilitator, workshop, opened, server, axe
):
    desk = facilitator.desk
    workshop.act("open-phase", phase="report-back")
    workshop.act("present-group", group=1)
    note = desk.locator("#desk-note-1-agreement")
    expect(note).to_be_visible()
    second = live(_second(workshop, opened))

    note.fill("Le vendredi se partage")
    state = desk.locator('[data-typed="desk-note-1-agreement"]')
    expect(state).to_have_text("Enregistré")
    twin = second.locator("#desk-note-1-agreement")
    expect(twin).to_have_value("Le vendredi se partage")
    expect(second.locator('[data-typed="desk-note-1-agreement"]')).to_contain_text("Un autre poste écrit ici")

    server.kill()
    expect(desk.locator("body")).to_have_attribute("data-connection", "lost")
    note.fill("Le vendredi se partage, écrit pendant la panne")
    expect(state).to_contain_text("Gardé dans ce navigateur")
    server.start()
    expect(state).to_have_text("Enregistré")
    desk.reload()
    expect(desk.locator("#desk-note-1-agreement")).to_have_value(
        "Le vendredi se partage, écrit pendant la panne"
    )

    disagreement = desk.locator("#desk-note-1-disagreement")
    disagreement.fill(LONG)
    over = desk.locator('[data-typed="desk-note-1-disagreement"]')
    expect(over).to_contain_text(f"{len(LONG.strip()) - 280} caractères de trop")
    expect(disagreement).to_have_value(LONG)
    expect(disagreement).to_have_attribute("aria-invalid", "true")
    axe(desk, "notes with one too long")


def test_the_notes_are_confided_to_a_phone_and_stand_on_the_screen(facilitator, workshop, phone, wall, axe):
    desk, page = facilitator.desk, phone.page
    workshop.act("open-phase", phase="report-back", sure=1)
    workshop.act("present-group", group=1)
    expect(page.locator("#note-agreement")).to_be_hidden()
    desk.get_by_role("link", name="Confier les notes").locator("visible=true").click()
    desk.get_by_role("button", name="Confier les notes à Nadia").click()
    expect(desk.locator("#desk-members-1 .member__writes")).to_have_text("Prend les notes")
    agreement = page.locator("#note-agreement")
    agreement.fill("Un carnet de liaison")
    page.reload()
    expect(agreement).to_have_value("Un carnet de liaison")
    expect(page.locator("#state-note-agreement")).to_have_text("Pas encore envoyé")
    page.get_by_role("button", name="Enregistrer : Un accord").click()
    expect(page.locator("#state-note-agreement")).to_have_text("Enregistré")
    expect(agreement).to_have_value("Un carnet de liaison")
    expect(desk.locator("#desk-note-1-agreement")).to_have_value("Un carnet de liaison")
    expect(wall.locator("#wall-notes")).to_contain_text("Un carnet de liaison")
    workshop.act("take-note", group=1, kind="agreement", text="Un carnet, relu le vendredi")
    expect(agreement).to_have_value("Un carnet, relu le vendredi")
    axe(page, "the three notes on a phone")
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Reprendre ici").locator("visible=true").click()
    expect(agreement).to_be_hidden()


def test_a_decision_half_typed_is_there_when_one_comes_back(facilitator, workshop, axe):
    desk = facilitator.desk
    workshop.act("open-phase", phase="synthesis")
    what = desk.locator("#desk-decide-what")
    what.fill("Une affiche commune")
    expect(desk.locator('[data-typed="desk-decide-what"]')).to_have_text("Enregistré")
    desk.goto("about:blank")
    desk.goto(f"{workshop.base}/animer/{workshop.code}")
    expect(what).to_have_value("Une affiche commune")
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.locator("#desk-decisions")).to_contain_text("Une affiche commune")
    expect(what).to_have_value("")
    live(desk).reload()
    expect(desk.locator("#desk-decisions")).to_contain_text("Une affiche commune")
    expect(what).to_have_value("")
    axe(desk, "decisions")


def test_every_text_is_moderated_from_one_feed(facilitator, workshop, phone, wall):
    desk = facilitator.desk
    phone.propose("orienter", "Appeler Mme Dupont")
    workshop.act("add-mission", group=1, side="both", text="Une mission de trop")
    item = desk.locator("#desk-feed > li").filter(has_text="Une mission de trop")
    item.get_by_role("button", name="Masquer").click()
    again = desk.get_by_role("button", name="Retrouver ici")
    again.click()
    hidden = desk.locator("#desk-feed > li")
    expect(hidden).to_have_count(1)
    expect(hidden).to_contain_text("Une mission de trop")
    desk.locator(".feed__head summary").click()
    desk.get_by_label("Genre de texte").select_option("initiative")
    desk.keyboard.press("Escape")
    expect(hidden).to_have_count(1)
    hidden.get_by_role("link", name="Corriger").click()
    field = desk.get_by_label("Texte de l’initiative")
    expect(field).to_have_value("Appeler Mme Dupont")
    field.fill("Appeler une usagère")
    desk.locator("#corriger-initiative").get_by_role("button", name="Enregistrer").click()
    expect(phone.page.get_by_text("Appeler une usagère").first).to_be_visible()
    hidden.get_by_role("link", name="Corriger").click()
    wrong = desk.get_by_label("La placer sous une autre carte")
    expect(wrong).to_have_value("orienter")
    wrong.select_option("diagnostiquer")
    desk.get_by_role("button", name="Déplacer", exact=True).click()
    expect(hidden).to_contain_text("Diagnostiquer")
    hidden.get_by_role("button", name="En faire une décision").click()
    expect(desk.locator("#desk-decisions")).to_contain_text(re.compile("Appeler une usagère"))


def _second(workshop, opened):
    page = as_browser(opened(1366, 657), workshop.host)
    page.goto(f"{workshop.base}/animer/{workshop.code}")
    return page
