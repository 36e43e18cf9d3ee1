"""A workshop that follows another: its decisions told at the desk, seen on phones and wall; a definition on a card."""

import pytest
from playwright.sync_api import expect

from atelier.web.routes.preparation import packed
from tests.support.people import Facilitator, Participant, Prepared
from tests.support.sequels import PREVIOUS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_room_tells_what_became_of_its_decisions_and_reads_what_an_action_means(server, opened):
    workshop = Prepared(server.base, previous=packed(PREVIOUS))
    facilitator = Facilitator.of(workshop, opened(1366, 657))
    desk, wall = facilitator.desk, facilitator.project(opened(1280, 720))
    phone = Participant(opened(), workshop.base, workshop.code, "France services", 1, "Nadia").page
    facilitator.press("Les décisions de la dernière fois…")
    panel = desk.locator("#suite-donnee")
    panel.get_by_role("button", name="Les montrer à l’écran").click()
    panel.get_by_role("button", name="Fait : la décision 1").click()
    for page in (phone.locator("#followed"), wall.locator("#scene"), panel):
        expect(page).to_contain_text("Fait")
    told = panel.locator("button[aria-pressed=true]", has_text="Fait")
    expect(told).to_be_focused()
    told.click()
    expect(phone.locator("#followed")).not_to_contain_text("Fait")
    expect(wall.locator("#scene")).to_contain_text("Pas encore dit")

    workshop.act("open-phase", phase="articulations", sure=1)
    card = phone.locator("#card-a-la-place")
    card.locator("summary").first.click()
    card.get_by_role("button", name="Définition").click()
    expect(card).to_contain_text("Il y faut un mandat")
    # What is under way stays where it is: only the button gave way.
    expect(card.get_by_role("button", name="Définition")).to_have_count(0)
    expect(phone).to_have_url(f"{workshop.base}/a/{workshop.code}")
