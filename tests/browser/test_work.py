"""How much of a page is touched by a change: what the page does, rather than how long it takes."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from atelier import limits
from tests.support.people import Participant

pytestmark = pytest.mark.browser

WATCH = """() => {
  window.touched = [];
  const nameOf = node => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const around = element && element.closest("[id]");
    return around ? around.id : element ? element.className || element.tagName : "";
  };
  const changed = record => record.type !== "attributes"
    || record.oldValue !== record.target.getAttribute(record.attributeName);
  new MutationObserver(records => touched.push(...records.filter(changed).map(each => nameOf(each.target))))
    .observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true,
    });
}"""


def acting(page, workshop):
    """Seat somebody at the first table; return what does an act of theirs."""
    karim = Participant(page, workshop.base, workshop.code, "Conseiller numérique", 1, "Karim")

    def act(command, **fields):
        form = {"command": command, "op": secrets.token_hex(16), "group": "1", **fields}
        url = f"{workshop.base}/a/{workshop.code}/actes"
        assert karim.page.context.request.post(url, form=form, headers={"Accept": "application/json"}).ok
        return form["op"]

    return act


def test_a_change_on_one_line_touches_no_other(workshop, phone, opened):
    act = acting(opened(), workshop)
    phone.propose("orienter", "Mon idée")
    act("post-initiative", action="orienter", text="L’idée de Karim")
    act("add-mission", side="both", text="Une mission de Karim")
    expect(phone.page.locator("#initiatives-1-orienter .initiative")).to_have_count(2)
    phone.page.wait_for_timeout(1_500)
    phone.page.evaluate(WATCH)
    act("place-action", action="former", fs="50", cn="25")
    expect(phone.bar("former")).to_have_class(re.compile("fs-50.*cn-25"))
    phone.page.wait_for_timeout(500)
    touched = set(phone.page.evaluate("touched"))
    assert touched == {"card-former", "fiche"}
    phone.page.evaluate("touched.length = 0")
    initiative = act("post-initiative", action="former", text="Autre chose")
    expect(phone.page.locator("#initiatives-1-former .initiative")).to_have_count(1)
    phone.page.wait_for_timeout(500)
    touched = set(phone.page.evaluate("touched"))
    assert touched == {
        "card-former",
        "initiatives-1-former",
        f"initiative-{initiative}",
        f"heart-{initiative}",
    }


def test_a_long_list_comes_whole_when_it_is_asked_for_and_stays_so(workshop, phone, opened):
    """The first is the phone's own, beyond what its page brings: it is missed only once somebody takes it away."""
    list_, page = "#initiatives-1-orienter", phone.page
    phone.propose("orienter", "Mon idée")
    expect(page.locator(f"{list_} .own__saved")).to_have_count(1)
    act = acting(opened(), workshop)
    posted = [
        act("post-initiative", action="orienter", text=f"Idée {n}") for n in range(limits.CARD_SHOWS + 4)
    ]
    expect(page.locator(f"{list_} .initiative")).to_have_count(limits.CARD_SHOWS + 5)
    asked = []
    page.reload()
    texts, link = (
        page.locator(f"{list_} [data-initiative-text]"),
        page.locator(f"{list_} [data-atelier-older]"),
    )
    expect(texts).to_have_count(limits.CARD_SHOWS)
    page.on("request", lambda request: asked.append(request.url))
    act("place-action", action="orienter", fs="50", cn="25")
    act("support-initiative", initiative=posted[0])
    posted.append(act("post-initiative", action="orienter", text="La dernière"))
    expect(texts).to_have_count(limits.CARD_SHOWS + 1)
    page.context.set_offline(True)
    link.click()
    expect(link).to_have_text("Pas de réponse. Réessayer")
    page.context.set_offline(False)
    link.click()
    expect(texts.first).to_have_text("Mon idée")
    expect(texts).to_have_count(limits.CARD_SHOWS + 6)
    expect(page.locator(list_)).to_be_focused()
    expect(page.locator(f"{list_} .own__saved")).to_have_count(1)
    expect(page.locator(f"#heart-{posted[0]}")).to_have_text("1")
    act("support-initiative", initiative=posted[1])
    expect(page.locator(f"#heart-{posted[1]}")).to_have_text("1")
    act("gather-initiatives", initiative=posted[-1], other=posted[-2])
    expect(page.locator(f"{list_} .gathering")).to_be_visible()
    expect(texts).to_have_count(limits.CARD_SHOWS + 6)
    expect(texts.first).to_have_text("Mon idée")
    assert not [url for url in asked if url.endswith(f"/a/{workshop.code}")], "the page was asked for anew"
