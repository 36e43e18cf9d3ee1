"""What is typed, dragged, focused, scrolled or open stays, whatever others do and whatever the connection does."""

import re
import secrets
import threading

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.browser

CARET = "field => [field.value, field.selectionStart, field.selectionEnd, document.activeElement === field]"


@pytest.fixture
def nadia(phone):
    return phone


@pytest.fixture
def room(workshop, server):
    """Everybody else: what they do comes from other browsers, all of it seen by Nadia's phone and by the desk."""
    return Room(workshop, server)


class Room:
    """A colleague at the same table, a second desk, both without a screen, and the server itself."""

    def __init__(self, workshop, server):
        self.base, self.code, self.server = workshop.base, workshop.code, server
        karim = Browser(workshop.base)
        karim.join(workshop.code, "cn", 1, "Karim")
        self._people = {"karim": karim, "desk": workshop.host}
        self._drawn = 0

    def act(self, who, command, **fields):
        """Somebody's act; return its operation id."""
        return self._people[who].act(self.code, command, **fields)["op"]

    def works(self, action="orienter"):
        """The same line, the same list, the continuum, and a word from the desk."""
        self.act("karim", "place-action", group="1", action=action, fs="50", cn="50")
        for n in range(3):
            self.act("karim", "post-initiative", group="1", action=action, text=f"Une idée de Karim, {n}")
        self.act("karim", "add-mission", group="1", side="both", text="Une mission de Karim")
        self.act("desk", "announce", text=f"Encore {secrets.randbelow(90)} minutes")

    def somebodys_initiative(self):
        """The group and the name of an initiative that Karim can support."""
        text = {"group": "1", "action": "orienter", "text": "À soutenir"}
        initiative = self.act("desk", "post-initiative", **text)
        self.act("desk", "open-phase", phase="synthesis")
        return {"group": "1", "initiative": initiative}

    def moves_nadia(self, desk):
        """A desk has her sit at the second table."""
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
        self._drawn += 1
        self.act("desk", "announce", text=f"Dessiné {self._drawn} fois")
        # Messages are shown in their order.
        expect(page.locator("body")).to_contain_text(f"Dessiné {self._drawn} fois")

    def loses_its_server(self, *pages):
        """The server dies, and is there again."""
        self.server.kill()
        for page in pages:
            expect(page.locator("body")).to_have_attribute("data-connection", "lost")
        self.server.start()
        for page in pages:
            expect(page.locator("body")).to_have_attribute("data-connection", "live")

    def happens_to(self, *pages, before=0):
        """All of it at once; each page hears of all of it. `before`: how often the room has worked already."""
        lists = [page.locator("#initiatives-1-orienter, #desk-feed") for page in pages]
        for seen in self._works_before(lists, before + 1):
            self.everything_is_drawn_anew(seen.page)
        self.loses_its_server(*pages)
        self._works_before(lists, before + 2)

    def _works_before(self, lists, times):
        self.works()
        for seen in lists:
            expect(seen.get_by_text("Une idée de Karim, 2", exact=True)).to_have_count(times)
        return lists


class InTheMiddle(Participant):
    """Somebody at table 1 in the middle of something, and what must be true of it afterwards."""

    room: Room
    neighbour: Participant

    def begins(self):
        """Begin it."""
        raise NotImplementedError

    def goes_on(self):
        """Go on with it, as if nothing had happened."""
        raise NotImplementedError


class Writer(InTheMiddle):
    """Writes a text; the caret has selected some of it."""

    def begins(self):
        self.field = self.card("orienter").locator(".compose--initiative textarea")
        self.field.fill("Un accueil à deux voix, le mardi")
        self.field.evaluate("field => { field.focus(); field.setSelectionRange(3, 10) }")
        self.field.evaluate("field => field.scrollIntoView({ block: 'center' })")
        self.top = self.field.bounding_box()["y"]

    def goes_on(self):
        assert self.field.evaluate(CARET) == ["Un accueil à deux voix, le mardi", 3, 10, True]
        assert abs(self.field.bounding_box()["y"] - self.top) < 8, (
            "the field moved under the thumbs"
        )  # a line: 24
        self.page.keyboard.type("rendez-vous")
        assert self.field.input_value() == "Un rendez-vous à deux voix, le mardi"
        expect(self.card("orienter").locator("details.card__fold")).to_have_attribute("open", "")


class Presser(InTheMiddle):
    """Holds an arm without pulling it."""

    begun, ends = 0, 0

    def begins(self):
        self.handle = self.card("orienter").locator("input.handle[data-arm=cn]")
        expect(self.handle).to_have_value("25")
        self.handle.scroll_into_view_if_needed()
        self.page.mouse.move(*at(self.handle, 25))
        self.page.mouse.down()
        if self.begun:
            self.page.mouse.move(*at(self.handle, self.begun), steps=5)
        self.held = self.handle.input_value()
        assert (int(self.held) > 50) is (self.begun > 50)

    def goes_on(self):
        assert self.handle.input_value() == self.held
        self.page.mouse.move(*at(self.handle, self.ends), steps=5)
        self.page.mouse.up()
        expect(self.neighbour.bar("orienter")).to_have_class(re.compile(rf"fs-50 .*cn-{self.ends}\b"))


class Puller(Presser):
    """Pulls an arm, and is not done yet."""

    begun, ends = 70, 100


class Focuser(InTheMiddle):
    """Has the focus on a button of a list."""

    def begins(self):
        text = self.name[::-1]  # no button is called so
        self.propose("orienter", text)
        item = self.page.locator("#initiatives-1-orienter .initiative").filter(has_text=text)
        self.button = item.get_by_role("button", name=re.compile(self.name))
        self.button.focus()

    def goes_on(self):
        expect(self.button).to_be_focused()


class Sorter(InTheMiddle):
    """Has opened a mission."""

    def begins(self):
        self.tab("Missions")
        self.mission = self.page.locator(".mission").filter(has_text="À ouvrir")
        self.mission.locator("summary").click()

    def goes_on(self):
        mission, button = self.mission, self.mission.get_by_role("button", name="Vers France services")
        expect(button).to_be_visible()
        expect(mission.locator("summary")).to_be_focused()
        button.focus()
        self.room.works()
        expect(self.page.locator("#missions-1-both").get_by_text("Une mission de Karim")).to_have_count(3)
        expect(button).to_be_focused()


class Rewriter(InTheMiddle):
    """Rewords a text."""

    def begins(self):
        self.propose("orienter", "À moi")
        item = self.page.locator("#initiatives-1-orienter .initiative").filter(has_text="À moi")
        item.get_by_role("button", name="Modifier").click()
        self.field = self.page.locator(".compose--edit textarea")
        self.field.fill("À moi, en mieux")
        self.field.evaluate("field => field.setSelectionRange(2, 2)")

    def goes_on(self):
        assert self.field.evaluate(CARET) == ["À moi, en mieux", 2, 2, True]
        self.page.locator(".compose--edit").get_by_role("button", name="Enregistrer").click()
        expect(self.page.locator("#initiatives-1-orienter")).to_contain_text("À moi, en mieux")


def test_what_each_is_in_the_middle_of_on_phone_and_desk_outlives_everything(facilitator, room, opened):
    """A text, its caret and its place; an arm in the hand; the focus; what is open; what is half reworded."""
    desk = Sorting(facilitator)
    room.act("karim", "place-action", group="1", action="orienter", fs="25", cn="25")
    room.act("karim", "add-mission", group="1", side="both", text="À ouvrir")
    people: list[InTheMiddle] = [
        who(opened(), room.base, room.code, "France services", 1, name)
        for who, name in (
            (Writer, "Nadia"), (Sorter, "Lina"), (Rewriter, "Paul"), (Focuser, "Soutenir"), (Focuser, "Modifier"),
            (Focuser, "Retirer"), (Presser, "Aïcha"), (Puller, "Marc"),
        )
    ]  # fmt: skip
    for person in people:
        person.room, person.neighbour = room, people[0]
        person.begins()
    desk.begins(room)
    room.happens_to(*(person.page for person in people), facilitator.desk)
    desk.goes_on()
    for person in reversed(people):
        person.goes_on()
    desk.rewords_over_all_of_it(room)


class Sorting:
    """The desk: somebody's return code is open, then a text of the feed is reworded."""

    def __init__(self, facilitator):
        self.facilitator, self.desk = facilitator, facilitator.desk

    def begins(self, room):
        for n in range(14):
            room.act("karim", "post-initiative", group="1", action="former", text=f"Pour le fil, {n}")
        expect(self.desk.locator("#desk-feed")).to_contain_text("Pour le fil, 13")
        self.desk.get_by_role("link", name="Personnes et nom").first.click()
        self.member = self.desk.locator("#table-1").locator(".member").filter(has_text="Karim")
        self.member.get_by_text("Plus…").click()
        self.member.get_by_text("Code de retour").click()
        self.before = self.member.bounding_box()["y"]

    def goes_on(self):
        expect(self.member.locator("strong").first).to_be_visible()
        expect(self.member.locator("summary").filter(has_text="Code de retour")).to_be_focused()
        assert abs(self.member.bounding_box()["y"] - self.before) < 3

    def rewords_over_all_of_it(self, room):
        self.desk.keyboard.press("Escape")
        self.facilitator.initiative("Pour le fil, 9").get_by_role("link", name="Corriger").click()
        field = self.desk.locator("#corriger-initiative textarea")
        field.fill("Pour le fil, corrigé")
        field.evaluate("field => field.setSelectionRange(5, 7)")
        room.happens_to(self.desk, before=3)
        assert field.evaluate(CARET) == ["Pour le fil, corrigé", 5, 7, True]
        expect(self.desk.locator("#corriger-initiative")).to_be_visible()


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


def test_an_item_that_did_not_change_is_not_drawn_anew(nadia, room):
    nadia.propose("orienter", "À moi")
    items = nadia.page.locator("#initiatives-1-orienter .initiative")
    items.first.evaluate("item => { item.drawn = 'once' }")
    text = items.locator("[data-initiative-text]")
    posted = [
        room.act("karim", "post-initiative", group="1", action="orienter", text=words)
        for words in ("De Karim", "De Karim aussi")
    ]
    other = {"group": "1", "initiative": posted[0]}
    expect(text).to_have_text(["À moi", "De Karim", "De Karim aussi"])
    room.act("desk", "highlight-initiative", **other, on="1")
    expect(items.nth(1).locator(".initiative__star")).to_be_visible()
    room.act("desk", "hide-initiative", **other)
    expect(text).to_have_text(["À moi", "De Karim aussi"])
    assert items.first.evaluate("item => item.drawn") == "once"
    room.act("desk", "show-initiative", **other)
    expect(text).to_have_text(["À moi", "De Karim", "De Karim aussi"])


def test_whoever_is_moved_to_another_table_takes_the_text_along(nadia, room, facilitator, axe):
    page, field = nadia.page, nadia.card("orienter").locator(".compose--initiative textarea")
    field.fill("Un accueil à deux voix")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    room.moves_nadia(facilitator.desk)
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


def test_whoever_writes_nothing_is_at_the_other_table_at_once(nadia, room, facilitator):
    room.moves_nadia(facilitator.desk)
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


def test_the_desk_keeps_a_decision_half_written(facilitator, room):
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
