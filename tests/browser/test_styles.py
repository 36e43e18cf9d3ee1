"""Chromium reads the same rules in a bundled style sheet as in its sources."""

import pytest

from atelier.web.render.assets import CSS, sheets_of
from atelier.web.render.bundles import compact

pytestmark = pytest.mark.browser

RULES = r"""css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  // A browser keeps some values as they are written.
  return Array.from(sheet.cssRules, rule => rule.cssText.replace(/\s+/g, " ").replace(/ ?([,:]) ?/g, "$1"));
}"""


@pytest.mark.parametrize("surface", CSS)
def test_a_bundled_style_sheet_says_what_its_sources_say(opened, surface):
    page = opened()
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sheets_of(surface))
    rules = page.evaluate(RULES, sources)
    assert len(rules) > 5
    assert page.evaluate(RULES, compact(sources)) == rules
