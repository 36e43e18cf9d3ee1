"""Every state of every page: axe finds nothing, what is pressed is large enough (44 px on a phone, 24 px elsewhere)."""

import re

import pytest

from tests.support.page_states import STATES
from tests.support.room import violations
from tests.support.visitors import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALL = r"""least => {
  const seen = (element) => element.getClientRects().length && getComputedStyle(element).visibility !== "hidden";
  const inSentence = (element) => getComputedStyle(element).display === "inline"
    && element.parentElement.textContent.trim().length > element.textContent.trim().length + 3;
  const boxOf = (element) => {
    const label = element.matches("[type=checkbox], [type=radio]") && (element.closest("label")
      || document.querySelector(`label[for="${element.id}"]`));
    const [own, around] = [element, label || element].map((each) => each.getBoundingClientRect());
    return { width: Math.max(own.width, around.width), height: Math.max(own.height, around.height) };
  };
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter((each) => seen(each) && !each.closest("[inert], .skip, [aria-hidden=true]") && !inSentence(each))
    .map((each) => ({ each, ...boxOf(each) }))
    .filter(({ width, height }) => height < least - 0.5 || width < least - 0.5)
    .map(({ each, width, height }) => `${(each.textContent.trim() || each.name || each.className).slice(0, 40)} `
      + `.${each.className} ${Math.round(width)}×${Math.round(height)}`);
}"""
SMALL_STEPS = r"""() => [...document.querySelectorAll(".step, .choice")].filter((step) =>
    step.getClientRects().length && step.offsetWidth > 0.9 * step.parentElement.clientWidth)
  .flatMap((step) => [...step.querySelectorAll("*")])
  .filter((each) => each.textContent.trim() && parseFloat(getComputedStyle(each).fontSize) < 16)
  .map((each) => each.className)"""
FAINT = r"""() => {
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => color.slice(0, 3)
    .map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [most, least] = [light(one), light(other)].sort((a, b) => b - a);
    return (most + 0.05) / (least + 0.05);
  };
  const opaque = (color) => color.length < 4 || color[3] > 0.99;
  const fill = (element) => numbers(getComputedStyle(element).backgroundColor);
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) if (opaque(fill(at))) return fill(at);
    return [255, 255, 255];
  };
  const fields = "input:not([type=hidden], [type=range], [type=checkbox], [type=radio]), select, textarea";
  return [...document.querySelectorAll(`${fields}, :checked + .step__word, [aria-pressed=true]`)]
    .filter((each) => each.offsetWidth > 3 && getComputedStyle(each).opacity !== "0")
    .filter((each) => {
      const { borderBottomWidth, borderBottomColor } = getComputedStyle(each);
      const edge = parseFloat(borderBottomWidth) ? contrast(numbers(borderBottomColor), behind(each)) : 0;
      return Math.max(edge, opaque(fill(each)) ? contrast(fill(each), behind(each)) : 0) < 3;
    })
    .map((each) => `faint: ${each.name || each.textContent.trim().slice(0, 40)} .${each.className}`);
}"""
"""Fields, and what was chosen, that stand out by less than 3 to 1 from what is around them."""
SETTLED = """document.getAnimations().forEach((each) =>
  each.effect.getComputedTiming().endTime === Infinity ? each.cancel() : each.finish())"""
"""What is on its way in has less contrast."""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
LEAST_DESK = 1000
DESK = ("pages/desk.html", "pages/wall.html", "pages/texts.html")
LAPTOP, SCREEN, PHONES = (1366, 657, 24), (1280, 720, 24), ((320, 640, 44), (390, 844, 44))


@pytest.fixture
def page(opened, program):
    """A page without its scripts, so that every section shows; its style comes from the program in this process."""
    page = opened()
    client = program.app.test_client()

    def answer(route):
        path = re.sub(r"^https?://[^/]+", "", route.request.url)
        got = client.get(path)
        body = re.sub(rb"scripting: ?enabled", b"scripting:none", got.data)
        route.fulfill(status=got.status_code, body=body, headers={"Content-Type": got.content_type})

    page.route("**/static/**", answer)
    return page


def show(page, html):
    """Show `html` with all its folds and panels open, and without its scripts."""
    opened = re.sub(r"<(details|dialog)\b(?![^>]*\sopen\b)", r"<\1 open", html)
    opened = re.sub(r"<script\b.*?</script>", "", opened, flags=re.DOTALL)
    page.route("http://atelier/", lambda route: route.fulfill(body=opened, content_type="text/html"))
    page.goto("http://atelier/")
    page.unroute("http://atelier/")
    page.evaluate(SETTLED)


def test_axe_and_every_target_in_every_state(page, desk, program):
    code = desk.prepare(title="Essai", place="Épinal")
    found_by_axe: dict[str, list[tuple[str, list[str]]]] = {}
    faint: list[tuple[str, str]] = []
    small: dict[str, list[tuple[str, str, int]]] = {}
    for name, state in STATES.items():
        show(page, state.html(desk, lambda: Browser(program.app), code))
        sizes = (LAPTOP,) if state.template in DESK else (SCREEN, *PHONES)
        for rule, places in violations(page):
            found_by_axe.setdefault(rule, []).append((name, places))
        faint += [(name, each) for each in page.evaluate(FAINT)]
        for width, height, least in sizes:
            page.set_viewport_size({"width": width, "height": height})
            for letters in ("", "large") if width < LEAST_DESK else ("",):
                page.evaluate("letters => { document.documentElement.className = letters; }", letters)
                too_wide = ["wider than the page"] if page.evaluate(TOO_WIDE) and width < LEAST_DESK else []
                for found in [*page.evaluate(SMALL, least), *page.evaluate(SMALL_STEPS), *too_wide]:
                    small.setdefault(f"{found} < {least}", []).append((name, letters, width))
    assert (found_by_axe, faint) == ({}, [])
    assert small == {}, "\n".join(f"{what} {where}" for what, where in small.items())
