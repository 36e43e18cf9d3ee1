"""Chromium for scenarios: pages on a real screen, and what they go through: frames, long tasks, shifts."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.machine import unpin
from tools.browser import ARGUMENTS, executable

WATCH = """
window.watched = {frames: 0, longest: 0, tasks: 0, longestTask: 0, blocked: 0, shift: 0, taps: 0, live: 0};
new MutationObserver(() => {
  if (!watched.taps && document.body?.dataset.tab) watched.taps = performance.now();
  if (!watched.live && document.body?.dataset.connection === "live") watched.live = performance.now();
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-tab", "data-connection"]});
new PerformanceObserver(list => list.getEntries().forEach(each => {
  watched.tasks += 1; watched.blocked += each.duration - 50;
  watched.longestTask = Math.max(watched.longestTask, each.duration);
})).observe({type: "longtask", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => {
  if (!each.hadRecentInput) watched.shift += each.value;
})).observe({type: "layout-shift", buffered: true});
let before = 0;
requestAnimationFrame(function frame(now) {
  if (before) { watched.frames += 1; watched.longest = Math.max(watched.longest, now - before); }
  before = now;
  requestAnimationFrame(frame);
});
"""
"""Runs in the page from its very beginning; policies of the page do not bind the browser's own tools."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser, on every core: it is neither the server nor the generator."""
    unpin()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def watched(context: BrowserContext, base: str, cookie: str) -> Page:
    """Return a new page that counts from its beginning, in a browser that holds this cookie."""
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": base}])
    context.add_init_script(WATCH)
    return context.new_page()
