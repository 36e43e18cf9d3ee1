"""What is pressed is large enough, in every state of every page: 44 px on a phone, 24 px on a laptop and a tablet."""

import re

import pytest

from tests.support.page_states import STATES
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
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
LEAST_DESK = 1000
DESK = ("pages/desk.html", "pages/wall.html", "pages/texts.html")
LAPTOP, SCREEN, PHONES = (1366, 657, 24), (1280, 720, 24), ((320, 640, 44), (390, 844, 44))


@pytest.fixture
def page(opened, program):
    """A page without scripts, so that every section shows; what it asks for comes from the program in this process."""
    page = opened(java_script_enabled=False)
    client = program.app.test_client()

    def answer(route):
        path = re.sub(r"^https?://[^/]+", "", route.request.url)
        got = client.get(path)
        route.fulfill(status=got.status_code, body=got.data, headers=dict(got.headers))

    page.route("**/static/**", answer)
    return page


def show(page, html):
    """Show `html` with all its folds and panels open."""
    opened = re.sub(r"<(details|dialog)\b(?![^>]*\sopen\b)", r"<\1 open", html)
    page.route("http://atelier/", lambda route: route.fulfill(body=opened, content_type="text/html"))
    page.goto("http://atelier/")
    page.unroute("http://atelier/")


def test_every_target_in_every_state(page, desk, program):
    code = desk.prepare(title="Essai", place="Épinal")
    small: dict[str, list[tuple[str, str, int]]] = {}
    for name, state in STATES.items():
        show(page, state.html(desk, lambda: Browser(program.app), code))
        sizes = (LAPTOP,) if state.template in DESK else (SCREEN, *PHONES)
        for width, height, least in sizes:
            page.set_viewport_size({"width": width, "height": height})
            for letters in ("", "large") if width < LEAST_DESK else ("",):
                page.evaluate("letters => { document.documentElement.className = letters; }", letters)
                too_wide = ["wider than the page"] if page.evaluate(TOO_WIDE) and width < LEAST_DESK else []
                for found in [*page.evaluate(SMALL, least), *page.evaluate(SMALL_STEPS), *too_wide]:
                    small.setdefault(f"{found} < {least}", []).append((name, letters, width))
    assert small == {}, "\n".join(f"{what} {where}" for what, where in small.items())
