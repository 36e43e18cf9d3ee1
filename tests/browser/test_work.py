"""How much of a page is touched by a change: what the page does, rather than how long it takes."""

import re
import secrets

import pytest
from playwright.sync_api import expect

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


def test_a_change_on_one_line_touches_no_other(workshop, phone, opened):
    karim = Participant(opened(), workshop.base, workshop.code, "Conseiller numérique", 1, "Karim")

    def act(command, **fields):
        form = {"command": command, "op": secrets.token_hex(16), "group": "1", **fields}
        url = f"{workshop.base}/a/{workshop.code}/actes"
        assert karim.page.context.request.post(url, form=form, headers={"Accept": "application/json"}).ok
        return form["op"]

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
