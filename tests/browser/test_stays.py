"""What is typed, dragged, focused, scrolled or open stays, whatever others do and whatever the connection does."""

import re
import secrets
import threading

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared

pytestmark = pytest.mark.browser

CARET = "field => [field.value, field.selectionStart, field.selectionEnd, document.activeElement === field]"


@pytest.fixture
def nadia(phone):
    return phone


@pytest.fixture
def room(facilitator, nadia, opened, server):
    """Everybody else: what they do comes from other browsers, all of it seen by Nadia's phone and by the desk."""
    karim = Participant(opened(), server.base, facilitator.code, "Conseiller numérique", 1, "Karim")
    return Room(facilitator, karim, server)


class Room:
    """A colleague at the same table, a second desk, and the server itself."""

    def __init__(self, facilitator, karim, server):
        self.facilitator, self.karim, self.server = facilitator, karim, server
        self.url = f"{server.base}/a/{facilitator.code}/actes"

    def act(self, who, command, **fields):
        """Somebody's act, without a page."""
        page = self.karim.page if who == "karim" else self.facilitator.desk
        form = {"command": command, "op": secrets.token_hex(16), **fields}
        answer = page.context.request.post(self.url, form=form, headers={"Accept": "application/json"})
        assert answer.ok, answer.text()

    def works(self, action="orienter"):
        """The same line, the same list, the continuum, and a word from the desk."""
        self.act("karim", "place-action", group="1", action=action, fs="50", cn="50")
        for n in range(3):
            self.act("karim", "post-initiative", group="1", action=action, text=f"Une idée de Karim, {n}")
        self.act("karim", "add-mission", group="1", side="both", text="Une mission de Karim")
        self.act("desk", "announce", text=f"Encore {secrets.randbelow(90)} minutes")

    def somebodys_initiative(self):
        """The group and the name of an initiative that Karim can support."""
        op = secrets.token_hex(16)
        self.act("desk", "post-initiative", group="1", action="orienter", text="À soutenir", op=op)
        self.act("desk", "open-phase", phase="synthesis")
        return {"group": "1", "initiative": op}

    def moves_nadia(self):
        """The desk has her sit at the second table."""
        desk = self.facilitator.desk
        desk.get_by_role("link", name="Personnes et nom").first.click()
        member = desk.locator("#desk-members-1 .member").filter(has_text="Nadia")
        member.get_by_text("Déplacer vers…").click()
        member.get_by_role("button", name="Groupe 2").click()
        expect(desk.locator("#desk-members-2 .member").filter(has_text="Nadia")).to_have_count(1)
        desk.keyboard.press("Escape")

    def everything_is_drawn_anew(self, page):
        """This screen is told everything, as one that was away for too long."""
        page.route(
            "**/depuis?*",
            lambda route: route.continue_(url=re.sub("head=[^&]*", "head=ailleurs", route.request.url)),
        )
        with page.expect_response("**/depuis?*"):
            page.evaluate("window.dispatchEvent(new Event('online'))")
        page.unroute("**/depuis?*")
        page.wait_for_timeout(300)

    def loses_its_server(self, *pages):
        """The server dies, and is there again."""
        self.server.kill()
        for page in pages:
            expect(page.locator("body")).to_have_attribute("data-connection", "lost")
        self.server.start()
        for page in pages:
            expect(page.locator("body")).to_have_attribute("data-connection", "live")

    def happens_to(self, page, seen, before=0):
        """All of it at once. `seen`: where the page shows that it heard of it."""
        self.works()
        expect(seen).to_contain_text("Une idée de Karim, 2")
        self.everything_is_drawn_anew(page)
        self.loses_its_server(page)
        self.works()
        expect(seen.get_by_text("Une idée de Karim, 2", exact=True)).to_have_count(before + 2)


def test_a_text_in_the_making_keeps_its_caret_its_selection_and_its_place(nadia, room):
    page, field = nadia.page, nadia.card("orienter").locator(".compose--initiative textarea")
    field.fill("Un accueil à deux voix, le mardi")
    field.evaluate("field => { field.focus(); field.setSelectionRange(3, 10) }")
    page.evaluate("window.scrollTo(0, 300)")
    top = field.bounding_box()["y"]
    room.happens_to(page, page.locator("#initiatives-1-orienter"))
    assert field.evaluate(CARET) == ["Un accueil à deux voix, le mardi", 3, 10, True]
    assert abs(field.bounding_box()["y"] - top) < 3, "the field moved under the thumbs"
    page.keyboard.type("rendez-vous")
    assert field.input_value() == "Un rendez-vous à deux voix, le mardi"
    expect(nadia.card("orienter").locator("details.card__fold")).to_have_attribute("open", "")


def test_a_phase_that_ends_asks_whoever_writes(nadia, room):
    page, field = nadia.page, nadia.card("orienter").locator(".compose--initiative textarea")
    field.fill("Un accueil à deux voix")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    for phase in ("report-back", "synthesis"):
        room.act("desk", "open-phase", phase=phase)
        expect(page.locator("body")).to_have_attribute("data-phase", phase)
        expect(page.locator("[data-atelier-banner]")).to_be_visible()
        assert field.evaluate(CARET) == ["Un accueil à deux voix", 3, 3, True]
        expect(field).to_be_visible()
    room.act("desk", "close-workshop")
    expect(page.locator("body")).to_have_attribute("data-status", "closed")
    room.act("desk", "archive-workshop")
    expect(page.locator("body")).to_have_attribute("data-status", "archived")
    expect(field).to_be_visible()
    assert field.evaluate(CARET) == ["Un accueil à deux voix", 3, 3, True]


@pytest.mark.parametrize("moved", [True, False], ids=["pulled", "only pressed"])
def test_an_arm_that_is_held_stays_in_the_hand(nadia, room, moved):
    page, mouse = nadia.page, nadia.page.mouse
    nadia.place("orienter", 25, 25)
    handle = nadia.card("orienter").locator("input.handle[data-arm=cn]")
    handle.scroll_into_view_if_needed()
    mouse.move(*at(handle, 25))
    mouse.down()
    if moved:
        mouse.move(*at(handle, 70), steps=5)
    held = handle.input_value()
    assert (int(held) > 50) is moved
    room.happens_to(page, page.locator("#initiatives-1-orienter"))
    assert handle.input_value() == held
    mouse.move(*at(handle, 100), steps=5)
    mouse.up()
    expect(room.karim.bar("orienter")).to_have_class(re.compile(r"fs-50 .*cn-100|cn-100.* fs-50"))


def test_an_arm_pressed_and_let_go_hears_what_came_meanwhile(nadia, room):
    handle = nadia.card("orienter").locator("input.handle[data-arm=cn]")
    handle.scroll_into_view_if_needed()
    nadia.page.mouse.move(*at(handle, 0))
    nadia.page.mouse.down()
    room.works()
    expect(nadia.page.locator("#initiatives-1-orienter")).to_contain_text("Une idée de Karim, 2")
    assert handle.input_value() == "0"
    nadia.page.mouse.up()
    expect(handle).to_have_value("50")
    expect(nadia.bar("orienter")).to_have_class(re.compile("cn-50"))


def at(handle, value):
    box, thumb = handle.bounding_box(), 44
    return box["x"] + thumb / 2 + (box["width"] - thumb) * value / 100, box["y"] + box["height"] / 2


@pytest.mark.parametrize("name", ["Soutenir", "Modifier", "Retirer"])
def test_a_button_of_a_list_keeps_the_focus(nadia, room, name):
    nadia.propose("orienter", "À moi")
    item = nadia.page.locator("#initiatives-1-orienter .initiative").filter(has_text="À moi")
    button = item.get_by_role("button", name=re.compile(name))
    button.focus()
    room.happens_to(nadia.page, nadia.page.locator("#initiatives-1-orienter"))
    expect(button).to_be_focused()


def test_an_item_that_did_not_change_is_not_drawn_anew(nadia, room):
    nadia.propose("orienter", "À moi")
    items = nadia.page.locator("#initiatives-1-orienter .initiative")
    items.first.evaluate("item => { item.drawn = 'once' }")
    other, text = {"group": "1", "initiative": secrets.token_hex(16)}, items.locator("[data-initiative-text]")
    for words, op in (("De Karim", other["initiative"]), ("De Karim aussi", secrets.token_hex(16))):
        room.act("karim", "post-initiative", group="1", action="orienter", text=words, op=op)
    expect(text).to_have_text(["À moi", "De Karim", "De Karim aussi"])
    room.act("desk", "highlight-initiative", **other, on="1")
    expect(items.nth(1).locator(".initiative__star")).to_be_visible()
    room.act("desk", "hide-initiative", **other)
    expect(text).to_have_text(["À moi", "De Karim aussi"])
    assert items.first.evaluate("item => item.drawn") == "once"
    room.act("desk", "show-initiative", **other)
    expect(text).to_have_text(["À moi", "De Karim", "De Karim aussi"])


def test_a_mission_stays_open_and_keeps_the_focus(nadia, room):
    page = nadia.page
    room.act("karim", "add-mission", group="1", side="both", text="À ouvrir")
    nadia.tab("Missions")
    mission = page.locator(".mission").filter(has_text="À ouvrir")
    mission.locator("summary").click()
    room.happens_to(page, page.locator("#initiatives-1-orienter"))
    expect(mission.get_by_role("button", name="Vers France services")).to_be_visible()
    expect(mission.locator("summary")).to_be_focused()
    mission.get_by_role("button", name="Vers France services").focus()
    room.works()
    expect(page.locator("#missions-1-both").get_by_text("Une mission de Karim")).to_have_count(3)
    expect(mission.get_by_role("button", name="Vers France services")).to_be_focused()


def test_a_text_being_reworded_outlives_everything(nadia, room):
    nadia.propose("orienter", "À moi")
    item = nadia.page.locator("#initiatives-1-orienter .initiative").filter(has_text="À moi")
    item.get_by_role("button", name="Modifier").click()
    field = nadia.page.locator(".compose--edit textarea")
    field.fill("À moi, en mieux")
    field.evaluate("field => field.setSelectionRange(2, 2)")
    room.happens_to(nadia.page, nadia.page.locator("#initiatives-1-orienter"))
    assert field.evaluate(CARET) == ["À moi, en mieux", 2, 2, True]
    nadia.page.locator(".compose--edit").get_by_role("button", name="Enregistrer").click()
    expect(nadia.page.locator("#initiatives-1-orienter")).to_contain_text("À moi, en mieux")


def test_whoever_is_moved_to_another_table_takes_the_text_along(nadia, room, axe):
    page, field = nadia.page, nadia.card("orienter").locator(".compose--initiative textarea")
    field.fill("Un accueil à deux voix")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    room.moves_nadia()
    banner = page.locator("[data-atelier-banner]")
    expect(banner).to_contain_text("une autre table")
    room.works()
    page.wait_for_timeout(3_000)
    assert field.evaluate(CARET) == ["Un accueil à deux voix", 3, 3, True]
    axe(page, "moved while writing")
    banner.get_by_role("button", name="Y aller").click()
    expect(page.locator("body")).to_have_attribute("data-group", "2")
    expect(nadia.card("orienter").locator(".compose--initiative textarea")).to_have_value(
        "Un accueil à deux voix"
    )
    nadia.card("orienter").get_by_role("button", name="Proposer").click()
    expect(page.locator("#initiatives-2-orienter")).to_contain_text("Un accueil à deux voix")


def test_whoever_writes_nothing_is_at_the_other_table_at_once(nadia, room):
    room.moves_nadia()
    expect(nadia.page.locator("body")).to_have_attribute("data-group", "2")


def opens_the_message(facilitator):
    """Open the panel of the message to all, and wait until its button takes a press."""
    facilitator.press("Message…")
    send = facilitator.desk.get_by_role("button", name="Envoyer")
    expect(send).not_to_have_attribute("data-resting", "")


def test_new_settings_wait_for_what_is_typed_on_the_desk(opened, server, axe):
    facilitator = Facilitator.of(Prepared(server.base), opened(1440, 900))
    desk, line = facilitator.desk, facilitator.desk.locator("form[data-act=announce] [name=text]")
    facilitator.press("Message…")
    line.fill("Nous commençons dans")
    colleague = desk.context.new_page()
    colleague.goto(f"{server.base}/animer/{facilitator.code}/reglages")
    colleague.get_by_label("Titre").fill("Un autre titre")
    colleague.get_by_role("button", name="Enregistrer les réglages").click()
    expect(desk.locator("#message [data-atelier-status]")).to_contain_text("Les réglages ont changé")
    axe(desk, "new settings wait")
    desk.wait_for_timeout(2_500)
    assert line.input_value() == "Nous commençons dans"
    line.fill("Nous commençons dans cinq minutes")
    line.press("Enter")
    expect(desk).to_have_title(re.compile("Un autre titre"))
    expect(desk.locator("#desk-announcement")).to_contain_text("cinq minutes")


def test_the_desk_keeps_a_decision_half_written(facilitator, nadia, room):
    desk = facilitator.desk
    initiative = room.somebodys_initiative()
    expect(desk.locator("body")).to_have_attribute("data-phase", "synthesis")
    what = desk.locator("#desk-decide-what")
    what.fill("Un rendez-vous mensuel")
    desk.locator("#desk-decide-who").fill("Les deux référentes")
    what.evaluate("field => { field.focus(); field.setSelectionRange(3, 14) }")
    caret = ["Un rendez-vous mensuel", 3, 14, True]
    room.act("karim", "support-initiative", **initiative)
    room.everything_is_drawn_anew(desk)
    assert what.evaluate(CARET) == caret
    room.loses_its_server(desk)
    assert what.evaluate(CARET) == caret
    room.act("desk", "open-phase", phase="articulations")
    room.works()
    room.act("desk", "open-phase", phase="synthesis")
    expect(what).to_have_value("Un rendez-vous mensuel")
    assert desk.locator("#desk-decide-who").input_value() == "Les deux référentes"
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.locator("#desk-decisions")).to_contain_text("Les deux référentes")


def test_what_is_typed_while_an_answer_is_on_its_way_is_the_next_one(facilitator):
    desk, held, released = facilitator.desk, [], threading.Event()
    line = desk.locator("form[data-act=announce] [name=text]")

    def hold(route):
        # The second one leaves when the first is answered, perhaps before `unroute` has done its work.
        if released.is_set():
            route.continue_()
        else:
            held.append(route)

    desk.route("**/actes*", hold)
    opens_the_message(facilitator)
    line.fill("Le premier message")
    with desk.expect_request("**/actes*"):
        line.press("Enter")
    line.fill("Le second message")
    line.press("Enter")
    released.set()
    for route in held:
        route.continue_()
    expect(desk.locator("#desk-announcement")).to_contain_text("Le second message")
    expect(line).to_have_value("")
    facilitator.press("Message…")
    line.fill("Le troisième, à moitié")
    expect(desk.locator("form[data-act=announce]")).not_to_have_attribute("data-sending", "")
    assert line.input_value() == "Le troisième, à moitié"


def test_a_page_of_somebody_else_is_no_acknowledgement(facilitator):
    desk = facilitator.desk
    line = desk.locator("form[data-act=announce] [name=text]")
    desk.route(
        "**/actes*", lambda route: route.fulfill(body="<p>Bienvenue à l’hôtel", content_type="text/html")
    )
    opens_the_message(facilitator)
    line.fill("Le premier message")
    line.press("Enter")
    expect(desk.get_by_text("n’a pas répondu comme prévu")).to_be_visible()
    expect(line).to_have_value("Le premier message")
    desk.unroute("**/actes*")
    line.press("Enter")
    expect(desk.locator("#desk-announcement")).to_contain_text("Le premier message")


def test_the_desk_keeps_its_caret_its_panels_and_its_place(facilitator, nadia, room):
    desk = facilitator.desk
    for n in range(14):
        room.act("karim", "post-initiative", group="1", action="former", text=f"Pour le fil, {n}")
    expect(desk.locator("#desk-feed")).to_contain_text("Pour le fil, 13")
    desk.get_by_role("link", name="Personnes et nom").first.click()
    group = desk.locator("#table-1")
    member = group.locator(".member").filter(has_text="Nadia")
    member.get_by_text("Plus…").click()
    member.get_by_text("Code de retour").click()
    before = member.bounding_box()["y"]
    room.happens_to(desk, desk.locator("#desk-feed"))
    expect(member.locator("strong").first).to_be_visible()
    expect(member.locator("summary").filter(has_text="Code de retour")).to_be_focused()
    assert abs(member.bounding_box()["y"] - before) < 3
    desk.keyboard.press("Escape")
    facilitator.initiative("Pour le fil, 9").get_by_role("link", name="Corriger").click()
    field = desk.locator("#corriger-initiative textarea")
    field.fill("Pour le fil, corrigé")
    field.evaluate("field => field.setSelectionRange(5, 7)")
    room.happens_to(desk, desk.locator("#desk-feed"), before=2)
    assert field.evaluate(CARET) == ["Pour le fil, corrigé", 5, 7, True]
    expect(desk.locator("#corriger-initiative")).to_be_visible()
