"""A phone six times slower than this machine, in Chromium: its page comes, an arm is pulled, a text is typed.

Meanwhile the table writes: cards, initiatives, hearts, all of them shown on this phone. A task that keeps the main
thread for more than 50 ms is a long one: what a finger feels.
"""

import itertools
import time
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from bench.acts import Workday
from bench.crowd import Crowd, crowd
from bench.machine import pin
from bench.results import Found
from bench.screens import chromium, watched

SLOWER, PHONES, RATE, SECONDS, SETTLE_S, ROUNDS = 6, 30, 20.0, 3.0, 2.0, 3
GESTURE_S = 0.03
TEXT = "Tenir ensemble une permanence au marché, un mardi sur deux, puis le dire à la mairie. " * 3
COUNTED = "({...watched, at: performance.now()})"
PAGE, PULL, TEXT_TYPED = "the page comes", "an arm is pulled", "a text is typed"
Gesture = Callable[[], object]


class Lived(NamedTuple):
    """What a page went through: long tasks, the longest, by how much they were too long, frames."""

    tasks: float
    longest: float
    blocked: float
    frames: float
    longest_frame: float


def run(found: Found, quick: bool) -> None:
    """Measure the load, the pull and the typing; of each the middle round."""
    table = found.table(
        f"CPU × {SLOWER} slower, 390 × 800, {PHONES} phones at one table",
        "what", "changes/s", "long tasks", "longest task ms", "blocked ms", "frames/s", "longest frame ms",
        "lost / doubled / out of order",
    )  # fmt: skip
    with crowd(1, PHONES, pens=8) as here:
        here.authors.writing = Workday()
        rounds = [_visit(here) for _ in range(1 if quick else ROUNDS)]
    for what in (PAGE, PULL, TEXT_TYPED):
        middle = sorted(each[what] for each in rounds)[len(rounds) // 2]
        found.values[what] = middle.longest
        rate = "0" if what == PAGE else f"{RATE:.0f}"
        cells = [f"{value:.0f}" for value in middle]
        table.add(what, rate, *cells, found.checked(here.checked) if what == TEXT_TYPED else "")


def _visit(here: Crowd) -> dict[str, Lived]:
    """One phone, from its first page on."""
    workshop = here.workshops[0]
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, device_scale_factor=2, is_mobile=True, has_touch=True,
            locale="fr-FR",
        )  # fmt: skip
        page = watched(context, here.server.base, workshop.people[0].cookie)
        pin(1)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{here.server.base}/a/{workshop.code}")
        page.wait_for_selector("body[data-connection=live]")
        here.loop.run(SETTLE_S)
        measured = {PAGE: _since(page, {"tasks": 0, "blocked": 0, "frames": 0, "at": 0})}
        card = page.locator("#card-orienter")
        card.locator("summary").first.click()
        measured[PULL] = _during(here, page, _pulling(page))
        page.mouse.up()
        card.locator(".compose--initiative textarea").click()
        letters = iter(TEXT)
        measured[TEXT_TYPED] = _during(here, page, lambda: page.keyboard.type(next(letters)))
        context.close()
    return measured


def _pulling(page: Page) -> Gesture:
    """A finger on an arm, that comes and goes."""
    handle = page.locator("#card-orienter input.handle[data-arm=cn]")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 30, middle)
    page.mouse.down()
    along = itertools.cycle([*range(30, 150, 6), *range(150, 30, -6)])
    return lambda: page.mouse.move(box["x"] + next(along), middle)


def _during(here: Crowd, page: Page, gesture: Gesture) -> Lived:
    """What the page went through while its owner made a gesture, again and again, and the table wrote."""
    here.loop.run(SETTLE_S)
    page.evaluate("watched.longest = watched.longestTask = 0")
    before: dict[str, float] = page.evaluate(COUNTED)
    start = time.perf_counter()
    for n in range(round(RATE * SECONDS)):
        due = start + n / RATE
        here.loop.at(due, lambda due=due: here.authors.write(due))  # type: ignore[misc]
    while time.perf_counter() < start + SECONDS:
        here.loop.run(GESTURE_S)
        gesture()
    measured = _since(page, before)
    here.finish()
    return measured


def _since(page: Page, before: dict[str, float]) -> Lived:
    now: dict[str, float] = page.evaluate(COUNTED)
    return Lived(
        now["tasks"] - before["tasks"], now["longestTask"], now["blocked"] - before["blocked"],
        (now["frames"] - before["frames"]) / (now["at"] - before["at"]) * 1000, now["longest"],
    )  # fmt: skip
