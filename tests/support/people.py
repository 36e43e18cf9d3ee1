"""A facilitator and participants as they use the pages: what one taps and reads, not how it is built."""

import re

from playwright.sync_api import expect


class Facilitator:
    """One desk, and the wall it projects."""

    def __init__(self, desk, wall, base):
        self.desk, self.wall, self.base = desk, wall, base
        desk.goto(f"{base}/preparer")
        desk.get_by_label("Titre").fill("Essai en salle")
        desk.get_by_label("Lieu").fill("Épinal")
        desk.get_by_role("button", name="Créer l’atelier").first.click()
        self.code = desk.url.split("/")[4]
        link = desk.get_by_label("Votre lien d’animation").input_value()
        self.secret = link.partition("cle=")[2]
        desk.get_by_role("link", name="Ouvrir le poste d’animation").click()
        wall.context.add_cookies(desk.context.cookies())
        wall.goto(f"{base}/ecran/{self.code}")

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
        form = self.desk.locator("dialog#exporter form.export").filter(has=self.desk.locator(what)).first
        with self.desk.expect_download(timeout=60_000) as started:
            form.locator(f"button[name=paper][value={paper}]").click()
        path = started.value.path()
        self.desk.keyboard.press("Escape")
        return path


class Participant:
    """One phone."""

    def __init__(self, page, base, code, trade, group, name):
        self.page, self.group, self.name = page, group, name
        page.goto(base)
        page.get_by_label("Code de l’atelier").fill(f" {code[:3].lower()} {code[3:]}")
        page.get_by_role("button", name="Rejoindre l’atelier").click()
        page.get_by_role("button", name=trade).click()
        page.get_by_role("radio", name=f"Groupe {group}").check()
        page.get_by_label(re.compile("prénom")).fill(name)
        page.get_by_role("button", name="Entrer dans l’atelier").click()
        expect(page).to_have_url(re.compile(f"/a/{code}$"))
        expect(page.locator("body")).to_have_attribute("data-connection", "live")

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

    def bar(self, action):
        """The card's own bar."""
        return self.page.locator(f"#card-{action} .card__bar .bar")
