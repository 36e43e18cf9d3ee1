"""What is said aloud over a whole workshop, on a phone and on the desk, to whoever sees neither: announcements.tsv.

Every live region is listened to. Each sentence of a step is waited for; at the end nothing else was said. The file is
read and judged by people: nothing false in it, nothing missing, nothing that is over.
"""

import csv
import re
from pathlib import Path

import pytest

from tests.support.people import Facilitator, Participant
from tests.support.simulation.browser import Browser

LOG = Path(__file__).parent / "announcements.tsv"
LISTEN = """() => {
  window.said = [];
  const noted = new Map();
  const look = () => {
    for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
      if (!region.getClientRects().length) continue;
      const words = region.innerText.replace(/\\s+/g, " ").trim();
      if (words && noted.get(region) !== words) window.said.push(words);
      noted.set(region, words);
    }
  };
  look();
  const all = {subtree: true, childList: true, characterData: true, attributes: true};
  new MutationObserver(look).observe(document.body, all);
}"""


class Rehearsal:
    """The steps of a workshop, each by its name in the log."""

    def __init__(self, workshop, phone, desk):
        self.workshop, self.phone, self.desk = workshop, phone, desk
        self.karim = Browser(workshop.base)

    def somebody_comes(self):
        self.karim.join(self.workshop.code, "cn", 1, "Karim")

    def somebody_writes_and_places(self):
        self.karim.act(self.workshop.code, "post-initiative", group=1, action="orienter", text="Une affiche")
        self.karim.act(self.workshop.code, "post-initiative", group=1, action="former", text="Un atelier")
        self.karim.act(self.workshop.code, "place-action", group=1, action="former", cn=75)

    def one_writes_oneself(self):
        self.phone.propose("orienter", "Un accueil à deux")

    def a_text_too_long(self):
        card = self.phone.card("orienter")
        card.locator(".compose--initiative textarea").fill("x" * 285)
        card.get_by_role("button", name="Proposer").click()
        card.locator(".compose--initiative textarea").fill("")

    def the_group_is_ready(self):
        self.phone.page.locator("#ready-button").click()

    def a_message_to_all(self):
        self.desk.press("Message…")
        self.desk.desk.locator("#desk-message").fill("Pause de dix minutes")
        self.desk.desk.locator("#message .button[type=submit]").click()

    def the_clock_starts(self):
        self.desk.desk.locator("[form=desk-start]:visible").click()

    def the_report_back(self):
        self.workshop.act("open-phase", phase="report-back", sure=1)

    def a_group_presents(self):
        self.workshop.act("present-group", group=2)

    def the_synthesis(self):
        self.workshop.act("open-phase", phase="synthesis", sure=1)

    def a_decision(self):
        self.desk.desk.locator("#desk-decide-what").fill("Une affiche commune")
        self.desk.press("Noter la décision")

    def the_end(self):
        self.workshop.act("close-workshop")


STEPS = [name for name in vars(Rehearsal) if not name.startswith("_")]
HEARD = """([from, wanted]) => wanted.every(words => window.said.slice(from).some(said => said.includes(words)))"""
MAY_BE_SAID = re.compile(
    r"En attente d’envoi\. Rien à refaire\.|La connexion est revenue\.|La connexion est coupée\. .* leurs textes\."
    r"|Connexion coupée depuis .* partiront tout seuls\."
)
"""Where the network, or the machine, is slow."""


def expected():
    """Return the sentences of the log by step and surface."""
    with LOG.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return {
        step: {s: [row[2] for row in rows if row[:2] == [step, s]] for s in ("phone", "desk")}
        for step in STEPS
    }


def rehearse(rehearsal, until):
    """Do every step; `until(page, surface, step, start)` waits for what is said in it. Return what was said."""
    pages = {"phone": rehearsal.phone.page, "desk": rehearsal.desk.desk}
    for page in pages.values():
        page.evaluate(LISTEN)
    said = {}
    for step in STEPS:
        starts = {name: page.evaluate("window.said.length") for name, page in pages.items()}
        getattr(rehearsal, step)()
        for name, page in pages.items():
            until(page, name, step, starts[name])
        said[step] = {
            name: page.evaluate(f"window.said.slice({starts[name]})") for name, page in pages.items()
        }
    return said


@pytest.fixture
def rehearsal(workshop, opened):
    phone = Participant(opened(), workshop.base, workshop.code, "France services", 1, "Nadia")
    return Rehearsal(workshop, phone, Facilitator.of(workshop, opened(1440, 900)))


@pytest.mark.browser
@pytest.mark.slow
def test_all_that_is_said_and_nothing_else(rehearsal):
    wanted = expected()

    def until(page, surface, step, start):
        page.wait_for_function(HEARD, arg=[start, wanted[step][surface]])

    said = rehearse(rehearsal, until)
    known = {words for step in STEPS for of in wanted[step].values() for words in of}
    assert [(step, left) for step in STEPS for left in unknown(said[step], known)] == []


def unknown(said, known):
    """Return what was said beyond sentences of the log."""
    for words in (each for surface in said.values() for each in surface):
        left = MAY_BE_SAID.sub("", words)
        for sentence in sorted(known, key=len, reverse=True):
            left = left.replace(sentence, "")
        if left.strip():
            yield words
