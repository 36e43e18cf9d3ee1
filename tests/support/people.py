"""A facilitator and participants as they use the pages: what one taps and reads, not how it is built."""

import re

from playwright.sync_api import expect

from tests.support.simulation.browser import Browser

TRADES = {"France services": "fs", "Conseiller numérique": "cn", "Coordination": "coordination"}


def prepare_by_hand(page, base):
    """Prepare a workshop as a facilitator does, up to the desk; return its code and the secret of its link."""
    page.goto(f"{base}/preparer")
    page.get_by_label("Titre").fill("Essai en salle")
    page.get_by_label("Lieu").fill("Épinal")
    page.get_by_role("button", name="Créer l’atelier").first.click()
    code = page.url.split("/")[4]
    link = page.get_by_label("Votre lien d’animation").input_value()
    page.get_by_role("link", name="Ouvrir le poste d’animation").click()
    return code, link.partition("cle=")[2]


def enter_by_hand(page, base, code, trade, group, name):
    """Come in as a participant does: the code, the trade, the table, a first name."""
    page.goto(base)
    page.get_by_label("Code de l’atelier").fill(f" {code[:3].lower()} {code[3:]}")
    page.get_by_role("button", name="Rejoindre l’atelier").click()
    take_seat_by_hand(page, trade, group, name)
    expect(page).to_have_url(re.compile(f"/a/{code}$"))


def take_seat_by_hand(page, trade, group, name):
    """Say at the door one's trade, table and first name."""
    page.get_by_role("button", name=trade).click()
    page.get_by_role("radio", name=f"Groupe {group}").check()
    page.get_by_label(re.compile("prénom")).fill(name)
    page.get_by_role("button", name="Entrer dans l’atelier").click()


def live(page):
    """Wait until a page hears of what happens; return it."""
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    return page


def as_browser(page, browser):
    """Give a page the cookies that somebody got without a screen."""
    page.context.add_cookies(
        [{"name": name, "value": value, "url": browser.base} for name, value in browser.cookies.items()]
    )
    return page


MUTE = """() => {
  if (window.mayBeMute) return;
  window.mayBeMute = true;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    window.lastSocket = this;
    if (!sessionStorage.actsHeld || !String(data).includes('"phone:act"')) send.call(this, data);
  };
}"""


def mute_acts(page):
    """Have the network swallow what acts say over the socket, after a reload too."""
    page.add_init_script(f"({MUTE})()")
    page.evaluate(MUTE)
    page.evaluate("sessionStorage.actsHeld = '1'")


def hold_acts(page):
    """Let no act leave, by whichever way."""
    page.route("**/actes*", lambda route: route.abort())
    mute_acts(page)


def let_acts_go(page):
    """Let acts leave again."""
    page.evaluate("delete sessionStorage.actsHeld")
    page.unroute("**/actes*")


class Prepared:
    """A workshop in one of its phases, and the facilitator's browser without a screen."""

    def __init__(self, base, *phases, **fields):
        self.base, self.host = base, Browser(base)
        said = {"title": "Essai en salle", "place": "Épinal", **fields}
        self.code = self.host.post("/preparer", said)[1].split("/")[2]
        for phase in phases:
            self.act("open-phase", phase=phase)

    def act(self, command, **fields):
        """Have the server do it, whatever the pages show."""
        return self.host.act(self.code, command, **fields)


class Facilitator:
    """One desk; and the wall, once it is projected."""

    def __init__(self, desk, base, code, secret=""):
        """`desk`: a page that is there; `secret`: of the link that leads to it."""
        self.desk, self.wall, self.base, self.code, self.secret = desk, None, base, code, secret

    @classmethod
    def of(cls, workshop, page):
        """Open the desk of a workshop that is prepared."""
        as_browser(page, workshop.host).goto(f"{workshop.base}/animer/{workshop.code}")
        return cls(live(page), workshop.base, workshop.code)

    def project(self, page):
        """Open the wall, before what it shall show happens; return its page."""
        page.context.add_cookies(self.desk.context.cookies())
        page.goto(f"{self.base}/ecran/{self.code}")
        self.wall = live(page)
        return page

    def press(self, name):
        """Press the first visible button, or link that opens a panel, with this name."""
        button, link = (self.desk.get_by_role(role, name=name) for role in ("button", "link"))
        button.or_(link).locator("visible=true").first.click()

    def go_to(self, name, phase):
        """Open the next phase, confirming if asked."""
        self.press(name)
        there = "phase => document.body.dataset.phase === phase || document.querySelector('#suite[open]')"
        self.desk.wait_for_function(there, arg=phase)
        if self.desk.locator("#suite[open]").count():
            self.desk.locator("#suite .button--main").locator("visible=true").click()
        expect(self.desk.locator("body")).to_have_attribute("data-phase", phase)

    def initiative(self, text):
        """The feed's entry that holds this text."""
        return self.desk.locator("[data-atelier-feed] li, .feed li, .feed__item").filter(has_text=text).first

    def download(self, what, paper="a4"):
        """Download one of the documents; return its path."""
        self.press("Documents")
        form = self.desk.locator("dialog#documents form.export").filter(has=self.desk.locator(what)).first
        with self.desk.expect_download(timeout=200_000) as started:
            form.locator(f"button[name=paper][value={paper}]").click()
        path = started.value.path()
        self.desk.keyboard.press("Escape")
        return path


class Participant:
    """One phone."""

    def __init__(self, page, base, code, trade, group, name, *, by_hand=False):
        """Sit down at a table; `by_hand`: by the pages that lead there, which others need not load again."""
        self.page, self.group, self.name = page, group, name
        if by_hand:
            enter_by_hand(page, base, code, trade, group, name)
        else:
            who = Browser(base)
            who.join(code, TRADES[trade], group, name)
            as_browser(page, who).goto(f"{base}/a/{code}")
        live(page)

    def tab(self, name):
        """Choose a tab."""
        self.page.locator("[data-atelier-tab]").filter(has_text=name).locator("visible=true").first.click()

    def card(self, action):
        """Return a card of the sheet, opened."""
        card = self.page.locator(f"#card-{action}")
        if not card.locator("details.card__fold").evaluate("fold => fold.open"):
            card.locator("summary").first.click()
        return card

    def place(self, action, fs, cn):
        """Tap one named step a pole."""
        self.step(action, "fs", fs)
        self.step(action, "cn", cn)

    def step(self, action, arm, value):
        """Tap one named step of one pole."""
        self.card(action).locator(f".step:has(input[name={arm}][value='{value}'])").click()

    def drag(self, action, arm, from_value, to_value):
        """Drag one handle with the pointer."""
        handle = self.card(action).locator(f"input.handle[data-arm={arm}]")
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        thumb = 44

        def at(value):
            share = value / 100 if arm == "cn" else 1 - value / 100
            return box["x"] + thumb / 2 + (box["width"] - thumb) * share

        middle = box["y"] + box["height"] / 2
        self.page.mouse.move(at(from_value), middle)
        self.page.mouse.down()
        self.page.mouse.move((at(from_value) + at(to_value)) / 2, middle, steps=4)
        self.page.mouse.move(at(to_value), middle, steps=4)
        self.page.mouse.up()

    def propose(self, action, text):
        """Write an initiative under an action."""
        card = self.card(action)
        card.locator(".compose--initiative textarea").fill(text)
        card.get_by_role("button", name="Proposer").click()

    def hold_back(self, action, text):
        """Write an initiative that cannot leave the phone."""
        hold_acts(self.page)
        self.propose(action, text)
        expect(self.page.get_by_text("En attente d’envoi").first).to_be_visible()

    def bar(self, action):
        """The card's own bar."""
        return self.page.locator(f"#card-{action} .card__bar .bar")
